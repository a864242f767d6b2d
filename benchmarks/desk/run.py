"""One run of everything on a full data folder."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.desk import latency, load, probes, server
from benchmarks.desk.client import Client
from benchmarks.desk.questions import questions

CONNECTIONS = (8, 32)
NEW_SHARE = 0.05
_CATCH_UP = 100.0  # seconds that the worker may take to have nothing left to do
_WARM_UP = 20  # questions, so that both web processes have loaded their encoder


@dataclass(frozen=True)
class Limits:
    """How much is measured: `count` requests a page, `seconds` a throughput."""

    count: int = 100
    seconds: float = 10.0
    settled: int = 60

    @property
    def budget(self) -> float:
        """Seconds that one page may take."""
        return 2 * self.seconds


def run(data: Path, card: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Return all figures of one run."""
    return {
        "with_worker": product(data, card, limits, worker=True),
        "without_worker": product(data, card, limits, worker=False),
        "peer": peer(limits),
        "queries": _apart("queries", data),
        "settle": _apart("settling", data, str(limits.settled)),
    }


def product(data: Path, card: dict[str, Any], limits: Limits, *, worker: bool) -> dict[str, Any]:
    """Measure the product; without its worker only what the worker would disturb."""
    found: dict[str, Any] = {"load_before": os.getloadavg()}
    with server.product(data, worker=worker) as serving:
        client, texts = Client(serving.port), questions(card)
        client.sign_in(card["email"], card["password"])
        _warm(serving.port, texts)
        found["memory_before"] = serving.memory()
        _say("latencies")
        asked = probes.ask_probes(Client(serving.port), texts)
        read = [*probes.desk_probes(client, card), *probes.public_probes(Client(serving.port), card, data)]
        every = [*read, *asked] if worker else asked
        found["latency"] = latency.measure(every, count=limits.count, budget=limits.budget, processor=serving.processor)
        if worker:
            found["caught_up_s"] = _caught_up(data)
        _say("throughput")
        found["load"] = {
            name: [load.measure(serving.port, one, connections=many, seconds=limits.seconds) for many in CONNECTIONS]
            for name, one in (
                ("front page", load.pages("/")),
                ("check", load.pages(card["checks"][-1])),
                ("ask, 5 % new", load.asks(texts, NEW_SHARE)),
            )
        }
        found["memory_after"] = serving.memory()
        if worker:
            found["caught_up_after_load_s"] = _caught_up(data)
    return found


def peer(limits: Limits) -> dict[str, Any]:
    """Measure the bare application with the same client."""
    _say("peer")
    with server.peer() as serving:
        bare = Client(serving.port)
        probe = probes.Probe("hello", lambda: {"all": probes._timed(lambda: bare.get("/"))})
        return {
            "latency": latency.measure([probe], count=limits.count, budget=limits.budget, processor=serving.processor),
            "load": [
                load.measure(serving.port, load.pages("/"), connections=many, seconds=limits.seconds)
                for many in CONNECTIONS
            ],
            "memory": serving.memory(),
        }


def _warm(port: int, texts: Any) -> None:  # noqa: ANN401  (Questions)
    """Ask on connections of their own, so that each web process has had its turn."""
    for _ in range(_WARM_UP):
        client = Client(port)
        client.post("/ask/", {"text": next(texts.generated), "website": ""}, next(texts.askers))
        client.get("/")


def _caught_up(data: Path) -> float | None:
    """Wait until the worker has settled all that is due; return the seconds that took, None if it took too long."""
    began = time.perf_counter()
    while time.perf_counter() - began < _CATCH_UP:
        with closing(sqlite3.connect(data / "kiemtin.sqlite3", timeout=30)) as database:
            statement = "SELECT count(*) FROM questions_message WHERE NOT settled AND due <= datetime('now')"
            if not database.execute(statement).fetchone()[0]:
                return round(time.perf_counter() - began, 1)
        time.sleep(0.5)
    return None


def _apart(module: str, data: Path, *arguments: str) -> dict[str, Any]:
    """Run a part that needs Django in a process of its own."""
    _say(module)
    command = [sys.executable, "-m", f"benchmarks.desk.{module}", str(data), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or ["?"])[-1]}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
