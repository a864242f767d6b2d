"""Adding, changing and pausing sources."""

import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import EmptyTextError, NotAllowedError, WrongStateError
from kiemtin.exchange.actions.add_source import add_source
from kiemtin.exchange.actions.edit_source import content_of, edit_source
from kiemtin.exchange.actions.pause_source import pause_source
from kiemtin.exchange.actions.request_fetch import request_fetch
from kiemtin.exchange.exceptions import OwnAddressError, SourceAddressError, SourceExistsError, TooOftenError
from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.source_form import SourceContent
from kiemtin.exchange.sources import Schedule, SourceKind, SourceState

pytestmark = pytest.mark.django_db


def content(**fields):
    given = {
        "name": "Báo Kiểm",
        "publisher": "Báo Kiểm",
        "kind": SourceKind.DATAFEED,
        "address": "https://www.publisher.example/feed.json",
        "licence": "CC BY 4.0",
    }
    return SourceContent(**(given | fields))


def add(desk, by, **fields):
    return add_source(desk=desk, content=content(**fields), by=by)


def test_an_editor_adds_a_source_and_the_log_tells_of_it(desk, editor):
    row = add(desk, editor)
    assert (row.site, row.created_by, row.state) == ("publisher.example", editor, SourceState.ACTIVE)
    event = Event.objects.last()
    assert (event.actor, event.verb, event.detail["what"]) == (editor.actor, "source.changed", "added")
    assert event.desk == desk.slug


def test_nobody_else_does(desk, checker, reader, outsider):
    for by in (checker, reader, outsider):
        with pytest.raises(NotAllowedError):
            add(desk, by)
    row = add(desk, "test")
    doings = (
        lambda by: edit_source(source=row, content=content(name="x"), by=by),
        lambda by: pause_source(source=row, by=by),
        lambda by: request_fetch(source=row, by=by),
    )
    for by in (checker, reader, outsider):
        for do in doings:
            with pytest.raises(NotAllowedError):
                do(by)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": " "}, EmptyTextError),
        ({"licence": ""}, EmptyTextError),
        ({"publisher": ""}, EmptyTextError),
        ({"address": " "}, EmptyTextError),
        ({"address": "ftp://a.example/"}, SourceAddressError),
        ({"address": "publisher.example"}, SourceAddressError),
        ({"address": "https://u:p@a.example/"}, SourceAddressError),
        ({"address": "https://a.example/1 https://a.example/2"}, SourceAddressError),
        ({"address": "https://kiem.example/feeds/claimreview.json"}, OwnAddressError),
        ({"address": "https://kiem.example", "kind": SourceKind.DESK}, OwnAddressError),
        ({"every": Schedule.HALF_MINUTE}, TooOftenError),
        ({"every": Schedule.HOUR, "kind": SourceKind.COFACTS}, TooOftenError),
        ({"every": 1}, TooOftenError),
    ],
)
def test_what_is_wrong_is_refused(fields, error, desk, editor, settings):
    settings.KIEMTIN_ADDRESS = "https://kiem.example"
    with pytest.raises(error):
        add(desk, editor, **fields)
    assert not ReviewSource.objects.exists()


def test_an_address_is_followed_once(desk, other_desk, editor, outsider):
    add(desk, editor)
    with pytest.raises(SourceExistsError) as caught:
        add(other_desk, outsider)
    assert caught.value.params["desk"] == desk.slug
    other = add(desk, editor, address="https://publisher.example/other.json")
    with pytest.raises(SourceExistsError):
        edit_source(source=other, content=content(), by=editor)


def test_many_pages_may_be_named_each_once(desk, editor):
    row = add(
        desk, editor, kind=SourceKind.PAGES, address="https://a.example/1\n\n https://a.example/2 https://a.example/1"
    )
    assert row.address == "https://a.example/1\nhttps://a.example/2"


@pytest.mark.parametrize("site", ["Publisher.example", "https://www.publisher.example/x", " publisher.example "])
def test_a_host_is_read_as_people_write_it(site, desk, editor):
    assert add(desk, editor, address="https://cdn.example/x", site=site).site == "publisher.example"


def test_a_change_of_what_is_shown_has_all_read_again(desk, editor):
    row = add(desk, editor)
    ReviewSource.objects.update(etag="x")
    row = edit_source(source=row, content=content(name="Tên khác"), by=editor)
    assert (row.version, row.etag) == (1, "x")
    row = edit_source(source=row, content=content(licence="CC0"), by=editor)
    assert (row.version, row.etag) == (2, "")
    assert Event.objects.last().detail["fields"] == ["name", "licence"]
    before = Event.objects.count()
    edit_source(source=row, content=content_of(row), by=editor)
    assert Event.objects.count() == before


def test_a_paused_source_is_not_fetched_by_hand_at_the_desk(desk, editor):
    row = add(desk, editor)
    assert pause_source(source=row, by=editor)
    assert not pause_source(source=row, by=editor)
    with pytest.raises(WrongStateError):
        request_fetch(source=row, by=editor)
    assert pause_source(source=row, by=editor, is_paused=False)
    request_fetch(source=row, by=editor)
    told = list(Event.objects.filter(verb="source.changed").values_list("detail__what", flat=True))
    assert told == ["added", "paused", "resumed", "asked-for"]
