import hashlib
import os
from pathlib import Path

import numpy as np
import pytest
from django.core import signals
from django.db import close_old_connections
from django.utils import translation

from kiemtin.checks.review import Review
from tests import databases, examples  # noqa: F401 — for all tests of hypothesis
from tests.patience import PATIENCE

os.environ.setdefault("AIOSMTPD_CONTROLLER_TIMEOUT", str(PATIENCE))  # mail servers of tests, also below benchmarks

KEY = "for-tests-only-" + "x" * 40
QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

UNITS = Path(__file__).parent / "unit"
PAGES = (UNITS / "public", UNITS / "desk" / "views")  # each page is walked on every database
DATABASE_MARKERS = ("django_db", "postgresql")
USES_DATABASE = {"db", "transactional_db", "django_db_setup", "data"}

pytest_plugins = ("tests.cast", "tests.signing_in")


def pytest_collection_modifyitems(config, items):
    """Leave out what is about the other database alone, and on the server what is about none.

    Unit tests come last: the files of the others take minutes, and one that came last would leave the other cores idle.
    """
    for item in items:
        if any(map(item.path.is_relative_to, PAGES)):
            item.add_marker("once")
    left_out = {item for item in items if not _belongs(item)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = sorted(
        (item for item in items if item not in left_out), key=lambda item: item.path.is_relative_to(UNITS)
    )


def _belongs(item):
    if not databases.SERVER:
        return not item.get_closest_marker("postgresql")
    is_unit = item.path.is_relative_to(UNITS)  # the others start programs, which have a database
    uses_one = USES_DATABASE.intersection(item.fixturenames) or any(map(item.get_closest_marker, DATABASE_MARKERS))
    return not item.get_closest_marker("sqlite") and bool(uses_one or not is_unit)


if not databases.SERVER:

    @pytest.fixture(scope="session")
    def django_db_modify_db_settings_xdist_suffix():
        """SQLite's lies in the memory of each process: it needs no name of its own beside the others."""


@pytest.fixture(autouse=True)
def english():
    """Sentences are asserted in the language of the source; tests of Vietnamese switch by themselves."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def common_folder(tmp_path_factory):
    """Data folder of tests that want none of their own: what is published is signed with a key in it."""
    return tmp_path_factory.mktemp("common")


@pytest.fixture(autouse=True)
def quick_and_clean(settings, common_folder):
    """Make people in no time (a password hash is slow on purpose), and leave nothing in the folder of the source."""
    settings.KIEMTIN_DATA = common_folder
    settings.PASSWORD_HASHERS = QUICK_HASHERS
    settings.SECRET_KEY = KEY
    settings.WHITENOISE_AUTOREFRESH = True  # or each client of a test looks through all files of the site first
    in_memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = {name: in_memory | {"LOCATION": name} for name in settings.CACHES}


@pytest.fixture
def kept_connection():
    """Let the application be called in the test's own transaction: a server closes a connection that is in one."""
    ends = (signals.request_started, signals.request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def data(settings, tmp_path):
    """A data folder of the test's own."""
    settings.KIEMTIN_DATA = tmp_path / "data"
    settings.KIEMTIN_DATA.mkdir()
    return settings.KIEMTIN_DATA


@pytest.fixture
def review():
    """Make a review from its number; every field that a test does not set depends on it."""

    def make(number, **fields):
        given = {
            "key": f"r{number}",
            "publisher_name": "Báo Kiểm",
            "claim": f"Tin đồn số {number} về con {_ANIMALS[number % len(_ANIMALS)]}",
            "url": f"https://example.org/{number}",
        }
        return Review(**(given | fields))

    return make


_ANIMALS = ("mèo", "chó", "gà", "vịt", "bò", "trâu", "ngựa", "khỉ", "voi", "cá sấu")


class TinyEncoder:
    """A bag of hashed words as a unit vector: enough to see whether vectors are there."""

    name = "tiny"
    dim = 64

    def queries(self, texts):
        return np.array([self._encode(text) for text in texts], np.float32).reshape(-1, self.dim)

    passages = queries

    def _encode(self, text):
        vector = np.full(self.dim, 1e-3)
        for word in text.lower().split():
            vector[hashlib.sha256(word.encode()).digest()[0] % self.dim] += 1
        return vector / np.linalg.norm(vector)


@pytest.fixture
def tiny_encoder():
    return TinyEncoder()


@pytest.fixture
def claim_review():
    """Make a ClaimReview node; the fields given replace those of a complete one, None takes one away."""

    def make(**fields):
        node = {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": "https://www.example.org/check/1",
            "claimReviewed": "Tỏi chữa được Covid-19",
            "author": {"@type": "Organization", "name": "Báo Kiểm", "url": "https://example.org"},
            "reviewRating": {"@type": "Rating", "alternateName": "Sai", "ratingValue": 1, "bestRating": 5},
            "datePublished": "2020-05-01",
        }
        return {name: value for name, value in (node | fields).items() if value is not None}

    return make
