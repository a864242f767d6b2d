"""The product on a data folder of its own: started, killed and started again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import IO

from benchmarks.desk.client import Client
from benchmarks.desk.server import KIEMTIN, free_port, role_of
from benchmarks.kills.browser import Person
from benchmarks.patience import wait_for

WEBS = 2
SLUG = "mau"  # of the demonstration's desk
_ROW = re.compile(r"^  (\w+)\s+(\S+@\S+)\s+(\S+)[ \t]*(.*)$", re.MULTILINE)


class Place:
    """A data folder, its server and a second worker beside it. A context manager.

    Attributes
    ----------
    up
        Set while the server can be asked.
    gave_up
        How often the server ended by itself and was started again: it does so if a process of it dies twice in a few
        seconds, and leaves it to the service manager (`Restart=always` of docs/how-to/run-a-desk.md).
    """

    def __init__(self, folder: Path, *, mail_port: int, feeds: str = "") -> None:
        self.port, self.up, self.data = free_port(), Event(), folder / "data"
        self.address = f"http://127.0.0.1:{self.port}"
        self.log, self.gave_up = folder / "log.txt", 0
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("LC_")} | {
            "KIEMTIN_DATA": str(self.data),
            "KIEMTIN_ADDRESS": self.address,
            "KIEMTIN_MAIL": f"smtp://127.0.0.1:{mail_port}?tls=none",
            "KIEMTIN_PROXIES": "1",
            "KIEMTIN_ENCODER": "none",
            "KIEMTIN_FETCH_ALLOW": feeds,
            "KIEMTIN_LANG": "en",
            "OMP_NUM_THREADS": "1",
            "COLUMNS": "200",
        }
        self._server: subprocess.Popen[bytes] | None = None
        self._second: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Place:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill_all()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product to its end."""
        return self._run([str(KIEMTIN), *arguments], self._environment)

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a Python module with the product's environment."""
        environment = self._environment | {"DJANGO_SETTINGS_MODULE": "kiemtin.config.settings"}
        return self._run([sys.executable, "-m", *arguments], environment)

    def _run(self, command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def begin(self, *arguments: str, errors: int | IO[bytes] = subprocess.PIPE) -> subprocess.Popen[bytes]:
        """Start a command of the product, in a session of its own."""
        return subprocess.Popen(
            [str(KIEMTIN), *arguments],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )

    def people(self) -> dict[str, Person]:
        """Fill the folder with the demonstration; returns who can sign in, by role."""
        rows = _ROW.findall(self._demonstration())
        return {role.lower(): Person(email, word, tuple(codes.split())) for role, email, word, codes in rows}

    def _demonstration(self) -> str:
        told = self.run("demo", "--no-encoder")
        if told.returncode:
            raise RuntimeError(told.stderr)
        return told.stdout

    def start(self) -> None:
        """Start server and second worker; returns when both are there."""
        self._serve()
        with self.log.open("ab") as log:
            self._second = self.begin("worker", "--no-encoder", errors=log)
        self.wait_until_well()

    def _serve(self) -> None:
        with self.log.open("ab") as log:
            command = ("serve", "--port", str(self.port), "--workers", str(WEBS), "--no-encoder")
            self._server = self.begin(*command, errors=log)

    def wait_until_well(self) -> None:
        """Return when the server answers, and all of its processes and the second worker are there.

        Raises
        ------
        RuntimeError
            The server does not start.
        """
        before = self.gave_up
        wait_for(lambda: self._is_well(before), "the server")
        if self._second is not None and self._second.poll() is not None:
            with self.log.open("ab") as log:
                self._second = self.begin("worker", "--no-encoder", errors=log)
        self.up.set()

    def _is_well(self, gave_up_before: int) -> bool:
        if not self.server():
            if self.gave_up > gave_up_before:
                raise RuntimeError("the server does not start: " + self.log.read_text(encoding="utf-8")[-2000:])
            self.gave_up += 1
            self._serve()
        return bool(self.worker()) and len(self.webs()) == WEBS and self._answers()

    def webs(self) -> list[int]:
        """Return the web processes."""
        return [pid for pid in self._children() if self._role(pid) == "web"]

    def worker(self) -> list[int]:
        """Return the worker beside the web processes, if it is there."""
        return [pid for pid in self._children() if self._role(pid) == "worker"]

    def server(self) -> list[int]:
        """Return the process that the others are children of."""
        return [self._server.pid] if self._server is not None and self._server.poll() is None else []

    def second(self) -> list[int]:
        """Return the second worker."""
        return [self._second.pid] if self._second is not None and self._second.poll() is None else []

    def everything(self) -> list[int]:
        """Return all processes, children before their parents' end could end them."""
        return [*self.server(), *self._children(), *self.second()]

    def kill_all(self) -> None:
        """Kill everything at once, and wait until it is gone."""
        self.up.clear()
        pids = self.everything()
        kill(*pids)
        wait_for(lambda: not any(map(_is_running, pids)), "the end of all processes")
        for process in (self._server, self._second):
            if process is not None:
                process.wait()

    def wait_until_gone(self, pids: list[int]) -> None:
        """Return when none of some processes runs any more."""
        for process in (self._server, self._second):
            if process is not None and process.pid in pids:
                process.wait()
        wait_for(lambda: not any(map(_is_running, pids)), "the end of processes")

    def _children(self) -> list[int]:
        found: list[int] = []
        for pid in self.server():
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                with suppress(OSError):
                    found += map(int, task.read_text().split())
        return [pid for pid in found if _is_running(pid)]

    def _role(self, pid: int) -> str:
        return role_of(pid, self.server()[0] if self.server() else 0)

    def _answers(self) -> bool:
        client = Client(self.port)
        try:
            return client.get("/en/").status == 200
        except Exception:
            return False
        finally:
            client.close()


def kill(*pids: int) -> None:
    """Kill processes at once, without a word."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _is_running(pid: int) -> bool:
    with suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False
