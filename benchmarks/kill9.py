"""`kill -9` at random moments of an import, then the import again: nothing may be lost or doubled.

    .venv/bin/python benchmarks/kill9.py --runs 20 --rows 10000 --out benchmarks/results/kill9.json

Each run imports the same generated file into a data folder of its own with the real command line, kills it after a
random time, looks at what the database holds, imports again to the end, and compares database and index with an
import that nobody disturbed. Acknowledged is what the program had said to have stored when it was killed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from kiemtin.retrieval import Index, Record

KIEMTIN = Path(sys.executable).with_name("kiemtin")
_ACKNOWLEDGED = re.compile(r"checks\.ndjson: .*?(\d+) rows")


@dataclass(frozen=True)
class State:
    """What is stored: reviews (without row ids and times), rows done, records of the index and what it counted."""

    reviews: tuple[tuple[object, ...], ...]
    position: int
    records: tuple[Record | None, ...]
    index: tuple[object, ...]


@dataclass(frozen=True)
class Run:
    """One kill. `killed` is False if the import was done before its moment came."""

    moment_seconds: float
    killed: bool
    phase: str
    acknowledged_rows: int
    stored_rows: int
    lost: int
    doubled: int
    equal: bool


def generate(path: Path, rows: int) -> None:
    """Write a file of ClaimReviews, one in fifty of them broken."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            file.write("broken\n" if number % 50 == 49 else json.dumps(_review(number), ensure_ascii=False) + "\n")


def _review(number: int) -> dict[str, object]:
    return {
        "@type": "ClaimReview",
        "url": f"https://example.org/{number}",
        "claimReviewed": f"Tin đồn số {number} về việc {number % 97} và {number * 7 % 1013}",
        "author": {"@type": "Organization", "name": "Báo Kiểm"},
        "reviewRating": {"@type": "Rating", "alternateName": "Sai"},
        "reviewBody": "Không có bằng chứng nào cho điều này. " * 4,
    }


def start(data: Path, file: Path) -> subprocess.Popen[str]:
    """Start the import of a file as its user would."""
    environment = os.environ | {"KIEMTIN_DATA": str(data), "KIEMTIN_LANG": "en"}
    command = [str(KIEMTIN), "import", "--no-encoder", str(file)]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for an import to end; return what it said."""
    _, said = process.communicate()
    if process.returncode not in (0, 1):
        raise RuntimeError(f"the import ended with {process.returncode}: {said}")
    return said


def kill_after(process: subprocess.Popen[str], seconds: float) -> tuple[bool, str]:
    """Kill the import after a time; return whether it was still running, and what it had said."""
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        _, said = process.communicate()
        return True, said
    return False, said


def look(data: Path) -> State:
    """Read what is stored, without the program's own commands."""
    database = data / "kiemtin.sqlite3"
    if not database.exists():
        return State((), 0, (), ())
    with closing(sqlite3.connect(database)) as connection:
        try:
            return _look(connection, data)
        except sqlite3.OperationalError:  # killed before the tables were made
            return State((), 0, (), ())


def _look(connection: sqlite3.Connection, data: Path) -> State:
    columns = [row[1] for row in connection.execute("PRAGMA table_info(checks_externalreview)")]
    wanted = ", ".join(name for name in columns if name not in ("id", "created", "updated"))
    reviews = tuple(connection.execute(f"SELECT key, {wanted} FROM checks_externalreview ORDER BY key, id"))
    position = connection.execute("SELECT coalesce(max(position), 0) FROM exchange_importrun").fetchone()[0]
    if not (data / "index" / "manifest.json").exists():
        return State(reviews, position, (), ())
    manifest = json.loads((data / "index" / "manifest.json").read_text(encoding="utf-8"))
    counted = tuple(str(manifest[name]) for name in ("mark", "records", "lengths"))
    with Index.open(data / "index", encoder=None) as index:
        return State(reviews, position, tuple(index.get(str(row[0])) for row in reviews), counted)


def one_run(file: Path, reference: State, seconds: float, data: Path) -> Run:
    """Kill one import after so many seconds, import again, compare."""
    killed, said = kill_after(start(data, file), seconds)
    acknowledged = max((int(rows) for rows in _ACKNOWLEDGED.findall(said)), default=0)
    found = look(data)
    finish(start(data, file))
    after = look(data)
    keys = [row[0] for row in after.reviews]
    return Run(
        moment_seconds=round(seconds, 3),
        killed=killed,
        phase="index" if "Index" in said else "database" if acknowledged else "start",
        acknowledged_rows=acknowledged,
        stored_rows=found.position,
        lost=max(0, acknowledged - found.position) + len({r[0] for r in found.reviews} - set(keys)),
        doubled=len(keys) - len(set(keys)),
        equal=after == reference,
    )


def measure(runs: int, rows: int, seed: int, folder: Path) -> tuple[float, list[Run]]:
    """Return how long an undisturbed import takes, in seconds, and the runs."""
    file = folder / "checks.ndjson"
    generate(file, rows)
    began = time.perf_counter()
    finish(start(folder / "reference", file))
    whole = time.perf_counter() - began
    reference = look(folder / "reference")
    moments = random.Random(seed)
    found: list[Run] = []
    while sum(run.killed for run in found) < runs and len(found) < 3 * runs:  # some moments come too late to kill
        found.append(one_run(file, reference, moments.uniform(0.1, whole), folder / f"run-{len(found)}"))
    return whole, found


def main() -> None:
    """Measure and write the raw figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        whole, runs = measure(given.runs, given.rows, given.seed, Path(folder))
    result = {
        "benchmark": "kill9",
        "rows": given.rows,
        "seed": given.seed,
        "seconds_undisturbed": round(whole, 2),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "killed": sum(run.killed for run in runs),
        "lost": sum(run.lost for run in runs),
        "doubled": sum(run.doubled for run in runs),
        "equal": sum(run.equal for run in runs),
        "runs": [asdict(run) for run in runs],
    }
    text = json.dumps(result, indent=1, ensure_ascii=False)
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(text + "\n", encoding="utf-8")
    print(text)
    sys.exit(0 if all(run.equal and not run.lost and not run.doubled for run in runs) else 1)


if __name__ == "__main__":
    main()
