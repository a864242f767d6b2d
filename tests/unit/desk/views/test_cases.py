"""The page of a case: who may press which button in which state, over the views."""

import re

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from kiemtin.audit.models import Event
from kiemtin.checks.enums import Nature
from kiemtin.checks.workflow import RULES, Action, Subject
from kiemtin.desk.deeds import DEEDS, UNDO
from kiemtin.questions.actions.merge import merge
from kiemtin.questions.enums import Answered, CaseState, ReplyState
from kiemtin.questions.models import (
    Case,
    CaseChange,
    CaseNote,
    Conflict,
    Indicator,
    Match,
    Message,
    Picture,
    Reply,
    Sighting,
)
from kiemtin.questions.secrets import seal_picture
from tests.cast import ROLES
from tests.unit.questions.making import (
    case_in,
    make_case,
    make_message,
    make_picture,
    make_review,
    publish_case,
    publish_check,
)

pytestmark = pytest.mark.django_db

CASE_RULES = {action: rule for action, rule in RULES.items() if rule.subject is Subject.CASE}
BUTTONS = [action for action in CASE_RULES if action is not Action.READ_CASE]
TEXTS = {
    "text": "Gọi lại bệnh viện.",
    "reason": "Người nhà.",
    "title": "Tên khác",
    "split_title": "Tin khác",
    "public_reason": "Ngoài phạm vi.",
}


@pytest.fixture
def at(desk):
    return lambda case, action="": f"/en/desk/{desk.slug}/cases/{case.pk}/" + (f"{action}/" if action else "")


@pytest.fixture
def makers(checker, second_editor, ready_pages, data):
    """Who writes and who approves what the tests begin with."""
    return {"author": checker, "editor": second_editor}


def sent(action, case, desk, makers):
    """Return what the form of a button sends, with all there that it needs beyond the table."""
    if action in (Action.START_DRAFT, Action.ANSWER_WITH_REVIEW):
        Case.objects.filter(pk=case.pk, state__in=["open", "in-progress"]).update(nature=Nature.FACT)
    if action is Action.RELEASE:
        Case.objects.filter(pk=case.pk).update(assignee=makers["author"])
    message = case.messages.first()
    form = TEXTS | {"nature": "fact", "person": makers["author"].pk, "message": message.pk if message else 0}
    if action is Action.CLOSE_NOT_CHECKABLE:
        form |= {"nature": "satire"}
    if action is Action.MERGE:
        form |= {"case": case.pk, "target": make_case(desk).pk}
    if action is Action.DECIDE_MATCH:
        form |= {"match": proposal(message or make_message(case), make_case(desk)).pk, "answer": "no"}
    if action is Action.ANSWER_WITH_CHECK:
        form |= {"check": publish_check(desk, **makers).fact_check.pk}
    if action is Action.NEED_PICTURE:
        form |= {"picture": make_picture(message or make_message(case)).pk}
    if action is Action.WITHHOLD_TEXT:
        form |= {"withhold": (message or make_message(case)).pk}
    if action is Action.ANSWER_WITH_REVIEW:
        form |= {"review": make_review().pk}
    return form


def proposal(message, case, probability=0.5, **fields):
    given = {"band": Answered.MAYBE, "probability": probability} | fields
    return Match.objects.create(message=message, case=case, **given)


def test_every_action_on_a_case_has_its_button():
    assert set(DEEDS) == set(BUTTONS) - {Action.MERGE} | {UNDO}


@pytest.fixture
def unrendered(monkeypatch):
    """The walk looks at what is done, not at how the page says what is not."""
    for module in ("cases", "merging"):
        monkeypatch.setattr(f"kiemtin.desk.views.{module}.render", lambda *_, status=200: HttpResponse(status=status))


@pytest.mark.parametrize("action", BUTTONS)
def test_a_button_does_for_each_role_in_each_state_what_the_table_says(
    action, desk, makers, someone, sign_in, at, unrendered
):
    clients = {role: sign_in(someone(role)) for role in ROLES}
    for state in CaseState.values:
        with transaction.atomic():
            case = case_in(state, desk, **makers)
            form = sent(action, case, desk, makers)
            url = reverse("desk:merge", args=[desk.slug]) if action is Action.MERGE else at(case, action)
            for role, client in clients.items():
                with transaction.atomic():
                    press(client, url, form, case, action, role)
                    transaction.set_rollback(True)
            transaction.set_rollback(True)


def press(client, url, form, case, action, role):
    """Press a button, and see that it did what the table says of this role and the state of the case."""
    rule, state = CASE_RULES[action], case.state
    before = Event.objects.filter(verb=rule.verb).count()
    answer = client.post(url, form)
    if role not in rule.roles:
        expected = 404 if role in ("", "elsewhere") else 403
    else:
        expected = 302 if rule.fits(state=state) else 422
    assert answer.status_code == expected, (role, state)
    assert (Event.objects.filter(verb=rule.verb).count() > before) == (expected == 302), (role, state)
    now = Case.objects.values_list("state", flat=True).get(pk=case.pk)
    assert now == (rule.to if expected == 302 and rule.to else state), (role, state)


@pytest.mark.parametrize("state", CaseState.values)
def test_a_button_shows_exactly_where_it_works(state, desk, makers, someone, sign_in, at):
    case = case_in(state, desk, **makers)
    everywhere = {Action.NOTE, Action.RENAME, Action.DECLARE_CONFLICT, Action.ASSIGN, Action.TAKE, Action.DECLINE}
    for role in ("reader", "checker", "editor"):
        page = sign_in(someone(role)).get(at(case)).content.decode()
        for action in [*everywhere, Action.SAY_NATURE, Action.CLOSE_NOT_CHECKABLE, Action.REOPEN]:
            is_there = f"/cases/{case.pk}/{action}/" in page
            assert is_there == CASE_RULES[action].allows(role=role, state=state), (role, action)


def test_strangers_and_people_of_other_desks_find_nothing(desk, other_desk, outsider, editor, sign_in, at):
    case = make_case(desk)
    assert sign_in(outsider).get(at(case)).status_code == 404
    theirs = make_case(other_desk)
    assert sign_in(editor).get(at(theirs)).status_code == 404
    assert sign_in(editor).post(at(theirs, "take")).status_code == 404
    assert sign_in(editor).post(at(case, "conjure")).status_code == 404
    assert sign_in(editor).get(at(case, "take")).status_code == 405


@pytest.mark.parametrize(
    ("action", "form", "sentence"),
    [
        ("note", {"text": "  "}, "Please write something first."),
        ("assign", {"person": ""}, "Please choose one first."),
        ("say-nature", {"nature": "poem"}, "Please choose one first."),
        ("split", {"split_title": "Tin về chanh"}, "Choose some messages of this case"),
        ("close-not-checkable", {"nature": "fact"}, "A statement of fact can be checked."),
        ("start-draft", {}, "Say first that the case is a checkable statement of fact."),
    ],
)
def test_what_cannot_be_done_is_said_in_words(action, form, sentence, desk, editor, sign_in, at):
    answer = sign_in(editor).post(at(make_case(desk, messages=2), action), form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_nothing_typed_is_lost_when_it_cannot_be_done(desk, checker, makers, sign_in, at):
    case = make_case(desk, messages=3, nature=Nature.FACT)
    client = sign_in(checker)
    ticked = [str(message.pk) for message in case.messages.all()]
    page = client.post(at(case, "split"), {"split_title": "Tin về chanh", "message": ticked}).content.decode()
    assert 'value="Tin về chanh"' in page
    assert page.count(" checked") >= 3
    publish_case(case, **makers)
    late = {"nature": "opinion", "explanation-opinion": "Đây là ý kiến của họ."}
    assert client.post(at(case, "close-not-checkable"), late).status_code == 422


def test_own_words_for_an_opinion_come_back_where_they_could_not_be_used(desk, checker, sign_in, at):
    case = make_case(desk)
    Conflict.objects.create(case=case, person=checker, reason="Người nhà.")
    answer = sign_in(checker).post(at(case, "decline"), {"public_reason": "x"})
    assert answer.status_code == 403
    answer = sign_in(checker).post(at(case, "rename"), {"title": "Tên tôi vừa gõ"})
    assert answer.status_code == 422
    assert "Whoever declared a conflict of interest" in answer.content.decode()


def test_who_declared_an_interest_sees_that_the_work_is_for_others(desk, checker, sign_in, at):
    case = make_case(desk, assignee=checker)
    client = sign_in(checker)
    client.post(at(case, "declare-conflict"), {"reason": "Em gái tôi làm ở đó."})
    page = client.get(at(case)).content.decode()
    assert "All other work on it is for others." in page
    assert "Em gái tôi làm ở đó." in page
    assert f"/cases/{case.pk}/take/" not in page
    assert f"/cases/{case.pk}/note/" in page
    assert client.post(at(case, "take")).status_code == 422
    case.refresh_from_db()
    assert case.assignee is None


def test_left_as_it_is_the_explanation_stays_in_each_askers_language(desk, checker, sign_in, at):
    case, other = make_case(desk), make_case(desk)
    client = sign_in(checker)
    page = client.get(at(case)).content.decode()
    shown = re.search(r'name="explanation-opinion"[^>]*>([^<]+)<', page)[1]
    client.post(at(case, "close-not-checkable"), {"nature": "opinion", "explanation-opinion": shown})
    client.post(at(other, "close-not-checkable"), {"nature": "opinion", "explanation-opinion": "Lời của ban."})
    case.refresh_from_db()
    other.refresh_from_db()
    assert (case.state, case.nature_note) == ("not-checkable", "")
    assert other.nature_note == "Lời của ban."
    assert "What you sent is an opinion." in client.get(at(case)).content.decode()


def test_starting_the_fact_check_leads_to_the_editor(desk, checker, sign_in, at):
    case = make_case(desk, nature=Nature.FACT)
    answer = sign_in(checker).post(at(case, "start-draft"))
    case.refresh_from_db()
    assert answer.url == f"/en/desk/{desk.slug}/checks/{case.fact_check_id}/edit/"


def test_yes_to_a_proposal_merges_and_undo_brings_both_back(desk, checker, sign_in, at):
    case, other = make_case(desk, title="Chanh"), make_case(desk, title="Chanh nóng")
    match = proposal(case.messages.get(), other)
    client = sign_in(checker)
    assert f"merge {case.pk} into {other.pk}" in client.get(at(case)).content.decode()
    assert client.get(at(other)).content.decode().count('id="proposals"') == 1
    answer = client.post(at(case, "decide-match"), {"match": match.pk, "answer": "yes"})
    assert answer.url == at(other)
    change = CaseChange.objects.get()
    client.post(at(other, "undo"), {"change": change.pk})
    case.refresh_from_db()
    assert (case.state, case.messages_count) == ("open", 1)
    assert "undone" in client.get(at(other)).content.decode()


def test_no_is_said_once_for_all_messages_that_ask_the_same(desk, checker, sign_in, at):
    case, other = make_case(desk, messages=3), make_case(desk)
    matches = [proposal(message, other) for message in case.messages.all()]
    client = sign_in(checker)
    client.post(at(case, "decide-match"), {"match": matches[0].pk, "answer": "no"})
    assert not Match.objects.filter(decision="open").exists()
    assert 'id="proposals"' not in client.get(at(case)).content.decode()


def test_a_proposal_of_other_cases_is_not_decided_here(desk, checker, sign_in, at):
    case, one, two = make_case(desk), make_case(desk), make_case(desk)
    match = proposal(one.messages.get(), two)
    client = sign_in(checker)
    answer = client.post(at(case, "decide-match"), {"match": match.pk, "answer": "no"}, follow=True)
    assert "what you meant is not in it any more" in answer.content.decode()
    match.refresh_from_db()
    assert match.decision == "open"
    change = merge(source=one, target=two, by=checker)
    answer = client.post(at(case, "undo"), {"change": change.pk}, follow=True)
    assert "what you meant is not in it any more" in answer.content.decode()
    one.refresh_from_db()
    assert one.merged_into == two


def test_who_decides_on_a_proposal_that_went_meanwhile_is_told(desk, checker, sign_in, at):
    """Asked again, a message may be nearer to something else; what it was near to before is proposed no more."""
    case, other = make_case(desk), make_case(desk)
    match = proposal(case.messages.get(), other)
    number = match.pk
    match.delete()
    client = sign_in(checker)
    answer = client.post(at(case, "decide-match"), {"match": number, "answer": "no"})
    assert answer.url == at(case)
    assert "The case has changed meanwhile" in client.get(at(case)).content.decode()


def test_an_interest_in_the_case_that_is_looked_at_counts_too(desk, checker, sign_in, at):
    case, other = make_case(desk), make_case(desk)
    match = proposal(other.messages.get(), case)
    Conflict.objects.create(case=case, person=checker, reason="Người nhà.")
    form = {"match": match.pk, "answer": "no"}
    assert sign_in(checker).post(at(case, "decide-match"), form).status_code == 422
    match.refresh_from_db()
    assert match.decision == "open"


def test_a_decided_case_takes_an_editors_express_word(desk, makers, checker, editor, sign_in, at):
    home, case = make_case(desk), make_case(desk)
    publish_case(home, **makers)
    match = proposal(case.messages.get(), home)
    form = {"match": match.pk, "answer": "yes"}
    assert "only an editor can say yes" in sign_in(checker).get(at(case)).content.decode()
    assert sign_in(checker).post(at(case, "decide-match"), form | {"tell": "1"}).status_code == 403
    assert sign_in(editor).post(at(case, "decide-match"), form).status_code == 422
    assert not Reply.objects.filter(request__message__case=case).exists()
    assert sign_in(editor).post(at(case, "decide-match"), form | {"tell": "1"}).status_code == 302
    assert Reply.objects.filter(request__message=match.message, state=ReplyState.QUEUED).count() == 1


def test_candidates_say_how_many_would_be_told(desk, makers, editor, checker, sign_in, at):
    case = make_case(desk, requests=3)
    check = publish_check(desk, **makers).fact_check
    Match.objects.create(
        message=case.messages.get(), fact_check=check, band=Answered.MAYBE, probability=0.4, guards=["numbers", "old"]
    )
    page = sign_in(editor).get(at(case)).content.decode()
    assert "3 people who left an address are told at once." in page
    assert "A number in the message differs from the check." in page
    assert "answer-with-check" not in sign_in(checker).get(at(case)).content.decode()
    answer = sign_in(editor).post(at(case, "answer-with-check"), {"check": check.pk})
    case.refresh_from_db()
    assert answer.url == at(case.merged_into)


def test_what_the_desk_said_no_to_and_what_was_withdrawn_is_no_candidate(desk, makers, editor, sign_in, at):
    case = make_case(desk, nature=Nature.FACT)
    message = case.messages.get()
    gone, refused, far, good = (
        make_review(withdrawn=True),
        make_review(),
        make_review(),
        make_review(claim="Chanh thật"),
    )
    for review, fields in ((gone, {}), (refused, {"decision": "no", "decider": "desk"}), (far, {}), (good, {})):
        near = 0.01 if review is far else 0.6
        Match.objects.create(message=message, external_review=review, band="maybe", probability=near, **fields)
    page = sign_in(editor).get(at(case)).content.decode()
    assert page.count('class="candidate"') == 1
    assert "Chanh thật" in page


def test_a_review_answers_only_what_is_a_fact(desk, editor, sign_in, at):
    case = make_case(desk)
    Match.objects.create(message=case.messages.get(), external_review=make_review(), band="maybe", probability=0.6)
    page = sign_in(editor).get(at(case)).content.decode()
    assert "say first that it is a statement of fact" in page
    assert "answer-with-review" not in page


def test_one_may_look_for_a_check_by_words_with_and_without_htmx(desk, makers, editor, sign_in, at, monkeypatch):
    from kiemtin.desk import case_matches

    check = publish_check(desk, **makers).fact_check
    asked = []

    def look_up(text):
        asked.append(text)
        return [case_matches.Candidate(check, None)]

    monkeypatch.setattr("kiemtin.desk.views.cases.look_up", look_up)
    client, case = sign_in(editor), make_case(desk)
    whole = client.get(at(case), {"find": "chanh"}).content.decode()
    part = client.get(at(case), {"find": "chanh"}, headers={"HX-Request": "true", "HX-Target": "found"})
    assert check.latest.claim in whole
    assert part.content.decode().count("<h3") == 1
    assert "<html" not in part.content.decode()
    assert asked == ["chanh", "chanh"]


def test_an_empty_library_finds_nothing_and_does_not_fail(desk, data, editor, sign_in, at):
    page = sign_in(editor).get(at(make_case(desk)), {"find": "?!"}).content.decode()
    assert "Nothing published fits these words." in page


def test_what_differs_between_messages_is_marked_and_hidden_data_is_a_chip(desk, checker, sign_in, at):
    case = make_case(desk, messages=0)
    make_message(case, requests=3, text="Chuyển phí vào [account] trước thứ Sáu để giữ lớp cho con nhé mọi người")
    make_message(case, text="Chuyển phí 12.000đ vào [account] trước thứ Sáu để giữ lớp cho con nhé mọi người")
    page = sign_in(checker).get(at(case)).content.decode()
    assert re.search(r"<mark>12\.000đ\s*</mark>", page)
    assert "account number" in page
    assert "[account]" not in page


def test_a_case_of_thousands_is_shown_by_the_page(desk, checker, sign_in, at):
    case = make_case(desk, messages=0)
    Message.objects.bulk_create(
        Message(digest=f"x{n:063}", text=f"Nước chanh nóng {n}", case=case, asked=200 - n) for n in range(120)
    )
    client = sign_in(checker)
    assert client.get(at(case)).content.decode().count('name="message"') == 50
    last = client.get(at(case), {"page": 3}).content.decode()
    assert last.count('name="message"') == 20
    assert re.search(r"<mark>119\s*</mark>", last)


def test_the_page_costs_no_more_queries_with_more_in_the_case(
    desk, makers, editor, sign_in, at, django_assert_max_num_queries
):
    client = sign_in(editor)
    case = make_case(desk, messages=20)
    for message in case.messages.all()[:10]:
        proposal(message, make_case(desk))
        Match.objects.create(message=message, external_review=make_review(), band="maybe", probability=0.5)
    for _ in range(5):
        CaseNote.objects.create(case=case, author=editor, text="…")
        merge(source=make_case(desk), target=case, by=editor)
    client.get(at(case))
    with django_assert_max_num_queries(22):
        assert client.get(at(case)).status_code == 200


def test_a_title_shows_masked_data_in_words(desk, checker, sign_in, at):
    case = make_case(desk, title="Gọi [phone] nhận quà")
    page = sign_in(checker).get(at(case)).content.decode()
    assert "Gọi [phone number] nhận quà" in page
    assert 'value="Gọi [phone] nhận quà"' in page


def test_a_text_that_may_be_published_is_kept_out_by_a_button(desk, checker, sign_in, at):
    case = make_case(desk, messages=2)
    client = sign_in(checker)
    assert "withhold-text" not in client.get(at(case)).content.decode()
    message = case.messages.order_by("-asked", "pk").last()
    Message.objects.filter(pk=message.pk).update(agreed=1)
    content = client.get(at(case)).content.decode()
    assert content.count("may be published as open data") == 1
    assert f'name="withhold" value="{message.pk}"' in content
    client.post(at(case, "withhold-text"), {"withhold": message.pk})
    message.refresh_from_db()
    assert message.withheld
    content = client.get(at(case)).content.decode()
    assert "kept out of the open data" in content
    assert "withhold-text" not in content
    other = make_message()
    Message.objects.filter(pk=other.pk).update(agreed=1)
    client.post(at(case, "withhold-text"), {"withhold": other.pk})
    other.refresh_from_db()
    assert not other.withheld


def test_a_picture_is_shown_once_a_checker_needs_it(desk, checker, sign_in, at):
    case = make_case(desk)
    request = case.messages.get().requests.get()
    secret = seal_picture(b"RIFF....")
    over = timezone.now() + timezone.timedelta(days=7)
    row = Picture.objects.create(code="P", state="asked", request=request, secret=secret, delete_after=over)
    client = sign_in(checker)
    image = f"{at(case)}pictures/{row.pk}.webp"
    assert client.get(image).status_code == 404
    assert f'name="picture" value="{row.pk}"' in client.get(at(case)).content.decode()
    client.post(at(case, "need-picture"), {"picture": row.pk})
    assert f'src="{image}"' in client.get(at(case)).content.decode()
    response = client.get(image)
    assert (response.content, response["Content-Type"]) == (b"RIFF....", "image/webp")
    assert response["Cache-Control"] == "no-store"
    assert client.get(f"{at(make_case(desk))}pictures/{row.pk}.webp").status_code == 404
    Picture.objects.update(secret=b"")
    assert client.get(image).status_code == 404
    assert client.post(at(case, "need-picture"), {"picture": row.pk}).status_code == 422


def test_the_picture_of_another_desk_s_case_is_not_there(other_desk, checker, outsider, sign_in, at, desk):
    case = make_case(other_desk)
    row = Picture.objects.create(
        code="P",
        state="asked",
        request=case.messages.get().requests.get(),
        secret=seal_picture(b"RIFF"),
        needed=timezone.now(),
        delete_after=timezone.now(),
    )
    assert sign_in(checker).get(f"{at(case)}pictures/{row.pk}.webp").status_code == 404


def test_links_and_indicators_are_shown_and_nothing_of_them_can_be_clicked(desk, checker, sign_in, at, makers):
    case, other = make_case(desk, messages=0), make_case(desk, messages=0)
    rows = [make_message(where, text="Vào vietc0mbank[.]xyz/a, gọi [phone]") for where in (case, other)]
    day = timezone.localdate()
    for kind, shown in (("domain", "vietc0mbank[.]xyz"), ("phone", "…456")):
        indicator = Indicator.objects.create(kind=kind, digest=kind, shown=shown)
        for row in rows:
            Sighting.objects.create(message=row, indicator=indicator, asked=2, first=day, last=day)
    proposal(rows[0], other, probability=0.0, by_indicator=True)
    page = sign_in(checker).get(at(case)).content.decode()
    assert "It looks like vietcombank.com.vn and is another site." in page
    assert "asked 4 times today" in page
    assert "both have vietc0mbank[.]xyz, …456" in page
    assert "0 % likely" not in page
    assert "vietc0mbank.xyz" not in page


def test_a_case_without_links_says_nothing_of_them(desk, checker, sign_in, at, makers):
    page = sign_in(checker).get(at(make_case(desk))).content.decode()
    assert 'id="links"' not in page
