import datetime as dt
import gzip
import hashlib
from base64 import b32encode
from dataclasses import replace

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from kiemtin.media.copies.warc import Exchange, write_page

PAGE = "<html><body><p>Thông báo về tin đồn.</p></body></html>".encode()
EXCHANGE = Exchange(
    url="https://nguon.example/thong-bao?so=1",
    at=dt.datetime(2026, 11, 20, 8, 30, 0, 250, tzinfo=dt.timezone(dt.timedelta(hours=7))),
    target="/thong-bao?so=1",
    request=(("Host", "nguon.example"), ("User-Agent", "KiemTin/1")),
    response=(("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "41")),
    protocol="HTTP/1.1",
    status=200,
    reason="OK",
    server="192.0.2.1",
    redirects=("http://nguon.example/cu", "https://nguon.example/moi"),
    software="kiemtin/1",
    operator="https://kiemtin.example",
)


@pytest.fixture
def archive(tmp_path):
    def make(exchange=EXCHANGE, page=PAGE):
        (tmp_path / "body").write_bytes(page)
        write_page(exchange, body=tmp_path / "body", into=tmp_path / "copy.warc.gz")
        return tmp_path / "copy.warc.gz"

    return make


def records(path):
    with path.open("rb") as file:
        return [
            (record.rec_type, record.rec_headers, record.http_headers, record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]


def test_the_tools_of_archives_find_the_four_records_whole(archive):
    found = records(archive())
    assert [kind for kind, *_ in found] == ["warcinfo", "response", "request", "metadata"]
    assert {headers.protocol for _, headers, *_ in found} == {"WARC/1.1"}
    assert {headers.get_header("WARC-Date") for _, headers, *_ in found} == {"2026-11-20T01:30:00.000250Z"}


def test_what_a_server_says_may_be_in_any_letters(archive):
    odd = (("Content-Type", "text/html; cha\xff"), ("X-\xe9", 'a=1; b="100%"'), ("X-Said", "tốt"))
    head = records(archive(replace(EXCHANGE, reason="Xong \xff", response=odd)))[1][2]
    assert head.statusline == "200 Xong %FF"
    assert head.headers[:3] == [
        ("Content-Type", "text/html; cha%FF"),
        ("X-%E9", 'a=1; b="100%"'),
        ("X-Said", "t%E1%BB%91t"),
    ]


def test_every_digest_holds(archive, capsys):
    path = archive()
    checker = Checker(type("Command", (), {"inputs": [str(path)], "verbose": True})())
    checker.process_all()
    assert (checker.exit_value, "digest pass" in capsys.readouterr().out) == (0, True)


def test_the_page_stands_in_it_unpacked_with_its_digest(archive):
    _, headers, http, body = records(archive())[1]
    assert body == PAGE
    digest = b32encode(hashlib.sha256(PAGE).digest()).decode()
    assert headers.get_header("WARC-Payload-Digest") == f"sha256:{digest}"
    assert (headers.get_header("WARC-Target-URI"), headers.get_header("WARC-IP-Address")) == (
        EXCHANGE.url,
        "192.0.2.1",
    )
    assert (http.protocol, http.statusline) == ("HTTP/1.1", "200 OK")
    assert http.headers == [
        ("Content-Type", "text/html"),
        ("X-Archive-Orig-Content-Encoding", "gzip"),
        ("X-Archive-Orig-Content-Length", "41"),
        ("Content-Length", str(len(PAGE))),
    ]


def test_the_request_and_the_way_stand_beside_it(archive):
    _, answer, request, about = records(archive())
    assert request[2].protocol == "GET"
    assert request[2].statusline == "/thong-bao?so=1 HTTP/1.1"
    number = answer[1].get_header("WARC-Record-ID")
    assert request[1].get_header("WARC-Concurrent-To") == about[1].get_header("WARC-Concurrent-To") == number
    fields = about[3].decode().splitlines()
    assert fields == [
        "hopsFromSeed: RR",
        "via: https://nguon.example/moi",
        "firstAddress: http://nguon.example/cu",
    ]


def test_without_redirects_there_is_no_way_to_tell(archive):
    assert records(archive(replace(EXCHANGE, redirects=())))[3][3] == b"hopsFromSeed: \r\n"


def test_each_record_can_be_unpacked_alone(archive):
    """One gzip member a record, as the format asks of compressed files (annex D)."""
    assert archive().read_bytes().count(b"\x1f\x8b\x08") >= 4
    assert b"kiemtin/1" in gzip.decompress(archive().read_bytes())


def test_odd_bytes_in_headers_and_an_empty_page_break_nothing(archive):
    odd = replace(EXCHANGE, response=(("X-Ten", "Bá\x85o"),), reason="")
    _, _, http, body = records(archive(odd, b""))[1]
    assert (body, http.statusline) == (b"", "200")
