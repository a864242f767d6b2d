"""Signed heads and keys as text (C2SP tlog-checkpoint and signed-note), read strictly.

The library reads leniently; what it would not write in the same words is refused here.
"""

from __future__ import annotations

import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tlog_scales.signing import PlainEd25519Signer, Vkey
from tlog_scales.tlog import Checkpoint

from kiemtin.audit.exceptions import NoteError

LONGEST = 64 << 10
"""Characters of a note: a head, and as many signatures of witnesses as anybody has."""

_ED25519, _KEY_LENGTH, _HASH_LENGTH = 1, 32, 32
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


def sign(key: Ed25519PrivateKey, *, origin: str, size: int, root: bytes) -> str:
    """Return the signed note of a head."""
    return Checkpoint.make_signed(origin, size, root, [PlainEd25519Signer(origin, key)]).serialize()


def public_key(key: Ed25519PrivateKey, *, origin: str) -> str:
    """Return the key that verifies, as `NAME+ID+KEY`."""
    return str(PlainEd25519Signer(origin, key).vkey.serialize())


def read_key(text: str) -> Vkey:
    """Read a key that verifies.

    Raises
    ------
    NoteError
        It is no Ed25519 key in the form of a signed note's.
    """
    try:
        given = Vkey.from_string(text)
        key = Vkey(given.name, None, given.sig_type, given.pubkey)
    except (ValueError, IndexError, OverflowError) as error:
        raise NoteError(str(error)) from error
    if key.sig_type != _ED25519 or len(key.pubkey) != _KEY_LENGTH or not key.name or key.serialize() != text:
        raise NoteError("it is no Ed25519 key of a signed note")
    return key


def read_note(text: str) -> Checkpoint:
    """Read a head without looking at its signature.

    Raises
    ------
    NoteError
        It is not in its form.
    """
    if len(text) > LONGEST or _CONTROL.search(text):
        raise NoteError("it is too long or holds what no note holds")
    try:
        head = Checkpoint.from_text(text)
    except (ValueError, IndexError) as error:
        raise NoteError(str(error)) from error
    if head.serialize() != text or not head.origin or head.size < 0 or len(head.root_hash) != _HASH_LENGTH:
        raise NoteError("it is not written as a head is")
    return head


def open_note(text: str, key: Vkey) -> Checkpoint:
    """Read a head whose signature by the key is right.

    Raises
    ------
    NoteError
        It is not in its form, or not signed by the key.
    """
    head = read_note(text)
    try:
        head.verify(key)
    except (RuntimeError, ValueError, InvalidSignature) as error:
        raise NoteError("it is not signed by this key") from error
    return head
