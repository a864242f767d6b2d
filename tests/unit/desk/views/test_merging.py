import pytest

from kiemtin.accounts.enums import Role
from kiemtin.checks.enums import Nature
from kiemtin.questions.actions.start_draft import start_draft
from kiemtin.questions.models import Case, Match
from tests.unit.questions.making import make_case, publish_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(desk, data):
    return f"/en/desk/{desk.slug}/cases/merge/"


def test_one_case_looks_for_another_by_number_or_words(desk, checker, sign_in, url):
    case, lemon, storm = make_case(desk), make_case(desk, title="Chanh nóng"), make_case(desk, title="Bão số 14")
    client = sign_in(checker)

    def offered(q):
        return [one.case.pk for one in client.get(url, {"case": case.pk, "q": q}).context["found"]]

    assert offered("bao so") == [storm.pk]
    assert offered(f"{lemon.pk}") == [lemon.pk]
    assert offered(f"#{case.pk}") == []


def test_without_a_search_it_offers_what_may_be_the_same(desk, checker, sign_in, url):
    case, other = make_case(desk), make_case(desk, title="Khác hẳn")
    Match.objects.create(message=other.messages.get(), case=case, probability=0.5, band="maybe")
    found = sign_in(checker).get(url, {"case": case.pk}).context["found"]
    assert [one.case.pk for one in found] == [other.pk]


def test_several_go_into_the_chosen_one_of_them(desk, checker, sign_in, url):
    small, big, middle = make_case(desk), make_case(desk, requests=5), make_case(desk, requests=2)
    client = sign_in(checker)
    page = client.get(url, {"case": [small.pk, big.pk, middle.pk]})
    assert page.context["picked"] == big.pk
    answer = client.post(url, {"case": [small.pk, big.pk, middle.pk], "target": big.pk})
    assert answer.url == f"/en/desk/{desk.slug}/cases/{big.pk}/"
    big.refresh_from_db()
    assert (big.messages_count, big.asked) == (3, 8)
    assert Case.objects.filter(merged_into=big).count() == 2


def test_all_or_none(desk, checker, sign_in, url):
    one, two, target = make_case(desk), make_case(desk, nature=Nature.FACT), make_case(desk, requests=3)
    start_draft(case=two, by=checker)
    answer = sign_in(checker).post(url, {"case": [one.pk, two.pk, target.pk], "target": target.pk})
    assert answer.status_code == 422
    assert "This case has a fact-check of its own." in answer.content.decode()
    assert answer.context["picked"] == target.pk
    assert not Case.objects.filter(state="merged").exists()


def test_a_decided_case_takes_an_editors_word(desk, checker, editor, second_editor, sign_in, url, ready_pages):
    case, home = make_case(desk), make_case(desk, title="Chanh nóng")
    publish_case(home, author=checker, editor=second_editor)
    form = {"case": case.pk, "target": home.pk, "q": "chanh"}
    assert "Only an editor can merge" in sign_in(checker).get(url, {"case": case.pk, "q": "chanh"}).content.decode()
    assert sign_in(checker).post(url, form).status_code == 422
    answer = sign_in(editor).post(url, form)
    assert answer.status_code == 422
    assert 'value="chanh"' in answer.content.decode()
    assert sign_in(editor).post(url, form | {"tell": "1"}).status_code == 302


@pytest.mark.parametrize("target", ["", "x", "0", "99999"])
def test_nothing_chosen_is_said(target, desk, checker, sign_in, url):
    answer = sign_in(checker).post(url, {"case": make_case(desk).pk, "target": target})
    assert answer.status_code == 422
    assert "Please choose one first." in answer.content.decode()


def test_no_case_of_this_desk_and_no_role(desk, other_desk, checker, outsider, member, sign_in, url):
    theirs, ours = make_case(other_desk), make_case(desk)
    assert sign_in(checker).get(url, {"case": theirs.pk}).status_code == 404
    assert sign_in(checker).post(url, {"case": ours.pk, "target": theirs.pk}).status_code == 422
    assert sign_in(outsider).get(url, {"case": ours.pk}).status_code == 404
    assert sign_in(member("Đọc", Role.READER, desk)).get(url, {"case": ours.pk}).status_code == 403
