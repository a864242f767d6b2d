import datetime as dt
import errno
import gzip

import pytest
from django.utils import timezone
from warcio.archiveiterator import ArchiveIterator

from kiemtin.audit.models import Event
from kiemtin.checks import copy_store
from kiemtin.checks.actions.take_copy import take_copy
from kiemtin.checks.copy_store import path_of
from kiemtin.checks.draft import SourceContent
from kiemtin.checks.models import CopyRequest, StoredCopy
from kiemtin.exchange.actions import take_copies as module
from kiemtin.exchange.actions.take_copies import take_copies

pytestmark = pytest.mark.django_db
STORY = "Sở Y tế cho biết không có ca bệnh nào như tin đồn nói. " * 5
PAGE = f"<html><body><article><h1>Thông báo</h1><p>{STORY}</p></article></body></html>"
HTML = {"headers": {"Content-Type": "text/html; charset=utf-8"}}


@pytest.fixture
def asked(draft, checker, web, data):
    """Ask for a copy of a page of strangers."""

    def make(place="nguon.example/tin", **fields):
        row = draft(sources=(SourceContent(title="Nguồn", url=web.url(place)),))
        return take_copy(fact_check=row, by=checker, url=web.url(place))

    return make


def records(copy):
    with path_of(copy.sha256).open("rb") as file:
        return {
            record.rec_type: (record.rec_headers, record.http_headers, record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        }


def test_a_page_becomes_an_archive_with_its_text(asked, web, fetcher):
    web.put("nguon.example/tin", PAGE, **HTML)
    request = asked()
    assert take_copies(fetcher=fetcher) == 1
    copy = StoredCopy.objects.get()
    assert (copy.method, copy.licence, copy.media_type) == ("fetched", "named-only", "application/warc")
    assert (copy.url, copy.fetched_from, copy.payload_type) == (request.url, request.url, "text/html")
    assert copy.text.startswith("Thông báo\nSở Y tế")
    assert copy.size == path_of(copy.sha256).stat().st_size
    found = records(copy)
    assert found["response"][2].decode() == PAGE
    assert found["response"][1].get_header("Content-Type") == "text/html; charset=utf-8"
    assert found["response"][0].get_header("WARC-IP-Address") == "127.0.0.1"
    assert found["request"][1].get_header("Host") == f"nguon.example:{web.port}"
    assert found["request"][1].get_header("User-Agent") == "test"
    assert b"KiemTin/" in found["warcinfo"][2]
    assert not CopyRequest.objects.exists()
    assert Event.objects.last().actor == "worker"
    assert Event.objects.last().detail == {
        "sha256": copy.sha256,
        "how": "fetched",
        "bytes": copy.size,
    }
    assert take_copies(fetcher=fetcher) == 0


def test_a_page_that_is_packed_and_led_to_stands_unpacked_with_its_way(asked, web, fetcher):
    web.put("nguon.example/tin", status=302, headers={"Location": "/moi"})
    web.put("nguon.example/moi", PAGE, packed=True, **HTML)
    asked()
    take_copies(fetcher=fetcher)
    copy = StoredCopy.objects.get()
    assert (copy.url, copy.fetched_from) == (web.url("nguon.example/tin"), web.url("nguon.example/moi"))
    found = records(copy)
    assert found["response"][2].decode() == PAGE
    assert found["response"][1].get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert found["metadata"][2].decode().splitlines()[:2] == ["hopsFromSeed: R", f"via: {copy.url}"]


def test_what_is_no_page_is_kept_without_a_text(asked, web, fetcher):
    web.put("nguon.example/tin", gzip.compress(b"x"), headers={"Content-Type": "application/octet-stream"})
    asked()
    take_copies(fetcher=fetcher)
    copy = StoredCopy.objects.get()
    assert (copy.text, copy.payload_type, len(copy.text_digest)) == ("", "application/octet-stream", 64)


@pytest.mark.parametrize(
    ("page", "failure", "status"),
    [
        ({"status": 404}, "gone", 404),
        ({"status": 403}, "denied", 403),
        ({"status": 500}, "bad-status", 500),
        ({"body": b"", "headers": {"Content-Length": str(25 << 20)}}, "too-large", 0),
        ({"body": PAGE, "cut": 10}, "interrupted", 0),
    ],
)
def test_what_goes_wrong_is_said_and_asked_for_no_more(asked, web, fetcher, page, failure, status):
    web.put("nguon.example/tin", **page)
    asked()
    assert take_copies(fetcher=fetcher) == 1
    request = CopyRequest.objects.get()
    assert (request.state, request.failure, request.status, request.lease) == ("failed", failure, status, None)
    assert take_copies(fetcher=fetcher) == 0
    assert not StoredCopy.objects.exists()


def test_robots_are_heeded(asked, web, fetcher):
    web.put("nguon.example/robots.txt", "User-agent: KiemTin\nDisallow: /tin")
    web.put("nguon.example/tin", PAGE, **HTML)
    asked()
    take_copies(fetcher=fetcher)
    assert CopyRequest.objects.get().failure == "robots"
    assert "nguon.example/tin" not in web.paths()


def test_nothing_is_asked_of_this_network(asked, web):
    """The same rules as for imports: see the tests of the fetcher."""
    asked("localhost/tin")
    take_copies()
    assert CopyRequest.objects.get().failure == "private-address"
    assert web.paths() == []


def test_a_page_that_trips_the_program_stops_no_other(asked, web, fetcher, monkeypatch):
    web.put("nguon.example/tin", PAGE, **HTML)
    asked()
    monkeypatch.setattr(module, "keep_fetched_copy", lambda **given: 1 / 0)
    assert take_copies(fetcher=fetcher) == 1
    assert CopyRequest.objects.get().failure == "interrupted"


def test_one_at_a_time(asked, web, fetcher):
    web.put("nguon.example/tin", PAGE, **HTML)
    asked()
    CopyRequest.objects.update(lease=timezone.now() + dt.timedelta(minutes=1))
    assert take_copies(fetcher=fetcher) == 0
    CopyRequest.objects.update(lease=timezone.now() - dt.timedelta(minutes=1))
    assert take_copies(fetcher=fetcher) == 1
    assert StoredCopy.objects.count() == 1


def test_a_lease_that_no_clock_gives_holds_nobody(asked, web, fetcher):
    web.put("nguon.example/tin", PAGE, **HTML)
    asked()
    CopyRequest.objects.update(lease=timezone.now() + dt.timedelta(days=365))
    assert take_copies(fetcher=fetcher) == 1


def test_while_the_disk_is_full_the_request_waits(asked, web, fetcher, data, monkeypatch):
    web.put("nguon.example/tin", PAGE, **HTML)
    request = asked()
    with monkeypatch.context() as patch:
        patch.setattr(copy_store.os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            take_copies(fetcher=fetcher)
    assert [path for path in (data / "copies").rglob("*") if path.is_file()] == []
    row = CopyRequest.objects.get()
    assert (row.state, row.failure) == ("waiting", "")
    assert not StoredCopy.objects.exists()
    assert take_copies(fetcher=fetcher) == 0, "nobody's server is asked again and again"
    CopyRequest.objects.update(lease=None)  # as it is when it has run out
    assert take_copies(fetcher=fetcher) == 1
    assert StoredCopy.objects.get().url == request.url


def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")
