"""Takes the script of `pg_restore` apart: statements, and between them the rows of one table after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from django.utils.translation import gettext_noop as _

from kiemtin.config.backup.errors import DamagedBackupError

_COPY: Final = re.compile(rb"COPY [^;]+ FROM stdin;\n")
# Written for psql. 17 sets what older servers do not know.
_LEFT_OUT: Final = re.compile(rb"\\(?:un)?restrict \w+\n|SET transaction_timeout = 0;\n")
_END: Final = b"\\.\n"
_SCHEMA: Final = re.compile(rb'^CREATE SCHEMA (?:"((?:[^"]|"")+)"|(\w+));$', re.MULTILINE)
_PIECE: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the script.

    Attributes
    ----------
    statements
        To be run first.
    copy
        The statement that takes the rows in; empty in the last part.
    rows
        They, in pieces; to be read before the next part.
    """

    statements: bytes
    copy: bytes
    rows: Iterator[bytes]


def parts(script: IO[bytes]) -> Iterator[Part]:
    """Take a script apart.

    Raises
    ------
    DamagedBackupError
        It ends among rows.
    """
    statements = bytearray()
    for line in script:
        if _COPY.fullmatch(line):
            yield Part(bytes(statements), line, _rows(script))
            statements.clear()
        elif not _LEFT_OUT.fullmatch(line):
            statements += line
    yield Part(bytes(statements), b"", iter(()))


def schema_of(statements: bytes) -> str:
    """Return the name of the one schema that statements make.

    Raises
    ------
    DamagedBackupError
    """
    found = _SCHEMA.findall(statements)
    if len(found) != 1:
        raise DamagedBackupError(_("it holds what no backup holds"))
    quoted, plain = found[0]
    name: bytes = quoted.replace(b'""', b'"') or plain
    return name.decode()


def _rows(script: IO[bytes]) -> Iterator[bytes]:
    piece = bytearray()
    for line in script:
        if line == _END:
            yield bytes(piece)
            return
        piece += line
        if len(piece) >= _PIECE:
            yield bytes(piece)
            piece.clear()
    raise DamagedBackupError(_("it cannot be read to its end"))
