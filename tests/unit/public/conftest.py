import pytest
from django.core.cache import caches

from kiemtin.checks.enums import PublicState
from kiemtin.matching.actions.follow import follow
from kiemtin.public.addresses import check_path


@pytest.fixture(autouse=True)
def nothing_kept(data):
    """Each test draws its own pages and cards, in a data folder of its own."""
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def page_of():
    """Path of a check's page; with `/en` before it for English sentences."""

    def path(check, language="en"):
        return check_path(check, language)

    return path


@pytest.fixture
def index():
    """Bring the index up to what is published; without vectors, which add nothing here."""

    def make():
        follow(encoder=None)

    return make


@pytest.fixture
def many(desk, ready_pages):
    """Fifty checks with corrections, withdrawals, translations, demand."""
    import datetime as dt

    from django.utils import timezone

    from kiemtin.questions.models import CheckDemand
    from tests import publishing

    topics = ("health", "scam", "world")
    checks = [
        publishing.published(
            f"Tin đồn số {number} về tỏi",
            desk=desk,
            slug=f"tin-{number}",
            topic=topics[number % 3],
            work=f"work-{number // 2}" if number < 20 else "",
            language="en" if number < 20 and number % 2 else "vi",
            changed=timezone.now() + dt.timedelta(seconds=number),
        )
        for number in range(50)
    ]
    for check in checks[20:30]:
        publishing.revise(check)
    for check in checks[30:33]:
        publishing.withdraw(check)
    for check in checks:
        CheckDemand.objects.create(fact_check=check, day=timezone.localdate(), count=check.pk)
    assert checks[30].public_state == PublicState.WITHDRAWN
    return checks
