import errno
import re

import pytest
from django.utils import timezone

from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.enums import Nature
from kiemtin.checks.models import ExternalReview
from kiemtin.questions import limits
from kiemtin.questions.actions.close_not_checkable import close_not_checkable
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.limits import Limit
from kiemtin.questions.models import Case, Match, Message, ReplyAddress, Request
from tests.unit.public.views.conftest import TEXT, words


@pytest.fixture
def garlic(published):
    return published()


@pytest.fixture
def answered(asked, library, garlic):
    library.says("answer", garlic)
    return asked()


@pytest.fixture
def maybe(asked, library, garlic, published):
    """A request that was asked back about two checks."""
    library.says("maybe", garlic, published(claim="Ăn tỏi sống hại dạ dày"), probability=[0.5, 0.3])
    return asked()


@pytest.fixture
def outside(review):
    upsert_external_reviews(
        reviews=[review(1, claim="Ăn tỏi khỏi cúm", rating="Sai sự thật", publisher_name="Báo Kiểm", language="vi")],
        by="test",
    )
    return ExternalReview.objects.get()


@pytest.fixture
def in_case(asked, desk):
    """A request whose message is in a case."""

    def make(**fields):
        request = asked()
        case = Case.objects.create(desk=desk, title="Tỏi", language="vi", **fields)
        Message.objects.filter(pk=request.message_id).update(case=case, settled=True)
        return request, case

    return make


def decide(client, request, **fields):
    return client.post(f"/en/r/{request.code}/decide/", fields)


def test_an_answer_stands_on_it_with_all_that_speaks_for_it(answered, page, client, garlic):
    text = page(answered)
    for part in (
        "This has been checked",
        "False",
        "The evidence shows that the claim is wrong.",
        garlic.latest.claim,
        garlic.latest.summary,
        "Giải đáp về Covid-19",
        "Tổ chức Y tế Thế giới",
        "Primary source",
        "Checked by Lan Phạm",
        "approved by Hà Trần",
        "Nguồn Thật",
        "Not what you were sent?",
    ):
        assert part in text, part
    html = client.get(f"/en/r/{answered.code}/").content.decode()
    assert f'href="/en/checks/{garlic.pk}/' in html
    assert "hx-get" not in html
    assert answered.code[:5] in text


def test_what_matched_of_a_long_message_is_shown(answered, page, client):
    Match.objects.update(passage="mỗi ngày thì khỏi cúm")
    assert "This part of your message matches: mỗi ngày thì khỏi cúm" in page(answered)
    assert "<mark>mỗi ngày thì khỏi cúm</mark>" in client.get(f"/en/r/{answered.code}/").content.decode()


def test_an_answer_that_is_not_meant_goes_to_the_desk(answered, page, client):
    assert decide(client, answered, answer="none")["Location"] == f"/en/r/{answered.code}/"
    assert "Nobody has checked this yet" in page(answered)
    answered.refresh_from_db()
    assert (answered.shown, Message.objects.get().settled) == (None, False)


def test_what_the_desk_itself_answered_is_not_refused_by_a_button(answered, page, desk, garlic):
    case = Case.objects.create(desk=desk, title="Tỏi", state="published", nature=Nature.FACT, fact_check=garlic)
    Message.objects.update(case=case, settled=True)
    text = page(answered)
    assert "This has been checked" in text
    assert "Not what you were sent?" not in text


def test_another_publishers_review_stands_under_its_name_in_its_words(asked, library, outside, page, client, settings):
    settings.KIEMTIN_SENDS_MAIL = True
    library.says("answer", outside)
    request = asked()
    text = page(request)
    assert "Another publisher has checked this" in text
    assert "“Sai sự thật” This is the rating of Báo Kiểm, in its own words, not ours." in text
    assert "False" not in text
    assert 'href="https://example.org/1"' in client.get(f"/en/r/{request.code}/").content.decode()
    assert "Mail address" not in text  # its changes are not followed, so nothing is promised


def test_a_review_whose_address_no_browser_may_follow_has_no_link(asked, library, outside, client):
    ExternalReview.objects.update(url="javascript:alert(1)")
    outside.refresh_from_db()
    for band in ("answer", "maybe"):
        library.says(band, outside)
        assert "javascript:" not in client.get(f"/en/r/{asked(f'{TEXT} {band}').code}/").content.decode()


def test_yes_makes_a_choice_the_answer_on_the_same_page(maybe, page, client):
    assert "Is it one of these?" in page(maybe)
    second = Match.objects.get(rank=1)
    assert decide(client, maybe, match=second.pk, answer="yes")["Location"] == f"/en/r/{maybe.code}/"
    text = page(maybe)
    assert "You said that this is what you mean." in text
    assert "The claim Ăn tỏi sống hại dạ dày" in text
    assert "Not what you were sent?" not in text
    maybe.refresh_from_db()
    assert maybe.shown == second.fact_check.latest


def test_a_choice_that_only_shares_a_site_or_number_says_so(maybe, page):
    reason = "Found because a site or number in your message also stands in messages about this."
    assert reason not in page(maybe)
    Match.objects.filter(rank=0).update(by_indicator=True)
    assert page(maybe).count(reason) == 1


def test_no_takes_one_choice_away_and_no_to_all_goes_to_the_desk(maybe, page, client, garlic):
    first, second = Match.objects.order_by("rank")
    decide(client, maybe, match=first.pk, answer="no")
    text = page(maybe)
    assert garlic.latest.claim not in text
    assert "Ăn tỏi sống hại dạ dày" in text
    decide(client, maybe, match=second.pk, answer="no")
    assert "Nobody has checked this yet" in page(maybe)


def test_none_of_these_goes_to_the_desk(maybe, page, client):
    decide(client, maybe, answer="none")
    assert "Nobody has checked this yet" in page(maybe)
    assert set(Match.objects.values_list("decision", flat=True)) == {"no"}


@pytest.mark.parametrize("match", ["", "0", "x", "99999999999999999999", "²"])
def test_a_choice_that_was_not_offered_is_refused_in_words(maybe, client, match):
    response = decide(client, maybe, match=match, answer="yes")
    assert response.status_code == 422
    assert "This choice does not belong to your question." in words(response)
    assert "Is it one of these?" in words(response)


def test_a_choice_that_was_withdrawn_meanwhile_says_so(maybe, client, garlic, editor):
    withdraw(fact_check=garlic, by=editor, note="Nguồn sai.")
    response = decide(client, maybe, match=Match.objects.get(rank=0).pk, answer="yes")
    assert response.status_code == 422
    assert "withdrawn in the meantime" in words(response)


def test_where_nothing_fits_the_page_gives_a_code_and_says_what_comes(asked, page, client):
    request = asked()
    text = page(request)
    for part in ("Nobody has checked this yet", "Your receipt code", "Where it stands", "Being checked", "Until then"):
        assert part in text, part
    assert f"{request.code[:5]}-{request.code[5:]}" in text
    html = client.get(f"/en/r/{request.code}/").content.decode()
    assert 'hx-trigger="every 20s"' in html
    assert f"/r/{request.code}" in re.search(r'data-copy="([^"]+)"', html)[1]


@pytest.mark.parametrize(("guard", "said"), [("link-only", "only a link"), ("too-short", "too short")])
def test_what_was_too_little_can_be_asked_again_with_more(asked, library, page, guard, said, client):
    library.says("none", guards=[guard])
    request = asked("http://tin.example/nong")
    text = page(request)
    assert said in text
    assert "Do you know more of it?" in text
    html = client.get(f"/en/r/{request.code}/").content.decode()
    assert ">\nhttp://tin.example/nong</textarea>" in html


def test_it_shows_what_is_kept_and_what_was_covered(asked, page):
    text = page(asked(f"{TEXT}, gọi 0912 345 678 hoặc a@example.org"))
    assert "What you asked" in text
    assert "Removed before: hidden: phone number hidden: mail address" in text
    assert "0912" not in text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("open", "Your question is with the desk."),
        ("in-progress", "This is being checked"),
        ("in-review", "An editor looks at it"),
    ],
)
def test_it_follows_the_desks_work(in_case, page, state, said):
    request, _ = in_case(state=state, nature=Nature.FACT)
    assert said in page(request)


def test_what_is_no_fact_is_explained_without_a_rating(in_case, page, checker):
    request, case = in_case()
    close_not_checkable(case=case, by=checker, nature=Nature.OPINION)
    text = page(request)
    assert "There is no fact to check here" in text
    assert "What you sent is an opinion." in text


def test_what_was_declined_says_why(in_case, page, editor):
    request, case = in_case()
    decline(case=case, by=editor, reason="Chuyện riêng của một người.")
    assert "Chuyện riêng của một người." in page(request)


def test_a_correction_is_said_to_who_saw_the_earlier_answer_and_only_once_as_news(answered, page, corrected, garlic):
    assert "Corrected since" not in page(answered)
    corrected(garlic, note="Sửa năm: 2023.", summary="Không đúng. Năm 2023.")
    text = page(answered)
    assert re.search(r"Corrected since you last saw it, on \d+ \w+ \d{4} Sửa năm: 2023\.", text)
    assert "Không đúng. Năm 2023." in text
    answered.refresh_from_db()
    assert answered.shown.number == 2
    again = page(answered)
    assert "Corrected since" not in again
    assert "Sửa năm: 2023." in again  # it stays said, only not as news


def test_a_page_that_a_browser_fetches_ahead_counts_as_not_seen(answered, client, corrected, garlic):
    corrected(garlic)
    client.get(f"/en/r/{answered.code}/", headers={"Sec-Purpose": "prefetch;prerender"})
    client.head(f"/en/r/{answered.code}/")
    answered.refresh_from_db()
    assert answered.shown.number == 1


def test_a_withdrawn_answer_says_why(answered, page, garlic, editor):
    withdraw(fact_check=garlic, by=editor, note="Nguồn chính sai.")
    text = page(answered)
    assert "The answer was withdrawn" in text
    assert "Nguồn chính sai." in text
    assert garlic.latest.summary not in text


def test_news_are_asked_for_and_nothing_is_sent_while_there_are_none(asked, client, in_case):
    request, case = in_case()
    html = client.get(f"/en/r/{request.code}/").content.decode()
    poll = re.search(r'hx-get="([^"]+)"', html)[1]
    hx = {"HX-Request": "true"}
    assert client.get(poll, headers=hx).status_code == 204
    Case.objects.filter(pk=case.pk).update(state="in-progress", state_since=timezone.now())
    response = client.get(poll, headers=hx)
    news = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in news
    assert "<title>This is being checked" in news
    assert 'hx-swap-oob="innerHTML">This page has news: This is being checked<' in news
    assert "<html" in client.get(poll).content.decode()


@pytest.mark.parametrize("form", ["{0}", "{1}", "{2}", "{3}"])
def test_a_code_is_read_with_goodwill(asked, client, form):
    code = asked().code
    typed = form.format(code, code.lower(), f"{code[:5]}-{code[5:]}", f" {code[:5]} {code[5:].lower()} ")
    response = client.get(f"/en/r/{typed}/", follow=True)
    assert response.status_code == 200
    assert code[:5] in words(response)


def test_the_short_link_leads_to_the_language_of_the_question(asked, client):
    code = asked().code
    assert client.get(f"/r/{code.lower()}")["Location"] == f"/en/r/{code}/"
    Request.objects.update(language="vi")
    assert client.get(f"/en/r/{code}")["Location"] == f"/r/{code}/"


@pytest.mark.parametrize("path", ["/en/r/{}/", "/en/r/{}", "/en/r/?code={}"])
@pytest.mark.parametrize("code", ["AAAAA-AAAAA", "x", "<script>"])
def test_a_wrong_code_is_asked_for_again(client, desk, path, code):
    response = client.get(path.format(code))
    assert response.status_code == 404
    assert "There is no such code" in words(response)
    assert 'name="code"' in response.content.decode()
    assert "<script>" not in re.sub(r"<script [^>]+>", "", response.content.decode())


def test_a_code_typed_into_the_form_leads_to_its_page(asked, client):
    code = asked().code
    assert "Where does your question stand?" in words(client.get("/en/r/"))
    assert client.get("/en/r/", {"code": code.lower()})["Location"] == f"/en/r/{code}/"


def test_codes_cannot_be_tried_without_end(client, desk, monkeypatch):
    monkeypatch.setattr(limits, "LOOKING_UP", (Limit("look-up", 2, 86_400),))
    answers = [client.get("/r/AAAAAAAAAA/", REMOTE_ADDR="203.0.113.7") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert int(answers[-1]["Retry-After"]) > 0


@pytest.mark.parametrize("end", ["", "decide/", "address/", "forget/"])
def test_it_is_kept_by_no_cache_and_found_by_no_search(asked, client, end):
    request = asked()
    path = f"/r/{request.code}/{end}"
    for response in (client.get(path), client.post(path, {"answer": "none", "address": "a@example.org"})):
        if response.status_code == 405:
            continue
        assert response["Cache-Control"] == "private, no-store"
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "same-origin"
    assert not client.cookies
    assert 'name="robots" content="noindex"' in client.get(f"/r/{request.code}/").content.decode()


@pytest.mark.parametrize("end", ["decide/", "address/", "forget/"])
def test_another_sites_form_is_refused(answered, client, end):
    fields = {"answer": "none", "address": "a@example.org"}
    response = client.post(f"/r/{answered.code}/{end}", fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    answered.refresh_from_db()
    assert answered.shown is not None
    assert not ReplyAddress.objects.exists()


class TestAddress:
    @pytest.fixture(autouse=True)
    def sends_mail(self, settings):
        settings.KIEMTIN_SENDS_MAIL = True

    def leave(self, client, request, address):
        return client.post(f"/en/r/{request.code}/address/", {"address": address})

    def test_it_is_left_and_the_page_says_until_when_it_is_kept(self, asked, client, page):
        request = asked()
        assert "Shall we tell you?" in page(request)
        assert self.leave(client, request, " An@example.org ")["Location"] == f"/en/r/{request.code}/#tell"
        text = page(request)
        assert "deleted 30 days after the last answer" in text
        assert "Delete my address now" in text
        assert "example.org" not in text

    def test_of_an_answered_question_the_day_is_named(self, answered, client, page):
        assert "Tell you if this is ever corrected?" in page(answered)
        self.leave(client, answered, "an@example.org")
        assert re.search(r"encrypted and deleted on \d+ \w+ \d{4}", page(answered))

    @pytest.mark.parametrize("typed", ["", "an", "an@", "an@example", "<b>@x", "a" * 260 + "@example.org"])
    def test_what_is_no_address_is_said_beside_the_field(self, asked, client, typed):
        request = asked()
        response = self.leave(client, request, typed)
        assert response.status_code == 422
        assert "This is no mail address. Look at it once more." in words(response)
        assert 'aria-describedby="tell-help tell-error"' in response.content.decode()
        assert not ReplyAddress.objects.exists()

    def test_an_address_that_too_many_questions_name_is_refused_in_words(self, asked, client, monkeypatch):
        from kiemtin.questions.actions import leave_address as module

        monkeypatch.setattr(module, "MAX_QUESTIONS", 1)
        self.leave(client, asked(), "an@example.org")
        response = self.leave(client, asked(), "AN@example.org")
        assert response.status_code == 422
        assert "Keep the receipt code instead." in words(response)

    def test_where_no_mail_is_sent_none_is_promised(self, asked, page, settings):
        settings.KIEMTIN_SENDS_MAIL = False
        text = page(asked())
        assert "This site sends no mail at the moment." in text
        assert "Mail address" not in text

    def test_by_get_it_leads_back(self, asked, client):
        request = asked()
        assert client.get(f"/en/r/{request.code}/address/")["Location"] == f"/en/r/{request.code}/#tell"


@pytest.mark.parametrize("corrections", [0, 3])
def test_the_number_of_queries_is_bounded(
    answered, client, corrected, garlic, corrections, django_assert_max_num_queries
):
    for number in range(corrections):
        corrected(garlic, note=f"Sửa lần {number}.")
    client.get(f"/en/r/{answered.code}/")
    with django_assert_max_num_queries(12):
        client.get(f"/en/r/{answered.code}/")


def test_an_answer_is_shown_where_nothing_can_be_written(client, answered, monkeypatch):
    def fail(**_):
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr("kiemtin.public.views.receipt.note_shown", fail)
    assert client.get(f"/r/{answered.code}/").status_code == 200
