import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kiemtin.audit.exceptions import LogKeyError
from kiemtin.audit.publiclog.log_key import log_key


def test_the_key_is_made_once_for_its_owner(data):
    made = log_key(may_make=True)
    assert stat.S_IMODE((data / "log-key").stat().st_mode) == 0o600
    for may_make in (True, False):
        assert log_key(may_make=may_make).private_bytes_raw() == made.private_bytes_raw()


def test_a_missing_key_is_not_made_after_something_was_signed(data):
    with pytest.raises(LogKeyError):
        log_key(may_make=False)
    assert not (data / "log-key").exists()


@pytest.mark.parametrize("text", ["", "x", "đ"])
def test_what_is_no_key_is_refused(data, text):
    (data / "log-key").write_text(text)
    with pytest.raises(LogKeyError):
        log_key(may_make=True)


def test_another_kind_of_key_is_refused(data):
    pem = generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (data / "log-key").write_bytes(pem)
    with pytest.raises(LogKeyError, match="no Ed25519 key"):
        log_key(may_make=True)
