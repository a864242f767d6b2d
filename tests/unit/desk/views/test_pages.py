import pytest

from kiemtin.accounts.enums import PageKind
from kiemtin.accounts.models import DeskPage
from kiemtin.staff.actions.write_page import write_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(desk):
    return f"/en/desk/{desk.slug}/pages/"


@pytest.fixture
def client(sign_in, editor):
    return sign_in(editor)


def test_it_says_which_pages_are_still_needed_in_which_language(client, at, ready_pages, desk):
    page = client.get(at).content.decode()
    assert page.count("ready to publish") == 1
    assert "3 pages needed before publishing" in page
    assert all(str(kind.label) in page for kind in PageKind)


def test_a_page_is_written_and_says_what_is_still_needed(client, at, desk):
    response = client.post(f"{at}method/vi/", {"body": "# Cách làm", "number": "0"}, follow=True)
    assert DeskPage.objects.get().body == "# Cách làm"
    text = response.content.decode()
    assert "Still needed before fact-checks can be published: Our rating scale, Who owns and funds us." in text
    assert "<h2>Cách làm</h2>" in text


def test_somebody_elses_version_is_shown_and_not_written_over(client, at, desk, administrator):
    write_page(desk=desk, kind="method", language="vi", body="Của họ.", by=administrator, expected_number=0)
    response = client.post(f"{at}method/vi/", {"body": "Của tôi.", "number": "0"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Thu Vũ has saved version 1 meanwhile" in text
    assert ">Của tôi.</textarea>" in text
    assert DeskPage.objects.get().body == "Của họ."
    assert 'name="number" value="1"' in text
    client.post(f"{at}method/vi/", {"body": "Của cả hai.", "number": "1"})
    assert DeskPage.objects.first().body == "Của cả hai."


def test_a_preview_saves_nothing(client, at):
    page = client.post(f"{at}method/vi/", {"body": "**đậm**", "number": "0", "preview": "1"}).content.decode()
    assert "<strong>đậm</strong>" in page
    assert client.post(f"{at}preview/", {"body": "**đậm**<script>x</script>"}).content.decode().count("<script>") == 0
    assert not DeskPage.objects.exists()


@pytest.mark.parametrize("body", ["", "   "])
def test_an_empty_page_is_not_saved(client, at, body):
    assert client.post(f"{at}method/vi/", {"body": body, "number": "0"}).status_code == 422
    assert not DeskPage.objects.exists()


def test_each_version_can_be_read_with_what_it_changed(client, at, desk, editor):
    write_page(desk=desk, kind="scale", language="en", body="one two three", by=editor, expected_number=0)
    write_page(desk=desk, kind="scale", language="en", body="one 2 three", by=editor, expected_number=1)
    page = client.get(f"{at}scale/en/2/").content.decode()
    assert "<del>two </del><ins>2 </ins>" in page
    assert client.get(f"{at}scale/en/1/").status_code == 200
    assert client.get(f"{at}scale/en/3/").status_code == 404


@pytest.mark.parametrize("name", ["nothing/vi/", "method/fr/", "nothing/vi/1/"])
def test_there_are_no_other_pages(client, at, name):
    assert client.get(f"{at}{name}").status_code == 404


def test_the_list_takes_few_queries(client, at, ready_pages, desk, editor, django_assert_max_num_queries):
    for number in range(1, 20):
        write_page(desk=desk, kind="method", language="vi", body=f"{number}", by=editor, expected_number=number)
    with django_assert_max_num_queries(8):
        assert "version 20" in client.get(at).content.decode()


@pytest.mark.parametrize("who", ["reader", "checker"])
def test_no_other_role_writes(who, at, sign_in, request):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(f"{at}method/vi/", {"body": "x", "number": "0"}).status_code == 403
    assert client.post(f"{at}preview/", {"body": "x"}).status_code == 403
    assert not DeskPage.objects.exists()
