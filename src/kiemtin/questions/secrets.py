"""What is kept so that the database alone does not tell it; the keys lie beside it in the data folder.

Addresses to reply to, and pictures for as long as they are needed, are encrypted: Fernet (AES-128-CBC and HMAC-SHA256)
with the key file `reply-key`. It holds one key a line: the first one encrypts, all of them decrypt, so a new key is put
before the old ones.

What is only to be recognised, numbers and addresses of scams, is a keyed hash (HMAC-SHA256) with the key file
`indicator-key`. Without the key nobody can try all telephone numbers until one fits. A new key recognises nothing that
was seen before.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from kiemtin.audit.key_file import kept_key
from kiemtin.questions.exceptions import UnreadableAddressError, UnreadablePictureError
from kiemtin.questions.models import Request

_REPLY_KEY, _INDICATOR_KEY = "reply-key", "indicator-key"
_DIGEST_SALT = "kiemtin.questions.reply-address"
_FORGET_SALT = "kiemtin.questions.forget-address"


def seal(address: str) -> bytes:
    """Return the address encrypted."""
    return _keys().encrypt(address.encode())


def unseal(secret: bytes) -> str:
    """Return an encrypted address.

    Raises
    ------
    UnreadableAddressError
        No key of the file fits: it was lost or replaced.
    """
    try:
        return _keys().decrypt(secret).decode()
    except InvalidToken:
        raise UnreadableAddressError("no key fits") from None


def seal_picture(data: bytes) -> bytes:
    """Return the bytes of a picture encrypted."""
    return _keys().encrypt(data)


def unseal_picture(secret: bytes) -> bytes:
    """Return the bytes of an encrypted picture.

    Raises
    ------
    UnreadablePictureError
        No key of the file fits: it was lost or replaced.
    """
    try:
        return _keys().decrypt(secret)
    except InvalidToken:
        raise UnreadablePictureError("no key fits") from None


def digest_of_address(address: str) -> str:
    """Return a keyed hash that is the same for the same address, whatever its case, hex."""
    return salted_hmac(_DIGEST_SALT, address.strip().casefold(), algorithm="sha256").hexdigest()


def recognised(kind: str, value: str) -> str:
    """Return a keyed hash by which the same value of a kind is recognised and nobody else finds out what it is, hex."""
    key = _key_file(Path(settings.KIEMTIN_DATA), _INDICATOR_KEY).strip().encode()
    return hmac.new(key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()


def forget_key(request: Request) -> str:
    """Return what a mail's link needs to have its address forgotten, without a page to look at before."""
    return salted_hmac(_FORGET_SALT, request.code, algorithm="sha256").hexdigest()


def is_forget_key(request: Request, key: str) -> bool:
    """Whether a key is the one of this request."""
    return constant_time_compare(forget_key(request), key)


def _keys() -> MultiFernet:
    lines = _key_file(Path(settings.KIEMTIN_DATA), _REPLY_KEY).split()
    return MultiFernet([Fernet(line) for line in lines])


def _key_file(data: Path, name: str) -> str:
    """Return the content of a key file; the first call makes it."""
    return kept_key(data / name, lambda: Fernet.generate_key().decode() + "\n")
