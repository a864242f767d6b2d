"""Every harness of the fuzzer takes its seeds, and all that was ever found, without a finding.

The fuzzer itself (`make fuzz`, docs/reference/fuzzing.md) goes on from there with inputs of its own.
"""

import re
from pathlib import Path

import pytest

from fuzz import site
from fuzz.harness import SEEDS, BrokenPromiseError
from fuzz.registry import HARNESSES

SEEDED = [(harness, path) for harness in HARNESSES.values() for path in harness.seeds()]
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "fuzzing.md"


@pytest.fixture
def installation(data, db):
    """What the harnesses send requests to."""
    site.fill()


def seeds(*, site):
    chosen = [(harness, path) for harness, path in SEEDED if harness.site == site]
    names = [f"{harness.name}-{path.name}" for harness, path in chosen]
    return pytest.mark.parametrize(("harness", "path"), chosen, ids=names)


@seeds(site=False)
def test_a_seed_finds_nothing(harness, path):
    harness.feed(path.read_bytes())


@seeds(site=True)
def test_a_request_finds_nothing(harness, path, installation):
    harness.feed(path.read_bytes())


def test_every_harness_has_seeds_and_every_seed_a_harness():
    assert {harness.name for harness, _ in SEEDED} == set(HARNESSES) == {path.name for path in SEEDS.iterdir()}


def test_the_page_names_every_harness_and_what_it_feeds():
    rows = re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(rows) == {name: one.about for name, one in HARNESSES.items()}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("requests", b"GET /r/{code}/\n\n"),
        ("documents", b'{"@type":"ClaimReview","claimReviewed":"A","url":"https://bao.example"}'),
        ("markdown", b"[a](https://b.example)"),
        ("messages", "Mai cúp điện cả xã".encode()),
    ],
)
def test_a_harness_sees_what_goes_wrong(name, data, monkeypatch, installation):
    """Each asks something of what its parser gives: where that is wrong, it is a finding."""
    broken = {
        "requests": ("kiemtin.public.views.receipt.status_of", lambda *_args, **_more: 1 // 0),
        "documents": ("kiemtin.exchange.mapping.claimreview._claim", lambda node: "A\0"),
        "markdown": ("fuzz.harnesses.texts.to_html", lambda text: '<a href="javascript:a">b</a>'),
        "messages": ("fuzz.harnesses.texts.readable", lambda text: f"{text}\u202e"),
    }
    monkeypatch.setattr(*broken[name])
    with pytest.raises((BrokenPromiseError, ZeroDivisionError)):
        HARNESSES[name].feed(data)


def test_what_no_server_hands_on_is_not_sent(installation):
    assert site.send(b"GET x\n\n") is None
    assert site.send(b"BREW /\n\n") is None
    assert site.send(b"GET /privacy/\nX-Odd: \x00\n\n").status_code == 200
