"""Opening pictures of strangers: `worker.py` does it in a process of its own, which this starts, bounds and ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from kiemtin.media.pictures.errors import Code, PictureError
from kiemtin.media.pictures.records import DEFAULT, Format, Limits, Opened
from kiemtin.media.pictures.sniffing import sniff

AT_ONCE = 2
"""Pictures that one process opens at the same time: what bounds the memory of all of them together."""

OUTPUT = 8 * 1024 * 1024
"""Bytes that a clean picture has at most."""

_WORKER = Path(__file__).with_name("worker.py")
_places = threading.BoundedSemaphore(AT_ONCE)


def open_picture(data: bytes, *, limits: Limits = DEFAULT) -> Opened:
    """See `kiemtin.media.pictures.open_picture`."""
    if len(data) > limits.size:
        raise PictureError(Code.TOO_LARGE, f"{len(data)} bytes", limit=limits.size)
    kind = sniff(data)
    end = time.monotonic() + limits.seconds
    with _place(limits.seconds), _in_memory(data) as given, _in_memory() as made:
        status = _run(given, made, _options(kind, limits), end - time.monotonic())
        # Not a byte more than a picture may have, whatever the process came to write.
        return _result(kind, limits, status, os.pread(made, OUTPUT + 4096, 0))


def reopen(data: bytes) -> Opened:
    """See `kiemtin.media.pictures.reopen`."""
    from PIL import Image  # noqa: PLC0415  (the web needs it only here)

    try:
        with Image.open(BytesIO(data), formats=["WEBP"]) as image:
            width, height = image.size
    except (OSError, ValueError) as error:
        raise PictureError(Code.BROKEN, "no picture that was stored") from error
    return Opened(data, width, height, Format.WEBP, width, height)


@contextmanager
def _place(seconds: float) -> Iterator[None]:
    if not _places.acquire(timeout=seconds):
        raise PictureError(Code.BUSY, f"{AT_ONCE} others at once")
    try:
        yield
    finally:
        _places.release()


@contextmanager
def _in_memory(data: bytes = b"") -> Iterator[int]:
    """Yield a file that is on no disk (on Linux), at its beginning. A pipe would need a thread on either side."""
    with ExitStack() as stack:
        if hasattr(os, "memfd_create"):
            file = os.memfd_create("picture")
            stack.callback(os.close, file)
        else:
            file = stack.enter_context(tempfile.TemporaryFile(buffering=0)).fileno()
        os.pwrite(file, data, 0)
        yield file


def _options(kind: Format, limits: Limits) -> str:
    bounds = {"pixels": limits.pixels, "seconds": limits.seconds, "memory": limits.memory, "output": OUTPUT}
    return json.dumps({"kind": kind, **bounds})


def _run(given: int, made: int, options: str, seconds: float) -> int:
    """Run the worker; returns its exit status. It gets nothing of this process: no environment, no open files."""
    command = [sys.executable, "-I", "-W", "ignore", str(_WORKER), options]
    # One arena: every further one reserves 64 MB of the address space that is counted.
    streams: dict[str, Any] = {"stdin": given, "stdout": made, "stderr": subprocess.DEVNULL}
    environment = {"MALLOC_ARENA_MAX": "1"}
    try:
        done = subprocess.run(command, **streams, env=environment, cwd="/", timeout=max(seconds, 0), check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise PictureError(Code.TOO_SLOW, "ended") from error
    return done.returncode


def _result(kind: Format, limits: Limits, status: int, output: bytes) -> Opened:
    if status in {-signal.SIGXCPU, -signal.SIGKILL}:  # by its own bound; KILL also where memory was short
        raise PictureError(Code.TOO_SLOW, f"signal {-status}")
    header, _, picture = output.partition(b"\n")
    try:
        facts: dict[str, Any] = json.loads(header)
        if "code" in facts:
            raise PictureError(Code(facts["code"]), str(facts.get("detail", "")), pixels=limits.pixels)
        size = (facts["width"], facts["height"])
        opened = Opened(picture, *size, kind, facts["sent_width"], facts["sent_height"])
    except (ValueError, KeyError, TypeError) as error:
        raise PictureError(Code.BROKEN, f"exit status {status}") from error
    if status or picture[:4] != b"RIFF" or picture[8:12] != b"WEBP":
        raise PictureError(Code.BROKEN, f"exit status {status}")
    return opened
