import pytest
from django.utils import timezone

from kiemtin.exchange.actions.add_source import add_source
from kiemtin.exchange.models import ReviewSource, SourcePage
from kiemtin.exchange.source_form import SourceContent
from kiemtin.exchange.sources import Outcome, SourceKind, SourceState

pytestmark = pytest.mark.django_db

NEW = {
    "kind": "datafeed",
    "address": "https://publisher.example/feed.json",
    "name": "Báo Kiểm",
    "publisher": "Báo Kiểm",
    "licence": "CC BY 4.0",
    "every": "3600",
    "site": "",
    "within": "",
    "language": "",
}


@pytest.fixture
def at(desk):
    return f"/en/desk/{desk.slug}/sources/"


@pytest.fixture
def client(sign_in, editor):
    return sign_in(editor)


@pytest.fixture
def source(desk):
    content = SourceContent(
        name="Báo Kiểm", publisher="Báo Kiểm", kind=SourceKind.DATAFEED, address=NEW["address"], licence="CC BY 4.0"
    )
    return add_source(desk=desk, content=content, by="test")


def page(client, at):
    return client.get(at).content.decode()


def test_nothing_yet_says_what_it_is_for(client, at):
    assert "No publisher is followed yet" in page(client, at)


def test_a_source_is_added_and_then_shown(client, at):
    response = client.post(f"{at}add/", NEW)
    row = ReviewSource.objects.get()
    assert response["Location"] == f"{at}{row.pk}/"
    assert "Not fetched yet" in page(client, f"{at}{row.pk}/")
    assert "Báo Kiểm" in page(client, at)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"address": "ftp://a.example"}, "begins with http"),
        ({"address": "https://u:p@a.example/"}, "begins with http"),
        ({"every": "30"}, "not looked at so often"),
        ({"publisher": ""}, "Please write something"),
        ({"licence": ""}, "required"),
        ({"kind": "x"}, "valid choice"),
        ({"address": "http://testserver/feeds/claimreview.json"}, "this installation"),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(change, words, client, at, settings):
    settings.KIEMTIN_ADDRESS = "http://testserver"
    response = client.post(f"{at}add/", NEW | change)
    assert response.status_code == 422
    content = response.content.decode()
    assert words in content
    assert 'value="Báo Kiểm"' in content
    assert not ReviewSource.objects.exists()


def test_the_same_address_twice_is_refused(client, at, source):
    assert "followed already" in client.post(f"{at}add/", NEW).content.decode()


def test_what_is_said_of_it_is_changed(client, at, source):
    client.post(f"{at}{source.pk}/", NEW | {"name": "Tên khác"})
    source.refresh_from_db()
    assert source.name == "Tên khác"
    assert client.post(f"{at}{source.pk}/", NEW | {"address": "x"}).status_code == 422


def test_it_is_fetched_now_paused_and_goes_on(client, at, source):
    ReviewSource.objects.update(due=timezone.now() + timezone.timedelta(days=1))
    client.post(f"{at}{source.pk}/fetch/")
    source.refresh_from_db()
    assert source.due <= timezone.now()
    client.post(f"{at}{source.pk}/pause/", {"pause": "yes"})
    source.refresh_from_db()
    assert source.state == SourceState.PAUSED
    said = client.post(f"{at}{source.pk}/fetch/", follow=True).content.decode()
    assert "cannot be done in the state" in said
    client.post(f"{at}{source.pk}/pause/", {"pause": "no"})
    source.refresh_from_db()
    assert source.state == SourceState.ACTIVE


def test_it_is_no_longer_followed_and_followed_again(client, at, source):
    content = page(client, f"{at}{source.pk}/")
    assert "Its reviews stop answering." in content
    client.post(f"{at}{source.pk}/end/")
    source.refresh_from_db()
    assert source.state == SourceState.ENDED
    content = page(client, f"{at}{source.pk}/")
    assert "No longer followed" in content
    assert "Follow again" in content
    assert "Its reviews stop answering." not in content
    client.post(f"{at}{source.pk}/pause/", {"pause": "no"})
    source.refresh_from_db()
    assert source.state == SourceState.ACTIVE


def test_a_broken_source_is_reported_in_plain_words_and_counted(client, at, source):
    ReviewSource.objects.update(
        outcome=Outcome.FAILED, failure="bad-status", detail={"status": 502}, tried=timezone.now()
    )
    content = page(client, at)
    assert "Not fetched: The server answered with an error. Its status was 502." in content
    assert "not working" in content
    assert '<span class="desk-count num">1</span>' in content


def test_what_was_left_out_is_said(client, at, source):
    ReviewSource.objects.update(outcome=Outcome.TAKEN, detail={"added": 3, "elsewhere": 2, "own": 1, "bad": 1})
    content = page(client, f"{at}{source.pk}/")
    assert "3 reviews came. 1 row cannot be read. 1 is a check of this installation itself." in content
    assert "2 do not stand on the publisher&#x27;s host and were left out." in content


def test_pages_with_a_problem_are_listed(client, at, source):
    SourcePage.objects.create(source=source, url="https://publisher.example/x", failure="timed-out")
    assert "The server took too long." in page(client, f"{at}{source.pk}/")


def test_another_desk_s_source_is_not_there(sign_in, outsider, other_desk, source):
    client = sign_in(outsider)
    assert client.get(f"/en/desk/{other_desk.slug}/sources/{source.pk}/").status_code == 404
    assert client.post(f"/en/desk/{other_desk.slug}/sources/{source.pk}/pause/").status_code == 404


@pytest.mark.parametrize("path", ["", "add/", "{pk}/"])
def test_only_editors_come_here(path, sign_in, checker, at, source):
    assert sign_in(checker).get(at + path.format(pk=source.pk)).status_code == 403


def test_queries_do_not_grow_with_the_sources(client, at, desk, django_assert_max_num_queries):
    for number in range(20):
        content = SourceContent(
            name=f"{number}",
            publisher="x",
            kind=SourceKind.DATAFEED,
            address=f"https://a.example/{number}",
            licence="x",
        )
        add_source(desk=desk, content=content, by="test")
    with django_assert_max_num_queries(9):
        client.get(at)


def test_whether_links_are_opened_is_decided_here(desk, editor, checker, sign_in):
    client, page = sign_in(editor), f"/en/desk/{desk.slug}/sources/"
    assert "are not opened" in client.get(page).content.decode()
    assert client.get(f"{page}links/").status_code == 405
    assert client.post(f"{page}links/", {"open": "yes"}, follow=True).redirect_chain == [(page, 302)]
    desk.refresh_from_db()
    assert desk.opens_links
    assert "No longer open them" in client.get(page).content.decode()
    assert sign_in(checker).post(f"{page}links/", {"open": "no"}).status_code == 403
    client.post(f"{page}links/", {"open": "no"})
    desk.refresh_from_db()
    assert not desk.opens_links
