"""Runs the real command and watches it: what it says, when, and how much memory it has then."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

KIEMTIN = Path(sys.executable).with_name("kiemtin")
ROWS = re.compile(r"(\d+) rows")
_INDEXED = re.compile(r"^Index: (\d+) / (\d+)")
_EVERY = 0.25  # seconds between two looks at the memory


@dataclass(slots=True)
class Line:
    """One line of what the command said, after so many seconds, and its seconds on the processor then."""

    seconds: float
    text: str
    processor: float


@dataclass(slots=True)
class Watched:
    """One run of `kiemtin import`.

    Attributes
    ----------
    lines
        What it said.
    memory
        Seconds and own memory (`RssAnon`, MB), every quarter of a second.
    seconds, processor
        What all of it took, by the clock and on the processor.
    """

    lines: list[Line] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    seconds: float = 0.0
    processor: float = 0.0

    def first(self, pattern: str) -> Line | None:
        """Return the first line that a pattern is found in."""
        return next((line for line in self.lines if re.search(pattern, line.text)), None)

    def peak(self, start: float, end: float) -> float:
        """Return the largest own memory between two moments, MB."""
        return max((mb for at, mb in self.memory if start <= at <= end), default=0.0)


def run(data: Path, file: Path, *options: str, kill_at_rows: int = 0, stop_at_index: bool = False) -> Watched:
    """Import a file into a data folder; end it by `kill -9` at so many rows, or when it comes to the index."""
    environment = os.environ | {"KIEMTIN_DATA": str(data), "KIEMTIN_LANG": "en", "OMP_NUM_THREADS": "1"}
    watched, started = Watched(), time.perf_counter()
    process = subprocess.Popen(
        [str(KIEMTIN), "import", *options, str(file)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    watching = threading.Thread(target=_watch, args=(process, watched, started), daemon=True)
    watching.start()
    stopped = False
    for text in process.stderr or ():
        watched.lines.append(Line(round(time.perf_counter() - started, 2), text.strip(), _processor(process.pid)))
        rows = ROWS.search(text)
        if (kill_at_rows and rows and int(rows[1]) >= kill_at_rows) or (stop_at_index and _INDEXED.match(text)):
            process.send_signal(signal.SIGKILL)
            stopped = True
    if process.stderr is not None:
        process.stderr.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    watched.processor = round(usage.ru_utime + usage.ru_stime, 2)
    watched.seconds = round(time.perf_counter() - started, 2)
    watching.join()
    if process.returncode not in (0, 1) and not stopped:
        raise RuntimeError(f"the import ended with {process.returncode}: {watched.lines[-1:]}")
    return watched


def _watch(process: subprocess.Popen[str], watched: Watched, started: float) -> None:
    while (own_mb := _own_mb(process.pid)) is not None:
        watched.memory.append((round(time.perf_counter() - started, 2), own_mb))
        time.sleep(_EVERY)


def _own_mb(pid: int) -> float | None:
    """Return the own memory of a process; None once it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return None
    found = re.search(r"RssAnon:\s+(\d+) kB", status)
    return round(int(found[1]) * 1024 / 1e6, 1) if found else None


def _processor(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
