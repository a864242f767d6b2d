"""How long after a publication the answer comes from another machine: `python -m benchmarks.desk.following`.

Two servers stand for two machines: one database on PostgreSQL, an index of its own each. What is published at the first
is asked at the second again and again, by a new connection and a new asker each time, until each of a row of answers in
turn has it: so each of its web processes must know. Run it under `python -m tests.postgresql --durable`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.desk.client import Client
from benchmarks.desk.latency import summary
from benchmarks.desk.questions import questions
from benchmarks.desk.server import KIEMTIN, Serving
from benchmarks.desk.size import CARD, Size
from benchmarks.scale.__main__ import setup

WEBS = 2
IN_TURN = 4 * WEBS
"""Answers one after the other that must have it."""

LONGEST = 60.0  # seconds after which a publication counts as not found
_PAUSE = 0.02  # seconds between two questions
_BETWEEN = (0.3, 1.7)  # seconds between two publications, so that they fall anywhere in the rounds of the workers
_SIZE = Size(cases=200, messages=1_000, requests=1_500, checks=300, samples=False)
_askers = itertools.count(1)


@contextmanager
def machine(data: Path, index: Path) -> Iterator[int]:
    """Serve as a machine with an index of its own; yields the port."""
    command = [str(KIEMTIN), "serve", "--port", "PORT", "--workers", str(WEBS)]
    told = {"KIEMTIN_DATA": str(data), "KIEMTIN_INDEX": str(index), "KIEMTIN_PROXIES": "1", "KIEMTIN_ADDRESS": ""}
    with Serving(command, told) as serving:
        yield serving.port


def measure(data: Path, indexes: tuple[Path, Path], count: int, load: float) -> dict[str, Any]:
    """Publish `count` times; `load` questions a second come to the second machine meanwhile."""
    card = json.loads((data / CARD).read_text(encoding="utf-8"))
    stop = threading.Event()
    with machine(data, indexes[0]), machine(data, indexes[1]) as port, _publisher(data, indexes[0], count) as publish:
        for _ in range(3 * IN_TURN):  # each web process has loaded its encoder and opened its index
            _ask(port, "Tin này có thật không, mọi người ơi")
        crowd = threading.Thread(target=_crowd, args=(port, card, load, stop))
        crowd.start()
        chance = random.Random(1)
        rows = []
        for _ in range(count):
            time.sleep(chance.uniform(*_BETWEEN))
            rows.append(_found(port, publish()))
        stop.set()
        crowd.join()
    found = [row for row in rows if row["last_ms"] is not None]
    return {
        "load": load,
        "missed": len(rows) - len(found),
        **{name: summary([row[f"{name}_ms"] for row in found]) for name in ("first", "last", "publishing")},
        "rows": rows,
    }


@contextmanager
def _publisher(data: Path, index: Path, count: int) -> Iterator[Any]:
    command = [sys.executable, "-m", "benchmarks.desk.publishing", str(data), str(count)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=os.environ | {"KIEMTIN_INDEX": str(index)}, **pipes) as process:

        def line() -> Any:  # noqa: ANN401  (JSON)
            return json.loads(process.stdout.readline())  # type: ignore[union-attr]

        def publish() -> Any:  # noqa: ANN401
            process.stdin.write("\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            return line()

        line()
        yield publish
        process.stdin.close()  # type: ignore[union-attr]


def _found(port: int, told: dict[str, Any]) -> dict[str, Any]:
    """Ask until all in turn have the check: milliseconds from when it was stored to the first that has it, for good."""
    row: dict[str, Any] = {
        "publishing_ms": round(1000 * (told["stored"] - told["began"]), 1),
        "first_ms": None,
        "last_ms": None,
    }
    since, in_turn, asked = 0.0, 0, 0
    while in_turn < IN_TURN and time.monotonic() - told["stored"] < LONGEST:
        answer = _ask(port, told["claim"])
        now, asked = time.monotonic(), asked + 1
        if told["claim"] in _claims(answer):
            row["first_ms"] = row["first_ms"] or round(1000 * (now - told["stored"]), 1)
            since = since or now
            in_turn += 1
        else:
            since, in_turn = 0.0, 0
        time.sleep(_PAUSE)
    if in_turn >= IN_TURN:
        row["last_ms"] = round(1000 * (since - told["stored"]), 1)
    return row | {"asked": asked}


def _claims(answer: dict[str, Any]) -> list[str]:
    found = [answer["answer"], *(choice["finding"] for choice in answer["choices"])]
    return [one["claim"] for one in found if one]


def _ask(port: int, text: str) -> dict[str, Any]:
    number = next(_askers)
    headers = {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}
    client = Client(port, compressed=False)
    reply = client.post_json("/api/v1/questions", {"text": text}, headers)
    client.close()
    answer: dict[str, Any] = json.loads(reply.body)
    return answer


def _crowd(port: int, card: dict[str, Any], load: float, stop: threading.Event) -> None:
    """Ask what nobody has asked, so many times a second."""
    supply = questions(card)
    while load and not stop.wait(1 / load):
        _ask(port, next(supply.generated))


def markdown(result: dict[str, Any]) -> str:
    """Return set-up and table."""
    setup_ = result["setup"]
    return "\n".join(
        [
            f"{setup_['cpu']}, {setup_['cores']} cores, {setup_['memory_gb']} GB, Python {setup_['python']}; "
            f"commit {setup_['commit']}; {setup_['date']}; load of the machine before: {setup_['load_before'][0]:.1f}",
            "",
            f"`{setup_['command']}`",
            "",
            "| questions a second beside it | p50, ms | p95, ms | max, ms | publications | not found |",
            "| --- | --- | --- | --- | --- | --- |",
            *map(_line, result["runs"]),
        ]
    )


def _line(run: dict[str, Any]) -> str:
    cells = [f"{run['last'][name]:,.0f}" for name in ("p50_ms", "p95_ms", "max_ms")]
    return f"| {run['load']:g} | {' | '.join(cells)} | {run['last']['count']} | {run['missed']} |"


def main() -> None:
    """Fill, measure without and with a crowd, keep the raw figures as JSON and print them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk.following", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/following.json"), help="raw figures")
    parser.add_argument("--count", type=int, default=30, help="publications")
    parser.add_argument("--loads", default="0,5", help="questions a second beside them, one run for each")
    given = parser.parse_args()
    if "DATABASE_URL" not in os.environ:
        parser.error("several machines share a database of PostgreSQL: set DATABASE_URL")
    made = {**setup(), "command": f"python -m benchmarks.desk.following {' '.join(sys.argv[1:])}".strip()}
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        data, indexes = place / "data", (place / "first", place / "second")
        os.environ["KIEMTIN_INDEX"] = str(indexes[0])
        subprocess.run(
            [sys.executable, "-m", "benchmarks.desk.fill", str(data), json.dumps(_SIZE.as_json())], check=True
        )
        subprocess.run(["cp", "-r", indexes[0], indexes[1]], check=True)
        runs = [measure(data, indexes, given.count, float(load)) for load in given.loads.split(",")]
    given.out.write_text(json.dumps({"setup": made, "size": _SIZE.as_json(), "runs": runs}, indent=1) + "\n")
    for run in runs:
        print(json.dumps({name: value for name, value in run.items() if name != "rows"}))


if __name__ == "__main__":
    main()
