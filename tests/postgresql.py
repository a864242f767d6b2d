"""Runs a command with a PostgreSQL server of its own, which ends with it: `python -m tests.postgresql COMMAND…`

The server is Debian's (`scripts/setup-postgresql`), in a folder for this run, reached by a socket. It does not wait for
the disk: what a test needs to outlive is the death of our processes, not of the machine. With `--durable` it does, as a
server is set up by default: for benchmarks.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HASTY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class Server:
    """A server in a folder of its own, which its user owns.

    Attributes
    ----------
    address
        Of the database `kiemtin` in it.
    """

    def __init__(self, place: Path, user: str, *, is_durable: bool = False) -> None:
        self._place, self._user, self._programs = place, user, _programs()
        self._options = ["listen_addresses=", f"unix_socket_directories={place}", "max_connections=200"]
        self._options += [] if is_durable else _HASTY
        self.address = f"postgresql://postgres@/kiemtin?host={place}"

    def make(self) -> None:
        """Make it and start it."""
        encoding = ("-E", "UTF8", "--locale=C.UTF-8")
        self._run("initdb", "-D", f"{self._place}/data", "-A", "trust", "-U", "postgres", *encoding, "-N")
        self.start()
        self._run("createdb", "-h", str(self._place), "-U", "postgres", "kiemtin")

    def start(self) -> None:
        """Start it; returns when it answers."""
        given = " ".join(f"-c {option}" for option in self._options)
        self._run("pg_ctl", "-D", f"{self._place}/data", "-l", f"{self._place}/log", "-o", given, "-w", "start")

    def stop(self) -> None:
        """Stop it at once, without a word to who is connected."""
        self._run("pg_ctl", "-D", f"{self._place}/data", "-m", "immediate", "-w", "stop")

    def _run(self, name: str, *arguments: str) -> None:
        command = [self._programs / name, *arguments]
        subprocess.run(command, user=self._user, cwd=self._place, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def server(*, is_durable: bool = False) -> Iterator[Server]:
    """Start a server; it is gone afterwards."""
    # It refuses to run as root; Debian's package brings a user for it.
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    place = Path(tempfile.mkdtemp(prefix="kiemtin-postgresql-"))
    shutil.chown(place, user)
    made = Server(place, user, is_durable=is_durable)
    try:
        made.make()
        yield made
    finally:
        made.stop()
        shutil.rmtree(place)


def _programs() -> Path:
    """Return the folder of the newest server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    sys.exit("There is no PostgreSQL server: scripts/setup-postgresql installs Debian's.")


def main() -> int:
    """Run the command of the command line; returns its status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the server ends with us
    is_durable = sys.argv[1:2] == ["--durable"]
    command = sys.argv[2 if is_durable else 1 :]
    with server(is_durable=is_durable) as made:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": made.address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
