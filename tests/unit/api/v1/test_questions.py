import pytest

from kiemtin.questions.models import Bucket, Message, Request
from tests import publishing

pytestmark = pytest.mark.django_db

CLAIM = "Uống nước chanh nóng chữa khỏi bệnh ung thư trong ba ngày"


@pytest.fixture
def known(desk, indexed):
    check = publishing.published(CLAIM, desk=desk, summary="Không có nghiên cứu nào.")
    indexed()
    return check


def ask(api, text, **fields):
    return api.post("/api/v1/questions", {"text": text, **fields})


def test_what_was_checked_is_answered_at_once(api, known):
    answer = ask(api, CLAIM)
    assert answer.status_code == 201
    told = answer.json()
    assert (told["band"], told["standing"], told["is_final"]) == ("answer", "answered", True)
    assert (told["answer"]["check"], told["answer"]["verdict"], told["answer"]["rating"]) == (
        known.pk,
        "false",
        "False",
    )
    assert answer["Location"] == f"/api/v1/questions/{told['code'].replace('-', '')}"
    assert answer["Cache-Control"] == "private, no-store"
    row = Request.objects.get()
    assert (row.channel, row.language, row.shown) == ("api", "en", known.latest)


def test_what_nobody_has_checked_goes_to_the_desk(api, known):
    told = ask(api, "Ngày mai cả thành phố cúp điện từ sáng tới chiều").json()
    assert (told["band"], told["standing"], told["answer"], told["choices"]) == ("none", "received", None, [])
    assert told["steps"][0]["progress"] == "now"


def test_what_may_be_it_is_asked_back_and_the_word_is_taken(api, known, monkeypatch):
    from kiemtin.matching.ask import Searched
    from kiemtin.matching.finding import of_fact_check
    from kiemtin.retrieval import Answer, Band, Match

    finding = of_fact_check(known)

    class Unsure:
        mark = 1

        def search(self, text, *, limit):
            return Searched(Answer(Band.MAYBE, (Match(finding.key, finding.work, 1.0, 0.4),)), 1)

    monkeypatch.setattr("kiemtin.api.v1.questions.live_library", Unsure)
    told = ask(api, "Nghe nói nước chanh nóng tốt lắm phải không").json()
    assert (told["band"], told["standing"]) == ("maybe", "asked-back")
    (choice,) = told["choices"]
    assert choice["finding"]["check"] == known.pk
    path = f"/api/v1/questions/{told['code']}/choice"
    assert api.post(path, {"answer": "yes"}).json()["errors"][0]["pointer"] == "#/match"
    assert api.post(path, {"answer": "yes", "match": choice["match"] + 99}).status_code == 409
    assert api.post(path, {"answer": "open", "match": choice["match"]}).json()["band"] == "maybe"
    chosen = api.post(path, {"answer": "yes", "match": choice["match"]}).json()
    assert (chosen["band"], chosen["is_own_choice"], chosen["answer"]["check"]) == ("answer", True, known.pk)


def test_none_of_them_goes_to_the_desk(api, known):
    told = ask(api, CLAIM).json()
    after = api.post(f"/api/v1/questions/{told['code']}/choice", {"answer": "no"}).json()
    assert (after["band"], after["standing"], after["answer"]) == ("none", "received", None)


def test_personal_data_is_covered_before_anything_is_stored(api, desk):
    ask(api, "Gọi số 0912345678 để nhận quà của ngân hàng nhé mọi người")
    assert "0912345678" not in Message.objects.get().text
    assert ask(api, "0912345678").json()["code"] == "message-only-personal-data"


def test_who_asks_the_same_again_gets_the_same_receipt(api, desk):
    first, again = (ask(api, "Tin này hỏi hai lần thì sao nhỉ") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["code"] == again.json()["code"]


def test_the_limit_of_an_address_is_that_of_the_web(api, desk, client, monkeypatch):
    from kiemtin.questions.limits import Limit

    limits = (Limit("ask", 2, 600),)
    monkeypatch.setattr("kiemtin.questions.limits.ASKING", limits)
    monkeypatch.setattr("kiemtin.api.v1.questions.ASKING", limits)
    client.post("/ask/", {"text": "Hỏi trên mạng một câu"})
    assert '"ask";r=0' in ask(api, "Hỏi bằng chương trình một câu")["RateLimit"]
    refused = ask(api, "Hỏi thêm một câu nữa")
    assert (refused.status_code, Request.objects.count()) == (429, 2)
    assert '"ask";r=0' in refused["RateLimit"]


def test_a_token_for_many_people_asks_as_a_new_asker_each_time(token, desk):
    bot = token("ask")
    codes = {ask(bot, "Tin này nhiều người hỏi lắm").json()["code"] for _ in range(3)}
    assert len(codes) == 3
    assert Message.objects.get().asked == 3
    assert set(Request.objects.values_list("asker", flat=True)) == {""}
    other = token("cases:read")
    assert len({ask(other, "Tin này nhiều người hỏi lắm").json()["code"] for _ in range(3)}) == 1


def test_the_answer_comes_in_the_language_that_is_asked_for(api, caller, desk, indexed):
    publishing.published(CLAIM, desk=desk, work="w")
    english = publishing.published("Hot lemon water cures cancer", desk=desk, work="w", language="en")
    indexed()
    assert ask(api, CLAIM).json()["answer"]["check"] == english.pk
    told = ask(caller(language="en", REMOTE_ADDR="192.0.2.3"), CLAIM, language="vi").json()
    assert (told["language"], told["answer"]["language"], told["label"]) == ("vi", "vi", told["label"])


def test_a_receipt_shows_where_a_question_stands_and_that_it_was_seen(api, known):
    code = ask(api, CLAIM).json()["code"]
    publishing.revise(known, note="Sửa số ngày.")
    told = api.get(f"/api/v1/questions/{code.lower()}").json()
    assert [one["note"] for one in told["corrections"]] == ["Sửa số ngày."]
    assert Request.objects.get().shown.number == 2
    assert api.get(f"/api/v1/questions/{code}").json()["corrections"] == []


def test_an_answer_that_was_withdrawn_is_told_with_its_reason(api, known):
    code = ask(api, CLAIM).json()["code"]
    publishing.withdraw(known, note="Nguồn sai.")
    told = api.get(f"/api/v1/questions/{code}").json()
    assert (told["standing"], told["withdrawn"]["note"], told["answer"]) == ("withdrawn", "Nguồn sai.", None)


def test_codes_can_be_tried_a_limited_number_of_times(api, monkeypatch):
    from kiemtin.questions.limits import Limit

    monkeypatch.setattr("kiemtin.api.v1.questions.LOOKING_UP", (Limit("look-up", 1, 600),))
    assert api.get("/api/v1/questions/AAAAA-AAAAA").json()["code"] == "unknown-code"
    assert api.get("/api/v1/questions/AAAAA-AAAAB").status_code == 429


def test_nothing_raw_is_stored_of_who_asks(api, desk):
    ask(api, "Tin này ai hỏi thì không biết")
    stored = str(list(Request.objects.values())) + str(list(Bucket.objects.values()))
    assert "127.0.0.1" not in stored
