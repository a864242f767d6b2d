import pytest

from kiemtin.questions.enums import CaseState
from tests.unit.questions.making import make_case, make_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def bot(data, token):
    return token("cases:read")


def test_a_desk_reads_its_cases_and_no_other(bot, token, desk, other_desk, member):
    mine, theirs = make_case(desk), make_case(other_desk, title="Của bàn khác")
    assert [item["id"] for item in bot.get("/api/v1/cases").json()["items"]] == [mine.pk]
    assert bot.get(f"/api/v1/cases/{theirs.pk}").json()["code"] == "not-found"
    other = token("cases:read", desk=other_desk, by=member("Kia", "administrator", other_desk))
    assert [item["id"] for item in other.get("/api/v1/cases").json()["items"]] == [theirs.pk]
    assert other.get(f"/api/v1/cases/{mine.pk}").status_code == 404


def test_without_the_scope_nothing_is_told(api, token, desk):
    case = make_case(desk)
    for path in ("/api/v1/cases", f"/api/v1/cases/{case.pk}"):
        assert api.get(path).json()["code"] == "token-needed"
        assert token("ask", "pages").get(path).json()["code"] == "scope-missing"


def test_a_case_is_told_with_its_messages_and_nothing_on_who_asked(bot, desk):
    case = make_case(desk, messages=2, requests=3)
    make_message(case, text="Tin thứ ba", requests=9)
    told = bot.get(f"/api/v1/cases/{case.pk}").json()
    assert (told["messages"], told["asked"], told["sent"][0]["text"]) == (3, 15, "Tin thứ ba")
    codes = case.messages.values_list("requests__code", flat=True)
    assert not any(code in str(told) for code in codes)
    assert told["url"].endswith(f"/en/desk/{desk.slug}/cases/{case.pk}/")


def test_cases_are_read_page_by_page_and_narrowed(bot, desk):
    rows = [make_case(desk) for _ in range(5)]
    declined = make_case(desk, state=CaseState.DECLINED, public_reason="Ngoài phạm vi.")
    first = bot.get("/api/v1/cases", {"limit": 4, "state": "open"}).json()
    second = bot.get("/api/v1/cases", {"limit": 4, "state": "open", "cursor": first["next"]}).json()
    assert [item["id"] for item in first["items"] + second["items"]] == [row.pk for row in reversed(rows)]
    assert second["next"] is None
    assert bot.get(f"/api/v1/cases/{declined.pk}").json()["public_reason"] == "Ngoài phạm vi."


def test_a_cursor_of_another_list_is_no_page(bot, desk):
    from kiemtin.api.v1.cursors import cursor

    assert bot.get("/api/v1/cases", {"cursor": cursor("2026-01-01T00:00:00+00:00", 1)}).status_code == 404


def test_a_token_tells_what_it_lets_do(token, data):
    told = token("pages").get("/api/v1/token").json()
    assert told["publisher"] == {"name": "Báo Kiểm", "site": "baokiem.example"}
    assert told["scopes"] == ["pages"]
    assert token("ask").get("/api/v1/token").json()["publisher"] is None
