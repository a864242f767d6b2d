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


@contextmanager
def server(*, is_durable: bool = False) -> Iterator[str]:
    """Start a server with a database `kiemtin` in it; yields the address of that."""
    programs = _programs()
    # A server refuses to run as root; Debian's package brings a user for it.
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    place = Path(tempfile.mkdtemp(prefix="kiemtin-postgresql-"))
    shutil.chown(place, user)

    def run(name: str, *arguments: str) -> None:
        subprocess.run([programs / name, *arguments], user=user, cwd=place, check=True, stdout=subprocess.DEVNULL)

    options = ["listen_addresses=", f"unix_socket_directories={place}", "max_connections=200"]
    options += [] if is_durable else _HASTY
    try:
        run("initdb", "-D", f"{place}/data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        given = " ".join(f"-c {option}" for option in options)
        run("pg_ctl", "-D", f"{place}/data", "-l", f"{place}/log", "-o", given, "-w", "start")
        try:
            run("createdb", "-h", str(place), "-U", "postgres", "kiemtin")
            yield f"postgresql://postgres@/kiemtin?host={place}"
        finally:
            run("pg_ctl", "-D", f"{place}/data", "-m", "immediate", "-w", "stop")
    finally:
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
    with server(is_durable=is_durable) as address:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
