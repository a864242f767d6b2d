"""Fill a data folder, serve it, let a bad day come over it, and then worse: `python -m benchmarks.load`."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.desk import load as closed
from benchmarks.desk import server
from benchmarks.desk.questions import REAL
from benchmarks.desk.size import CARD, Size
from benchmarks.load.mailbox import Mailbox
from benchmarks.load.memory import Watch
from benchmarks.load.pictures import screenshot
from benchmarks.load.report import markdown
from benchmarks.scale.__main__ import setup

_PICTURES = 40
_CONNECTIONS = 8
_PEER_SECONDS = 5.0
_SLACK = 240.0  # seconds for warming up, finding the rate, and coming to rest
_STEPS = 15  # on the way to the break
_DELIVERY = 60.0  # seconds after the crowd is gone that mails may still come


def measure(data: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Fill the folder if it is not full yet, and measure."""
    made = {**setup(), "command": _command(given)}
    size = Size(**json.loads(given.size)) if given.size else Size()
    if not (data / CARD).exists():
        began = time.perf_counter()
        _module("benchmarks.desk.fill", str(data), json.dumps(size.as_json()))
        print(f"filled in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    card = json.loads((data / CARD).read_text(encoding="utf-8"))
    staff = json.loads(_module("benchmarks.load.staff", str(data)))
    result = {"setup": made, "database": given.database.partition(":")[0] or "sqlite", "rows": card["rows"]}
    with tempfile.TemporaryDirectory() as pictures:
        _draw(Path(pictures))
        told = {"seconds": given.seconds, "rate": given.rate, "step": given.step, "break": not given.no_break}
        result |= _product(data, staff | told | {"pictures": pictures})
    return result | {"peers": _peers()}


def _command(given: argparse.Namespace) -> str:
    """Write down how it was called, without what is this machine's own."""
    told = " ".join(["python -m benchmarks.load", *sys.argv[1:]])
    return told.replace(str(given.data), "FOLDER").replace(given.database or "\0", "postgresql://…")


def _product(data: Path, told: dict[str, Any]) -> dict[str, Any]:
    with Mailbox() as mailbox, server.product(data, worker=True, mail=mailbox.address) as serving:
        with Watch(serving) as watch:
            found = _crowd(told | {"port": serving.port})
        steady = found["steady"]
        left, published = found.pop("left"), steady["published"]
        until = time.monotonic() + _DELIVERY
        while (told_now := mailbox.told(left, told["rumours"], published))["told"] < told_now["waited"]:
            if time.monotonic() > until:
                break
            time.sleep(0.5)
        return found | {"mails": told_now, "memory": watch.between(steady["began"], steady["ended"])}


def _crowd(told: dict[str, Any]) -> dict[str, Any]:
    """Let the second process do its part; it has all the time that its steps take, and no more."""
    command = [sys.executable, "-m", "benchmarks.load.client"]
    most = _SLACK + told["seconds"] + (_STEPS * told["step"] if told["break"] else 0)
    done = subprocess.run(command, input=json.dumps(told), stdout=subprocess.PIPE, text=True, check=True, timeout=most)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _peers() -> dict[str, Any]:
    """Measure one word on the same server, bare and behind the same middleware."""
    plain = [sys.executable, "-m", "benchmarks.load.plain", "PORT", "2"]
    found = {}
    with tempfile.TemporaryDirectory() as empty:
        environment = {"DJANGO_SETTINGS_MODULE": "benchmarks.load.plain_settings", "KIEMTIN_DATA": empty}
        for name, peer in (("bare", server.peer()), ("middleware", server.Serving(plain, environment))):
            with peer as serving:
                pages = closed.pages("/")
                found[name] = closed.measure(serving.port, pages, connections=_CONNECTIONS, seconds=_PEER_SECONDS)
    return found


def _draw(folder: Path) -> None:
    """Draw screenshots of real messages."""
    for number, line in enumerate(REAL.read_text(encoding="utf-8").splitlines()[:_PICTURES]):
        (folder / f"{number:03}.jpg").write_bytes(screenshot(json.loads(line)["text"]))


def _module(name: str, *arguments: str) -> str:
    """Run a part that sets Django up; returns what it prints."""
    command = [sys.executable, "-m", name, *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--data", type=Path, help="fill this folder, or use it as it is, instead of a temporary one")
    parser.add_argument("--size", help="how much it is filled with, as JSON (benchmarks/desk/size.py)")
    parser.add_argument("--database", default="", help="DATABASE_URL of another database than SQLite")
    parser.add_argument("--seconds", type=float, default=900.0, help="how long the bad day lasts")
    parser.add_argument(
        "--rate", type=float, default=0.0, help="questions a second; half of what is possible unless given"
    )
    parser.add_argument("--step", type=float, default=30.0, help="seconds at each rate on the way to the break")
    parser.add_argument("--no-break", action="store_true", help="leave out what comes after the bad day")
    parser.add_argument("--out", type=Path, help="raw figures")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server ends with this process
    if given.database:
        os.environ["DATABASE_URL"] = given.database
    with tempfile.TemporaryDirectory() as temporary:
        result = measure((given.data or Path(temporary) / "data").absolute(), given)
    kind = "sqlite" if result["database"] == "sqlite" else "postgresql"
    out = given.out or Path(f"benchmarks/results/load-{kind}.json")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(markdown(result))


if __name__ == "__main__":
    main()
