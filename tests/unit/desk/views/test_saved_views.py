import pytest

from kiemtin.audit.models import Event
from kiemtin.questions.models import SavedView

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(desk, data):
    return f"/en/desk/{desk.slug}/views/"


def test_a_view_is_saved_shown_renamed_and_deleted(desk, checker, sign_in, url):
    client = sign_in(checker)
    query = "junk=1&tab=to-do&asked=5&sort=asked&state=nonsense"
    answer = client.post(url, {"name": " Hỏi  nhiều ", "query": query})
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("Hỏi nhiều", "tab=to-do&sort=asked&asked=5")
    assert answer.url == f"/en/desk/{desk.slug}/?{view.query}"
    shown = client.get(answer.url)
    assert shown.context["view"] == view
    client.post(f"{url}{view.pk}/", {"name": "Nóng"})
    assert "Nóng" in client.get(url).content.decode()
    client.post(f"{url}{view.pk}/", {"delete": "1"})
    assert not SavedView.objects.exists()
    assert [event.detail["what"] for event in Event.objects.filter(verb="view.saved")] == [
        "saved",
        "renamed",
        "deleted",
    ]


def test_each_person_has_their_own(desk, checker, editor, sign_in, url):
    view = SavedView.objects.create(desk=desk, owner=editor, name="Của tôi")
    client = sign_in(checker)
    assert "Của tôi" not in client.get(url).content.decode()
    assert client.post(f"{url}{view.pk}/", {"delete": "1"}).status_code == 404
    assert SavedView.objects.exists()


def test_what_cannot_be_saved_is_said_with_what_was_typed(desk, checker, sign_in, url):
    client = sign_in(checker)
    one, two = (SavedView.objects.create(desk=desk, owner=checker, name=name) for name in ("Một", "Hai"))
    answer = client.post(f"{url}{one.pk}/", {"name": "Hai"})
    assert answer.status_code == 422
    assert "You have another view of this name." in answer.content.decode()
    answer = client.post(url, {"name": "   ", "query": "tab=all"})
    assert answer.status_code == 422
    assert 'value="tab=all"' in answer.content.decode()
    assert {one.name, two.name} == set(SavedView.objects.values_list("name", flat=True))
