import pytest

from kiemtin.questions.models import Message, Request

pytestmark = pytest.mark.django_db
QUESTION = "May others learn from this text?"
AGREED = "You let others learn from this text"


@pytest.fixture
def say(client):
    def post(request, **fields):
        return client.post(f"/en/r/{request.code}/open-data/", fields)

    return post


def agreed(request):
    row = Request.objects.select_related("message").get(pk=request.pk)
    return row.agreed, row.message.agreed


def test_it_is_asked_and_not_assumed(asked, page):
    request = asked()
    assert QUESTION in page(request)
    assert agreed(request) == (False, 0)


def test_nothing_in_the_form_for_asking_agrees(client, asked):
    request = asked(agrees="yes", agreed="on")
    assert agreed(request) == (False, 0)


def test_yes_and_take_it_back_without_script(asked, page, say):
    request = asked()
    response = say(request, agrees="yes")
    assert (response.status_code, response["Location"]) == (302, f"/en/r/{request.code}/#open-data")
    assert agreed(request) == (True, 1)
    assert AGREED in page(request)
    assert QUESTION not in page(request)
    say(request, agrees="no")
    assert agreed(request) == (False, 0)
    assert QUESTION in page(request)


@pytest.mark.parametrize("fields", [{}, {"agrees": ""}, {"agrees": "maybe"}, {"agreed": "yes"}])
def test_anything_but_a_plain_word_changes_nothing(asked, say, fields):
    request = asked()
    assert say(request, **fields).status_code == 302
    assert agreed(request) == (False, 0)


def test_opening_the_address_changes_nothing(client, asked):
    request = asked()
    assert client.get(f"/en/r/{request.code}/open-data/?agrees=yes").status_code == 302
    assert agreed(request) == (False, 0)


def test_another_site_cannot_agree_for_them(client, asked):
    request = asked()
    address = f"/en/r/{request.code}/open-data/"
    response = client.post(address, {"agrees": "yes"}, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert agreed(request) == (False, 0)


def test_no_code_no_word(client, asked):
    asked()
    assert client.post("/en/r/AAAAAAAAAA/open-data/", {"agrees": "yes"}).status_code == 404
    assert not Message.objects.filter(agreed__gt=0).exists()


def test_asking_the_same_again_takes_nothing_back(asked, say, ask):
    request = asked(address="203.0.113.9")
    say(request, agrees="yes")
    ask(address="203.0.113.9")
    assert agreed(request) == (True, 1)


def test_one_asker_takes_back_only_their_own(asked, say, page):
    one, other = asked(), asked()
    assert one.message_id == other.message_id
    for request in (one, other):
        say(request, agrees="yes")
    say(one, agrees="no")
    assert agreed(other) == (True, 1)
    assert QUESTION in page(one)
    assert AGREED in page(other)


def test_it_is_kept_by_no_cache(client, asked):
    response = client.post(f"/en/r/{asked().code}/open-data/", {"agrees": "yes"})
    assert "no-store" in response["Cache-Control"]
