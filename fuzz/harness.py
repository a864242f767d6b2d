"""What a harness is, and what counts as a finding: any error but the documented ones, and a broken promise."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SEEDS = Path(__file__).with_name("seeds")


class BrokenPromiseError(Exception):
    """What a parser gave is not what it says that it gives."""


def must(holds: object, promise: str) -> None:
    """Say what must hold of what a parser gave.

    Raises
    ------
    BrokenPromiseError
        It does not.
    """
    if not holds:
        raise BrokenPromiseError(promise)


@dataclass(frozen=True, slots=True)
class Harness:
    """Feeds bytes to one parser.

    Attributes
    ----------
    name
        Also of the folder of its seeds.
    about
        What it feeds, for people.
    feed
        Does it. Errors that the parser documents stay within; any other is a finding.
    longest
        Bytes of an input at most.
    words
        What the fuzzer puts into inputs by itself.
    libraries
        Python packages below the parser whose coverage guides it too.
    site
        Whether there must be an installation (`fuzz.site`).
    """

    name: str
    about: str
    feed: Callable[[bytes], None]
    longest: int = 4096
    words: tuple[bytes, ...] = ()
    libraries: tuple[str, ...] = ()
    site: bool = False

    def seeds(self) -> list[Path]:
        """Return the files of its seeds, and of what was once found with it."""
        return sorted(path for path in (SEEDS / self.name).iterdir() if path.is_file())


@cache
def folder() -> Path:
    """Return a folder of this process, which goes with it: in memory where the system has such a place."""
    memory = Path("/dev/shm")  # noqa: S108
    made = Path(tempfile.mkdtemp(prefix="kiemtin-fuzz-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def file(data: bytes, name: str = "input") -> Path:
    """Return a file with this content, in the place of the one before."""
    path = folder() / name
    path.write_bytes(data)
    return path


@contextmanager
def empty(name: str) -> Iterator[Path]:
    """Yield an empty folder, and remove it with what is in it."""
    path = folder() / name
    path.mkdir()
    try:
        yield path
    finally:
        shutil.rmtree(path)


def text_of(data: bytes) -> str:
    """Return bytes as text in which halves of characters can stand, as escapes in JSON bring them."""
    return data.decode("utf-8", errors="replace" if _is_odd(data) else "surrogatepass")


def _is_odd(data: bytes) -> bool:
    try:
        data.decode("utf-8", errors="surrogatepass")
    except UnicodeDecodeError:
        return True
    return False


def storable(text: str) -> bool:
    """Whether every database and file can hold a text: no NUL, no halves of characters."""
    try:
        return "\0" not in text and text.encode() is not None
    except UnicodeEncodeError:
        return False
