"""Addresses to reply to, and pictures for as long as they are needed, encrypted at rest.

Fernet (AES-128-CBC and HMAC-SHA256) with a key outside the database.
The key file `reply-key` lies in the data folder, readable by its owner only. It holds one key a line: the first one
encrypts, all of them decrypt, so a new key is put before the old ones. Whoever has the database alone reads none of it.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from kiemtin.questions.exceptions import UnreadableAddressError, UnreadablePictureError
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


def forget_key(request: Request) -> str:
    """Return what a mail's link needs to have its address forgotten, without a page to look at before."""
    return salted_hmac(_FORGET_SALT, request.code, algorithm="sha256").hexdigest()


def is_forget_key(request: Request, key: str) -> bool:
    """Whether a key is the one of this request."""
    return constant_time_compare(forget_key(request), key)


def _keys() -> MultiFernet:
    lines = _key_file(Path(settings.KIEMTIN_DATA)).split()
    return MultiFernet([Fernet(line) for line in lines])


def _key_file(data: Path) -> str:
    """Return the content of the key file; the first call makes it, whole or not at all, and only once."""
    path = data / _NAME
    with suppress(FileNotFoundError):
        return path.read_text(encoding="ascii")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{_NAME}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(Fernet.generate_key().decode() + "\n")
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_text(encoding="ascii")
