"""PostgreSQL's own programs: `pg_dump` writes what a database holds, `pg_restore` makes a script of that."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from kiemtin.config.backup.errors import NoProgramError, OldProgramError, ServerError

OLDEST: Final = 15
"""The oldest version of the server that is supported."""

DUMP: Final = "pg_dump"
RESTORE: Final = "pg_restore"
_PIECE: Final = 1 << 20
_VERSION: Final = re.compile(r"\) (\d+)")
# What is compressed is the backup as a whole. A change of tables that waits for us must not be waited for by us.
_DUMP_OPTIONS: Final = (
    "--format=custom",
    "--compress=0",
    "--no-password",
    "--no-publications",
    "--no-subscriptions",
    "--no-security-labels",
    "--no-tablespaces",
    "--lock-wait-timeout=30s",
)
# Whoever restores owns what is restored.
_RESTORE_OPTIONS: Final = ("--file=-", "--no-owner", "--no-privileges", "--no-tablespaces")


def find(name: str, *, needed: int = 0, environment: Mapping[str, str] | None = None) -> str:
    """Return the path of a program.

    Parameters
    ----------
    needed
        The oldest version that does.
    environment
        In which it will run: Debian's programs choose their version by it.

    Raises
    ------
    NoProgramError, OldProgramError
    """
    path = shutil.which(name)
    if path is None:
        raise NoProgramError("it is not there", name=name, needed=needed)
    told = subprocess.run([path, "--version"], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    found = _VERSION.search(told.stdout)
    if found and int(found[1]) < needed:
        raise OldProgramError("it is too old", name=name, needed=needed)
    return path


def dump(target: Path, *, schema: str, snapshot: str, environment: Mapping[str, str], version: int) -> None:
    """Write a schema, as a snapshot sees it, into a new file that only we can read.

    Parameters
    ----------
    environment
        Says where the server is and who we are: what stands on a command line is seen by every user of the machine.
    version
        Of the server; an older pg_dump does not know all that may be in it.

    Raises
    ------
    NoProgramError, OldProgramError, ServerError, OSError
    """
    path = find(DUMP, needed=version, environment=environment)
    quoted = '"' + schema.replace('"', '""') + '"'
    command = [path, *_DUMP_OPTIONS, f"--schema={quoted}", f"--snapshot={snapshot}"]
    # Through us: if we die, so does it.
    opened = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as file, _running(command, environment) as output:
        shutil.copyfileobj(output, file, _PIECE)


@contextmanager
def script(dumped: Path) -> Iterator[IO[bytes]]:
    """Yield the statements and rows that make the database again. No server is asked.

    Raises
    ------
    NoProgramError, OldProgramError, ServerError
    """
    path = find(RESTORE)
    try:
        with _running([path, *_RESTORE_OPTIONS, str(dumped)], os.environ) as output:
            yield output
    except ServerError as error:
        if "unsupported version" in error.message:
            raise OldProgramError("it is older than what wrote the backup", name=RESTORE) from error
        raise


@contextmanager
def _running(command: list[str], environment: Mapping[str, str]) -> Iterator[IO[bytes]]:
    """Yield what a program writes; it must end well. If we do not read to the end, it is ended."""
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603
            command, env={**environment, "LC_ALL": "C"}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said
        ) as process,
    ):
        if process.stdout is None:
            raise RuntimeError("there is no pipe")
        try:
            yield process.stdout
        except BaseException:
            process.kill()
            raise
        if process.wait():
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines()
            raise ServerError(lines[0] if lines else f"{Path(command[0]).name}: {process.returncode}")
