import stat
import threading

import pytest
from cryptography.fernet import Fernet

from kiemtin.questions import secrets
from kiemtin.questions.exceptions import UnreadableAddressError
from kiemtin.questions.secrets import digest_of_address, forget_key, is_forget_key, recognised, seal, unseal
from tests.unit.questions.making import make_message, make_request


def test_an_address_is_read_with_the_key_and_not_without(data):
    secret = seal("nguoi.hoi@example.org")
    assert b"example" not in secret
    assert unseal(secret) == "nguoi.hoi@example.org"
    (data / "reply-key").write_text(Fernet.generate_key().decode())
    with pytest.raises(UnreadableAddressError):
        unseal(secret)


def test_the_same_address_is_another_secret_each_time(data):
    assert seal("a@example.org") != seal("a@example.org")


def test_the_key_file_is_the_owners_and_stays(data):
    seal("a@example.org")
    path = data / "reply-key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_text()
    seal("b@example.org")
    assert path.read_text() == before
    assert [file.name for file in data.iterdir() if file.name.startswith("reply-key")] == ["reply-key"]


def test_a_new_key_is_put_before_the_old_one(data):
    old = seal("a@example.org")
    path = data / "reply-key"
    fresh = Fernet.generate_key().decode()
    path.write_text(fresh + "\n" + path.read_text())
    assert unseal(old) == "a@example.org"
    path.write_text(fresh + "\n")
    assert unseal(seal("b@example.org")) == "b@example.org"
    with pytest.raises(UnreadableAddressError):
        unseal(old)


def test_two_that_make_the_key_at_once_agree(data):
    sealed = []
    threads = [threading.Thread(target=lambda: sealed.append(secrets.seal("a@example.org"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [unseal(secret) for secret in sealed] == ["a@example.org"] * 8


def test_a_digest_is_keyed_and_blind_to_case():
    assert digest_of_address(" A@Example.org") == digest_of_address("a@example.org")
    assert digest_of_address("a@example.org") != digest_of_address("b@example.org")
    assert len(digest_of_address("a@example.org")) == 64


def test_a_forget_key_is_of_one_request(db, settings):
    one, other = (make_request(make_message()) for _ in range(2))
    assert is_forget_key(one, forget_key(one))
    for key in (forget_key(other), "", "ü", one.code):
        assert not is_forget_key(one, key)
    before = forget_key(one)
    settings.SECRET_KEY = "another"
    assert forget_key(one) != before


def test_what_is_recognised_is_a_hash_with_a_key_of_its_own(data):
    seen = recognised("phone", "0988123456")
    assert seen == recognised("phone", "0988123456")
    assert len({seen, recognised("account", "0988123456"), recognised("phone", "0988123457")}) == 3
    assert "0988123456" not in seen
    path = data / "indicator-key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.unlink()
    assert recognised("phone", "0988123456") != seen
