"""Addresses to reply to, encrypted at rest: Fernet (AES-128-CBC and HMAC-SHA256) with a key outside the database.

The key file `reply-key` lies in the data folder, readable by its owner only. It holds one key a line: the first one
encrypts, all of them decrypt, so a new key is put before the old ones. Whoever has the database alone reads no address.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from kiemtin.audit.key_file import kept_key
from kiemtin.questions.exceptions import UnreadableAddressError
from kiemtin.questions.models import Request

_NAME = "reply-key"
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


def digest_of_address(address: str) -> str:
    """Return a keyed hash that is the same for the same address, whatever its case, hex."""
    return salted_hmac(_DIGEST_SALT, address.strip().casefold(), algorithm="sha256").hexdigest()


def forget_key(request: Request) -> str:
    """Return what a mail's link needs to have its address forgotten, without a page to look at before."""
    return salted_hmac(_FORGET_SALT, request.code, algorithm="sha256").hexdigest()


def is_forget_key(request: Request, key: str) -> bool:
    """Whether a key is the one of this request."""
    return constant_time_compare(forget_key(request), key)


def _keys() -> MultiFernet:
    path = Path(settings.KIEMTIN_DATA) / _NAME
    lines = kept_key(path, lambda: Fernet.generate_key().decode() + "\n").split()
    return MultiFernet([Fernet(line) for line in lines])
