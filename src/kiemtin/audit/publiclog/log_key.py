"""The key that signs the heads of the public log: Ed25519 (RFC 8032), in the file `log-key` of the data folder.

It is a PEM file as `openssl` reads and makes it. Whoever checks the log remembers the public half, so it must be kept:
it belongs into each backup.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from kiemtin.audit.exceptions import LogKeyError
from kiemtin.audit.key_file import kept_key

_NAME = "log-key"


def log_key(*, may_make: bool) -> Ed25519PrivateKey:
    """Return the key.

    Parameters
    ----------
    may_make
        Whether a missing one is made: only while nothing was signed. After that a new key would look like a swindle.

    Raises
    ------
    LogKeyError
        It is missing, or what is there is no Ed25519 key.
    """
    path = Path(settings.KIEMTIN_DATA) / _NAME
    try:
        text = kept_key(path, _new) if may_make else path.read_text(encoding="ascii")
        key = load_pem_private_key(text.encode(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise LogKeyError(f"{path}: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise LogKeyError(f"{path}: it is no Ed25519 key")
    return key


def _new() -> str:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")
