"""Against a server on the loopback, with a resolver that the test controls; nothing below it is stubbed."""

import datetime as dt
import gzip
import ipaddress
import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiemtin.exchange.fetching import network
from kiemtin.exchange.fetching.addresses import is_public
from kiemtin.exchange.fetching.failures import Failure, FetchError
from kiemtin.exchange.fetching.fetcher import Fetcher, Limits, Validators
from kiemtin.exchange.fetching.network import system_resolver
from tests.web import HOST

LIMITS = Limits(size=100_000, seconds=10.0)


@pytest.fixture
def get(fetcher, tmp_path):
    def fetch(url, *, with_=None, limits=LIMITS, known=Validators()):  # noqa: B008
        return (with_ or fetcher).get(url, into=tmp_path / "content", limits=limits, known=known)

    return fetch


@pytest.fixture
def content(tmp_path):
    return (tmp_path / "content").read_bytes


@pytest.fixture
def real_check(fetcher, monkeypatch):
    """This machine is what it is, and not taken for the Internet."""
    monkeypatch.setattr(network, "is_public", is_public)


def failure(get, url, **options):
    with pytest.raises(FetchError) as caught:
        get(url, **options)
    return caught.value.failure


def strict(addresses):
    """A fetcher with the real check of addresses, for which a name leads where the test says."""
    return Fetcher(user_agent="test", resolve=lambda host, port: addresses(host))


def test_what_is_there_is_fetched_under_its_own_name(web, get, content):
    web.put("publisher.example/feed.json", b"{}", headers={"Content-Type": "application/json; charset=utf-8"})
    answer = get(web.url("publisher.example/feed.json#x"))
    assert content() == b"{}"
    assert (answer.content_type, answer.is_same) == ("application/json", False)
    headers = web.seen[0][1]
    assert headers["Host"] == f"publisher.example:{web.port}"
    assert not {"Cookie", "Authorization", "Referer"} & headers.keys()


def test_unpacked_where_it_was_packed_for_the_way(web, get, content):
    web.put("publisher.example/feed.json", b"x" * 5_000, packed=True)
    get(web.url("publisher.example/feed.json"))
    assert content() == b"x" * 5_000


def test_what_has_not_changed_is_not_sent_again(web, get):
    web.put("publisher.example/a", b"x", headers={"ETag": '"1"', "Last-Modified": "Tue, 24 Nov 2026 10:00:00 GMT"})
    first = get(web.url("publisher.example/a"))
    assert first.validators == Validators('"1"', "Tue, 24 Nov 2026 10:00:00 GMT")
    again = get(web.url("publisher.example/a"), known=first.validators)
    assert again.is_same
    assert web.seen[-1][1]["If-None-Match"] == '"1"'
    assert web.seen[-1][1]["If-Modified-Since"] == "Tue, 24 Nov 2026 10:00:00 GMT"


# Where nothing is fetched from


@pytest.mark.parametrize(
    "url",
    [
        "ftp://publisher.example/a",
        "file:///etc/passwd",
        "gopher://publisher.example/",
        "publisher.example/a",
        "http://",
        "http:///a",
        "http://user@publisher.example/",
        "http://user:secret@publisher.example/",
        "http://:secret@publisher.example/",
        "http://publisher.example:99999/",
        "http://publisher.example/a b",
        "http://publisher.example/\r\nX: y",
        "http://[::1/",
        "http://publisher.example/" + "a" * 5_000,
    ],
)
def test_no_address_of_the_web_is_not_fetched(url, get):
    assert failure(get, url) is Failure.BAD_ADDRESS


@pytest.mark.parametrize(
    "address",
    [HOST, "10.0.0.1", "169.254.169.254", "100.64.0.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fe80::1"],
)
@pytest.mark.usefixtures("real_check")
def test_a_name_that_leads_into_a_private_network_is_not_asked(address, web, get):
    web.put("publisher.example/a", b"secret")
    url = web.url("publisher.example/a")
    assert failure(get, url, with_=strict(lambda host: [address])) is Failure.PRIVATE_ADDRESS
    assert web.seen == []


@pytest.mark.usefixtures("real_check")
def test_one_private_address_among_public_ones_is_enough_to_refuse(web, get):
    both = strict(lambda host: ["8.8.8.8", HOST])
    assert failure(get, web.url("publisher.example/a"), with_=both) is Failure.PRIVATE_ADDRESS
    assert web.seen == []


@pytest.mark.parametrize("host", [HOST, "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "localhost", "[::1]"])
@pytest.mark.usefixtures("real_check")
def test_this_machine_is_not_asked_however_it_is_written(host, web, get):
    url = f"http://{host}:{web.port}/a"
    found = failure(get, url, with_=Fetcher(user_agent="test"))
    assert found in (Failure.PRIVATE_ADDRESS, Failure.UNRESOLVABLE, Failure.BAD_ADDRESS)
    assert web.seen == []


def test_a_redirect_into_a_private_network_is_not_followed(web, get, monkeypatch):
    """The first name is public (this machine stands for it), the second one is not."""
    monkeypatch.setattr(network, "is_public", lambda address: address == HOST)
    places = {"publisher.example": [HOST], "metadata.example": ["169.254.169.254"]}
    led = strict(lambda host: places.get(host, [host]))
    for place in ("http://metadata.example/", "http://169.254.169.254/latest/", "http://[::1]:1/"):
        web.put("publisher.example/a", status=302, headers={"Location": place})
        assert failure(get, web.url("publisher.example/a"), with_=led) is Failure.PRIVATE_ADDRESS


@pytest.mark.parametrize(
    "place",
    ["file:///etc/passwd", "ftp://publisher.example/", "http://u:p@publisher.example/", "//other.example[/", "//[::1"],
)
def test_a_redirect_out_of_the_web_is_not_followed(place, web, get):
    web.put("publisher.example/a", status=301, headers={"Location": place})
    assert failure(get, web.url("publisher.example/a")) is Failure.BAD_ADDRESS


def test_a_name_that_leads_elsewhere_a_moment_later_gains_nothing(web, get, monkeypatch):
    """It is looked up once a connection, and the connection goes to the address that was checked (DNS rebinding)."""
    monkeypatch.setattr(network, "is_public", lambda address: address == HOST)
    answers, connected = iter([[HOST], ["10.0.0.1"], ["10.0.0.1"]]), []
    real = network.httpcore.SyncBackend.connect_tcp

    def connect(self, host, *arguments, **options):
        connected.append(host)
        return real(self, host, *arguments, **options)

    monkeypatch.setattr(network.httpcore.SyncBackend, "connect_tcp", connect)
    changing = strict(lambda host: next(answers))
    web.put("publisher.example/a", b"x")
    get(web.url("publisher.example/a"), with_=changing)
    assert connected == [HOST]
    assert failure(get, web.url("publisher.example/a"), with_=changing) is Failure.PRIVATE_ADDRESS
    assert connected == [HOST]


def test_a_redirect_to_the_same_name_is_looked_up_again_if_it_connects_again(web, get, monkeypatch):
    monkeypatch.setattr(network, "is_public", lambda address: address == HOST)
    answers = iter([[HOST], ["192.168.0.1"]])
    web.put(
        "publisher.example/a", status=302, headers={"Location": web.url("publisher.example/b"), "Connection": "close"}
    )
    web.put("publisher.example/b", b"secret")
    assert (
        failure(get, web.url("publisher.example/a"), with_=strict(lambda host: next(answers)))
        is Failure.PRIVATE_ADDRESS
    )
    assert web.paths() == ["publisher.example/a"]


def test_the_environment_s_proxies_are_not_used(web, get, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, web.url("proxy.example/"))
    web.put("publisher.example/a", b"x")
    get(web.url("publisher.example/a"))
    assert web.paths() == ["publisher.example/a"]


@pytest.mark.usefixtures("real_check")
def test_an_administrator_may_allow_a_host_with_its_port_and_nothing_beside_it(web, get, content):
    web.put(f"{HOST}/a", b"x")
    allowed = Fetcher(user_agent="test", allowed=frozenset({(HOST, web.port)}))
    get(f"http://{HOST}:{web.port}/a", with_=allowed)
    assert content() == b"x"
    assert failure(get, "http://127.0.0.2:1/", with_=allowed) is Failure.PRIVATE_ADDRESS
    assert failure(get, f"http://{HOST}:1/", with_=allowed) is Failure.PRIVATE_ADDRESS


# Bounds


def test_redirects_are_followed_up_to_a_number(web, get, content):
    for number in range(6):
        web.put(f"publisher.example/{number}", status=302, headers={"Location": f"/{number + 1}"})
    web.put("publisher.example/6", b"at last")
    assert get(web.url("publisher.example/1")).url == web.url("publisher.example/6")
    assert content() == b"at last"
    assert failure(get, web.url("publisher.example/0")) is Failure.TOO_MANY_REDIRECTS


def test_what_says_it_is_too_large_is_not_read(web, get):
    web.put("publisher.example/a", b"x" * 100_001)
    assert failure(get, web.url("publisher.example/a")) is Failure.TOO_LARGE


def test_what_does_not_say_so_is_read_up_to_the_limit(web, get, tmp_path):
    body = b"".join(b"%x\r\n%s\r\n" % (10_000, b"x" * 10_000) for _ in range(20)) + b"0\r\n\r\n"
    web.put("publisher.example/a", body, headers={"Transfer-Encoding": "chunked", "Content-Length": None})
    web.pages["publisher.example/a"].headers = {"Transfer-Encoding": "chunked"}
    assert failure(get, web.url("publisher.example/a")) in (Failure.TOO_LARGE, Failure.INTERRUPTED)
    assert (tmp_path / "content").stat().st_size <= 110_000 if (tmp_path / "content").exists() else True


def test_a_bomb_is_unpacked_up_to_the_limit(web, get, tmp_path):
    web.put("publisher.example/a", b"\0" * 50_000_000, packed=True)
    assert len(web.pages["publisher.example/a"].body) < LIMITS.size
    assert failure(get, web.url("publisher.example/a")) is Failure.TOO_LARGE
    assert (tmp_path / "content").stat().st_size <= LIMITS.size


def test_a_byte_now_and_then_keeps_nothing_open(web, get):
    web.put("publisher.example/a", b"x" * 1_000, drip=0.05)  # fifty seconds in all
    began = time.monotonic()
    assert failure(get, web.url("publisher.example/a"), limits=Limits(100_000, 0.5)) is Failure.TIMED_OUT
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("packed", [False, True])
def test_what_breaks_off_is_not_taken_for_whole(web, get, packed):
    body = gzip.compress(b"0123456789" * 500) if packed else b"0123456789" * 500
    headers = {"Content-Encoding": "gzip"} if packed else {}
    web.put("publisher.example/a", body, cut=len(body) // 2, headers=headers)
    assert failure(get, web.url("publisher.example/a")) is Failure.INTERRUPTED


def test_a_packed_body_that_is_whole_for_http_and_broken_inside_is_not_taken(web, get):
    web.put("publisher.example/a", gzip.compress(b"0123456789" * 500)[:-20], headers={"Content-Encoding": "gzip"})
    assert failure(get, web.url("publisher.example/a")) is Failure.INTERRUPTED


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (404, Failure.GONE),
        (410, Failure.GONE),
        (401, Failure.DENIED),
        (403, Failure.DENIED),
        (429, Failure.BUSY),
        (503, Failure.BUSY),
        (500, Failure.BAD_STATUS),
        (204, Failure.BAD_STATUS),
        (206, Failure.BAD_STATUS),
    ],
)
def test_each_answer_that_is_none_has_its_word(status, expected, web, get):
    web.put("publisher.example/a", b"" if status == 204 else b"x", status=status)
    assert failure(get, web.url("publisher.example/a")) is expected


@pytest.mark.parametrize(("value", "seconds"), [("120", 120), ("999999999", 86_400), ("soon", 0), ("", 0)])
def test_a_server_that_is_busy_says_for_how_long(value, seconds, web, get):
    web.put("publisher.example/a", b"x", status=503, headers={"Retry-After": value})
    with pytest.raises(FetchError) as caught:
        get(web.url("publisher.example/a"))
    assert caught.value.wait == seconds


def test_a_server_that_is_not_there_is_said_to_be_so(get, web):
    with socket.socket() as unused:
        unused.bind((HOST, 0))
        url = f"http://publisher.example:{unused.getsockname()[1]}/a"
        assert failure(get, url) is Failure.UNREACHABLE


def test_a_name_that_nobody_knows(get):
    def unknown(host):
        raise OSError("no such name")

    assert failure(get, "http://publisher.example/", with_=strict(unknown)) is Failure.UNRESOLVABLE
    assert failure(get, "http://publisher.example/", with_=strict(lambda host: [])) is Failure.UNRESOLVABLE


def test_a_resolver_that_hangs_is_left_alone(monkeypatch):
    hanging = threading.Event()
    monkeypatch.setattr(network, "_NAME_LOOKUP", 0.1)
    slow = SimpleNamespace(getaddrinfo=lambda *a, **k: hanging.wait(30) and [], SOCK_STREAM=socket.SOCK_STREAM)
    monkeypatch.setattr(network, "socket", slow)
    with pytest.raises(OSError, match="in time"):
        system_resolver("publisher.example", 80)
    hanging.set()


# TLS


@pytest.fixture
def secure(tmp_path):
    """A server with a certificate for `publisher.example`: its port, the names asked for, and what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("publisher.example")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - dt.timedelta(1), now + dt.timedelta(1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, key_file = tmp_path / "certificate.pem", tmp_path / "key.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *arguments):
            pass

    class Server(HTTPServer):
        def handle_error(self, request, address):
            pass

    server = Server((HOST, 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key_file)
    context.sni_callback = lambda sock, host, ctx: asked.append(host)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_port, asked, ssl.create_default_context(cafile=str(pem))
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.allow_hosts([HOST])
def test_tls_is_asked_for_by_name_though_the_connection_goes_to_the_number(secure, get, content, monkeypatch):
    monkeypatch.setattr(network, "is_public", lambda address: address == HOST)
    port, asked, trust = secure
    fetcher = Fetcher(user_agent="test", resolve=lambda host, _: [HOST], trust=trust)
    get(f"https://publisher.example:{port}/", with_=fetcher)
    assert content() == b"ok"
    assert asked == ["publisher.example"]
    assert failure(get, f"https://other.example:{port}/", with_=fetcher) is Failure.BAD_CERTIFICATE
    untrusting = Fetcher(user_agent="test", resolve=lambda host, _: [HOST])
    assert failure(get, f"https://publisher.example:{port}/", with_=untrusting) is Failure.BAD_CERTIFICATE


@pytest.mark.allow_hosts([HOST])
def test_what_began_secure_stays_so(secure, get, monkeypatch):
    from kiemtin.exchange.fetching import fetcher as module

    monkeypatch.setattr(network, "is_public", lambda address: address == HOST)
    monkeypatch.setattr(
        module, "_header", lambda response, name: "http://publisher.example/" if name == "location" else ""
    )
    monkeypatch.setattr(module, "_REDIRECTS", frozenset({200}))
    port, _, trust = secure
    fetcher = Fetcher(user_agent="test", resolve=lambda host, _: [HOST], trust=trust)
    assert failure(get, f"https://publisher.example:{port}/", with_=fetcher) is Failure.LESS_SECURE


def test_the_loopback_is_what_the_tests_say_it_is():
    assert ipaddress.ip_address(HOST).is_loopback


def test_the_public_authorities_are_read_once():
    assert Fetcher(user_agent="one").trust is Fetcher(user_agent="another").trust
