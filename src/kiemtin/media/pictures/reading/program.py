"""The program that reads letters: tesseract, bounded in time and memory."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time

import numpy as np
from numpy.typing import NDArray

from kiemtin.media.pictures.errors import Code, PictureError
from kiemtin.media.pictures.records import Availability

LANGUAGES = ("vie", "eng")
_PROGRAM = "tesseract"
_PACKAGES = {"tesseract": "tesseract-ocr", "vie": "tesseract-ocr-vie", "eng": "tesseract-ocr-eng"}
_MEMORY_KB = 2_000_000
_DENSITY = 300
# The shell sets the bounds before the program begins: later would be a race, and in our process they would bound us.
_BOUNDED = 'ulimit -v "$1" && ulimit -t "$2" && ulimit -c 0 && shift 2 && exec "$@"'


def is_available() -> Availability:
    """Say what is missing, by asking the program for its languages."""
    path = shutil.which(_PROGRAM)
    missing = (
        (_PROGRAM, *LANGUAGES) if path is None else tuple(name for name in LANGUAGES if name not in _languages(path))
    )
    if not missing:
        return Availability()
    wanted = ["tesseract-ocr", "tesseract-ocr-vie"] if _PROGRAM in missing else [_PACKAGES[name] for name in missing]
    return Availability(missing, f"apt-get install {' '.join(wanted)}")


def _languages(path: str) -> set[str]:
    try:
        done = subprocess.run([path, "--list-langs"], capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return set()
    return set(done.stdout.split())


def read_table(page: NDArray[np.uint8], mode: int, until: float) -> str:
    """Return tesseract's table of words (TSV) for one grey page, black on white.

    Parameters
    ----------
    page
        Height × width.
    mode
        Page segmentation: 3 finds columns and blocks itself, 6 takes it as one block.
    until
        Moment of `time.monotonic` at which it is ended.
    """
    path = shutil.which(_PROGRAM)
    if path is None:
        raise PictureError(Code.NO_READER, "no tesseract")
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise PictureError(Code.TOO_SLOW, "no time left")
    options = ["-l", "+".join(LANGUAGES), "--psm", str(mode), "--dpi", str(_DENSITY), "-c", "tessedit_create_tsv=1"]
    bounds = ["/bin/sh", "-c", _BOUNDED, "sh", str(_MEMORY_KB), str(int(seconds) + 1)]
    try:
        done = subprocess.run(  # noqa: S603  (no word of the command is a stranger's)
            [*bounds, path, "-", "-", *options],
            input=_grey_map(page),
            capture_output=True,
            timeout=seconds,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise PictureError(Code.TOO_SLOW, "tesseract was ended") from error
    if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise PictureError(Code.TOO_SLOW, "tesseract was ended")
    if done.returncode:
        raise PictureError(Code.NO_READER if not is_available() else Code.NOT_READ, f"exit status {done.returncode}")
    return done.stdout.decode("utf-8", "replace")


def _environment() -> dict[str, str]:
    """One thread: more of them fight over the cores and are slower. Nothing of ours, but where its data lies."""
    kept = {name: os.environ[name] for name in ("TESSDATA_PREFIX", "PATH") if name in os.environ}
    return {**kept, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}


def _grey_map(page: NDArray[np.uint8]) -> bytes:
    """Return a page as a portable grey map, which costs nothing to write and to read."""
    height, width = page.shape
    return b"P5 %d %d 255\n" % (width, height) + page.tobytes()
