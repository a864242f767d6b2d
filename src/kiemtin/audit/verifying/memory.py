"""What was seen of a log the last time: its key, its signed head and the hashes of its entries, in a file."""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kiemtin.audit.exceptions import NoteError
from kiemtin.audit.publiclog.notes import open_note, read_key, read_note

_HASH_LENGTH = 32


class MemoryFileError(Exception):
    """The file cannot be read or written, or holds something else."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What was seen.

    Attributes
    ----------
    note
        The signed head.
    key
        The key that it was verified with; empty where only a head was kept, as somebody else may have noted it.
    digests
        Hashes of all entries up to the head; empty where only a head was kept.
    """

    note: str
    key: str = ""
    digests: tuple[bytes, ...] = ()


def place_of(address: str) -> Path:
    """Return the file for an address: in the user's folder of state (XDG Base Directory), named by the host."""
    base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    parts = urlsplit(address)
    name = re.sub(r"[^A-Za-z0-9.-]+", "_", f"{parts.netloc}{parts.path}")
    return base / "kiemtin" / "verify" / f"{name}.json"


def recall(path: Path) -> Memory | None:
    """Return what a file holds, None if there is no file. A signed head as text is read too.

    Raises
    ------
    MemoryFileError
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise MemoryFileError(str(error)) from error
    try:
        return _of_json(text) if is_memory(text) else Memory(_checked(text))
    except (NoteError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise MemoryFileError(str(error)) from error


def is_memory(text: str) -> bool:
    """Whether a text is in the form that `remember` writes."""
    return text.lstrip().startswith("{")


def remember(path: Path, memory: Memory, *, address: str) -> None:
    """Write a file, whole or not at all.

    Raises
    ------
    MemoryFileError
    """
    told = {
        "address": address,
        "key": memory.key,
        "head": memory.note,
        "entries": base64.b64encode(b"".join(memory.digests)).decode("ascii"),
    }
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise MemoryFileError(str(error)) from error


def _of_json(text: str) -> Memory:
    told = json.loads(text)
    raw = base64.b64decode(told["entries"], validate=True)
    digests = tuple(raw[place : place + _HASH_LENGTH] for place in range(0, len(raw), _HASH_LENGTH))
    head = open_note(told["head"], read_key(told["key"]))
    if len(raw) != head.size * _HASH_LENGTH:
        raise ValueError("it does not hold all entries")
    return Memory(told["head"], told["key"], digests)


def _checked(text: str) -> str:
    read_note(text)
    return text
