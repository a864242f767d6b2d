"""Starts what is measured as its user would, looks at its memory, ends it."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.desk.client import Client

PORT_TRIES = 600  # half seconds
KIEMTIN = Path(sys.executable).with_name("kiemtin")


def free_port() -> int:
    """Return a port below those that the system hands out: nobody comes by it before the server listens there."""
    mine = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 16  # nor do tests side by side
    while True:
        port = 20_000 + 16 * secrets.randbelow(750) + mine
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Serving:
    """A server and its processes, in a session of their own. A context manager.

    Parameters
    ----------
    command
        What to start; `PORT` in it stands for the port.
    environment
        What it is told beside the environment of this process.
    """

    def __init__(self, command: list[str], environment: dict[str, str] | None = None) -> None:
        self.port = free_port()
        self._command = [str(self.port) if part == "PORT" else part for part in command]
        self._environment = os.environ | (environment or {})
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, env=self._environment, stdout=subprocess.DEVNULL, start_new_session=True
        )
        try:
            self._wait()
        except BaseException:  # also when this process is ended meanwhile
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _wait(self) -> None:
        for _ in range(PORT_TRIES):
            if self._process is None or self._process.poll() is not None:
                break
            if _answers(self.port):
                return
            time.sleep(0.5)
        raise RuntimeError(f"it does not serve: {' '.join(self._command)}")

    def memory(self) -> list[dict[str, object]]:
        """Return what each process is and holds: `rss_mb` with what it shares, `own_mb` without (10^6 bytes)."""
        if self._process is None:
            return []
        return [found for pid in tree(self._process.pid) if (found := _memory(pid, self._process.pid))]

    def processor(self) -> float:
        """Return the seconds of processor that the web processes have used so far."""
        if self._process is None:
            return 0.0
        webs = [pid for pid in tree(self._process.pid) if _is_web(pid, self._process.pid)]
        return sum(map(_seconds, webs))

    def _end(self) -> None:
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its own session: nobody else is in it


def product(data: Path, *, worker: bool, workers: int = 2, mail: str = "") -> Serving:
    """Return the product on a data folder; `mail` is a mail server."""
    command = [str(KIEMTIN), "serve", "--port", "PORT", "--workers", str(workers)]
    environment = {"KIEMTIN_DATA": str(data), "KIEMTIN_PROXIES": "1", "KIEMTIN_ADDRESS": "", "KIEMTIN_MAIL": mail}
    return Serving([*command, *([] if worker else ["--no-worker"])], environment)


def peer(workers: int = 2) -> Serving:
    """Return the bare application on the same server."""
    return Serving([sys.executable, "-m", "benchmarks.desk.hello", "PORT", str(workers)])


def _answers(port: int) -> bool:
    try:
        return Client(port).get("/").status < 500
    except OSError:
        return False


def tree(pid: int) -> list[int]:
    """Return a process and all below it."""
    found = [pid]
    with suppress(OSError):  # it may just have gone
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in task.read_text().split():
                found += tree(int(child))
    return found


def role_of(pid: int, root: int) -> str:
    """Return what a process is; empty for one of Python's own, and for one that has just gone."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
    if "resource_tracker" in command:
        return ""
    return "master" if pid == root else "worker" if "kiemtin.config.cli" in command else "web"


def _is_web(pid: int, root: int) -> bool:
    return role_of(pid, root) == "web"


def _seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has just gone
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int, root: int) -> dict[str, object] | None:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        name = role_of(pid, root)
    except OSError:
        return None
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    if not name or "VmRSS" not in fields:
        return None
    rss, own = (round(int(fields[key].split()[0]) * 1024 / 1e6) for key in ("VmRSS", "RssAnon"))
    return {"process": name, "pid": pid, "rss_mb": rss, "own_mb": own}
