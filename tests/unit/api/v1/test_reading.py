import datetime as dt

import pytest
from django.utils import timezone

from kiemtin.checks.enums import Outcome, Verdict
from tests import publishing

pytestmark = pytest.mark.django_db


@pytest.fixture
def checks(desk):
    rows = []
    for number in range(7):
        at = timezone.now() + dt.timedelta(seconds=number // 2)
        topic = ("health", "scam")[number % 2]
        rows.append(publishing.published(f"Tin đồn số {number}", desk=desk, topic=topic, changed=at))
    return rows


def walk(api, **asked):
    """Read a list to its end; returns the numbers of all items, page by page."""
    pages, word = [], ""
    while word is not None:
        found = api.get("/api/v1/checks", asked | ({"cursor": word} if word else {})).json()
        pages.append([item["id"] for item in found["items"]])
        word = found["next"]
    return pages


def flat(pages):
    return [number for page in pages for number in page]


def test_a_list_is_read_page_by_page_each_once(api, checks):
    pages = walk(api, limit=3)
    assert [len(page) for page in pages] == [3, 3, 1]
    numbers = flat(pages)
    assert sorted(numbers, reverse=True) == sorted((check.pk for check in checks), reverse=True)
    assert numbers[0] == checks[6].pk


def test_what_is_published_meanwhile_shifts_nothing(api, desk, checks):
    first = api.get("/api/v1/checks", {"limit": 3}).json()
    publishing.published("Tin mới toanh", desk=desk, changed=timezone.now() + dt.timedelta(days=1))
    second = api.get("/api/v1/checks", {"limit": 3, "cursor": first["next"]}).json()
    assert not {item["id"] for item in first["items"]} & {item["id"] for item in second["items"]}
    assert len(second["items"]) == 3


def test_filters_narrow(api, desk, checks):
    publishing.published("Lemon water", desk=desk, language="en", verdict="scam")
    assert flat(walk(api, topic="scam")) == [check.pk for check in reversed(checks) if check.topic == "scam"]
    assert len(flat(walk(api, language="en"))) == 1
    assert len(flat(walk(api, verdict="scam"))) == 1
    assert walk(api, language="fr") == [[]]


def test_a_cursor_that_is_none_of_ours_is_no_page(api, checks):
    for word in ("x", "W10:x:y", "a" * 400):
        assert api.get("/api/v1/checks", {"cursor": word}).json()["code"] == "unknown-cursor"
    assert api.get("/api/v1/checks", {"cursor": "a" * 501}).status_code == 422


def test_withdrawn_ones_are_in_no_list_but_can_be_read(api, checks):
    publishing.withdraw(checks[0], note="Nguồn sai.")
    assert checks[0].pk not in flat(walk(api))
    told = api.get(f"/api/v1/checks/{checks[0].pk}").json()
    assert (told["state"], told["corrections"][0]["note"]) == ("withdrawn", "Nguồn sai.")


def test_a_fact_check_is_told_whole(api, published, corrected):
    check = corrected(published(), note="Sửa chỗ này.")
    told = api.get(f"/api/v1/checks/{check.pk}").json()
    assert (told["verdict"], told["label"], told["revision"], told["state"]) == ("false", "False", 2, "corrected")
    assert [source["interest"] for source in told["sources"]] == ["independent", "independent"]
    assert told["authors"] == ["Lan Phạm"]
    assert told["body"].startswith("Tỏi là thức ăn tốt.")
    assert told["url"].endswith(f"/en/checks/{check.pk}/{check.slug}/")
    assert [one["note"] for one in told["corrections"]] == ["Sửa chỗ này."]


def test_what_is_not_public_is_not_there(api, draft):
    check = draft()
    for end in ("", "/revisions", "/revisions/1"):
        assert api.get(f"/api/v1/checks/{check.pk}{end}").status_code == 404
    assert api.get("/api/v1/checks").json()["items"] == []


def test_a_draft_of_a_correction_shows_nowhere(api, published, checker):
    from kiemtin.checks.actions.save_draft import save_draft
    from kiemtin.checks.actions.start_correction import start_correction
    from kiemtin.checks.draft import DraftContent

    row = start_correction(fact_check=published(), by=checker)
    changed = DraftContent(
        **{name: getattr(DraftContent.of(row), name) for name in DraftContent.__slots__} | {"claim": "Nháp"}
    )
    save_draft(fact_check=row, by=checker, version=row.version, content=changed)
    assert "Nháp" not in api.get(f"/api/v1/checks/{row.pk}").content.decode()


def test_versions_can_be_read_one_by_one(api, published, corrected):
    check = corrected(published(), summary="Câu khác.")
    rows = api.get(f"/api/v1/checks/{check.pk}/revisions").json()["items"]
    assert [(row["number"], row["kind"]) for row in rows] == [(2, "correction"), (1, "first")]
    assert api.get(f"/api/v1/checks/{check.pk}/revisions/2").json()["summary"] == "Câu khác."
    assert api.get(f"/api/v1/checks/{check.pk}/revisions/1").json()["summary"] != "Câu khác."
    assert api.get(f"/api/v1/checks/{check.pk}/revisions/3").json()["code"] == "not-found"


def test_topics_are_told_with_their_counts(api, checks):
    rows = api.get("/api/v1/topics").json()["items"]
    assert {row["topic"]: row["count"] for row in rows} == {"scam": 3, "health": 4}


def test_the_scale_is_told_whole(api):
    told = api.get("/api/v1/verdicts").json()
    assert [word["code"] for word in told["verdicts"]] == Verdict.values
    assert [word["code"] for word in told["outcomes"]] == Outcome.values
    assert all(word["definition"] for word in told["verdicts"] + told["outcomes"])


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "1.5", "%00"])
def test_a_number_that_is_none_is_refused(api, number):
    assert api.get(f"/api/v1/checks/{number}").status_code == 422


def test_the_queries_of_a_list_do_not_grow_with_it(api, checks, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        api.get("/api/v1/checks")
