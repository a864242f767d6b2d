"""How long the answers of a mail server are waited for."""

import smtplib
import socket

import pytest

from kiemtin.channels.mail.smtp import PATIENCE, Backend, _Smtp, _SmtpSsl

USUAL = 20


class Sock:
    """A socket that tells how long it is waited on after each thing that was sent."""

    def __init__(self):
        self.waits = []

    def close(self):
        pass

    def sendall(self, data):
        self.last = data[:6]

    def settimeout(self, seconds):
        self.waits.append((self.last, seconds))


@pytest.mark.parametrize("kind", [_Smtp, _SmtpSsl])
def test_only_the_answer_to_the_end_of_a_mail_is_waited_for_long(kind, monkeypatch):
    smtp = kind(timeout=USUAL, local_hostname="here")
    smtp.patience, smtp.sock = PATIENCE, Sock()
    replies = iter([(354, b"go on"), (250, b"taken")])
    monkeypatch.setattr(smtp, "getreply", lambda: next(replies))
    smtp.data(b"Subject: x\r\n\r\nx")
    smtp.send("QUIT\r\n")
    assert smtp.sock.waits == [(b"data\r\n", USUAL), (b"Subjec", PATIENCE), (b"QUIT\r\n", USUAL)]


@pytest.mark.parametrize(
    ("replies", "may_have_taken"),
    [([(354, b"go on"), TimeoutError()], True), ([TimeoutError()], False), ([(451, b"not now")], False)],
)
def test_who_got_a_mail_to_its_end_may_have_taken_it(replies, may_have_taken, monkeypatch):
    def reply():
        said = replies.pop(0)
        if isinstance(said, Exception):
            raise said
        return said

    backend = Backend(host="mail.example", port=1)
    backend.connection = smtp = _Smtp(local_hostname="here")
    smtp.sock = Sock()
    monkeypatch.setattr(smtp, "getreply", reply)
    with pytest.raises((TimeoutError, smtplib.SMTPDataError)):
        smtp.data(b"Subject: x\r\n\r\nx")
    assert backend.may_have_taken is may_have_taken


def test_it_may_have_it_though_the_connection_broke_while_it_was_sent(monkeypatch):
    backend = Backend(host="mail.example", port=1)
    assert not backend.may_have_taken
    backend.connection = smtp = _Smtp(local_hostname="here")
    smtp.sock = Sock()
    monkeypatch.setattr(smtp.sock, "sendall", lambda _: (_ for _ in ()).throw(ConnectionResetError))
    with pytest.raises(smtplib.SMTPServerDisconnected):
        smtp.send(b"x\r\n.\r\n")
    assert backend.may_have_taken


def test_without_patience_all_is_as_usual():
    smtp = _Smtp(timeout=USUAL, local_hostname="here")
    smtp.sock = Sock()
    smtp.send(b"x\r\n.\r\n")
    assert smtp.sock.waits == []


@pytest.mark.parametrize(("ssl", "kind"), [(False, _Smtp), (True, _SmtpSsl)])
@pytest.mark.parametrize("patience", [None, PATIENCE])
def test_the_backend_hands_it_on(monkeypatch, ssl, kind, patience):
    monkeypatch.setattr(smtplib.SMTP, "connect", lambda self, *_: (220, b"hello"))
    monkeypatch.setattr(socket, "getfqdn", lambda *_: "here")
    backend = Backend(
        host="mail.example", port=1, use_ssl=ssl, use_tls=False, username="", password="", patience=patience
    )
    assert backend.open()
    assert type(backend.connection) is kind
    assert backend.connection.patience == patience
