"""Import a large DataFeed with the real command: `python -m benchmarks.imports`.

One run from beginning to end; on smaller feeds one that `kill -9` ends half way and that is started again, and one with
the encoder; and a plain import of the same feed beside them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.imports.feed import write_feed
from benchmarks.imports.report import markdown
from benchmarks.imports.watched import ROWS, Watched, run
from benchmarks.scale.__main__ import setup


def stored(data: Path) -> tuple[int, str]:
    """Return how many reviews are stored, and a hash over their keys and contents."""
    digest, count = hashlib.sha256(), 0
    with closing(sqlite3.connect(data / "kiemtin.sqlite3")) as connection:
        for row in connection.execute("SELECT key, digest FROM checks_externalreview ORDER BY key"):
            digest.update(repr(row).encode())
            count += 1
    return count, digest.hexdigest()


def whole(data: Path, feed: Path, reviews: int, *options: str) -> dict[str, Any]:
    """Import all of it, and tell the two halves of the work apart: the database, and the index."""
    watched = run(data, feed, *options)
    turn = watched.first(r"^Index: 0 /")
    if turn is None:
        raise RuntimeError("the command did not come to the index")
    started = next(line.seconds for line in watched.lines if ROWS.search(line.text))
    return {
        "reviews": reviews,
        "seconds": watched.seconds,
        "database_seconds": turn.seconds,
        "index_seconds": round(watched.seconds - turn.seconds, 2),
        "processor": watched.processor,
        "database_processor": round(turn.processor, 2),
        "index_processor": round(watched.processor - turn.processor, 2),
        "database_peak_mb": watched.peak(0, turn.seconds),
        "index_peak_mb": watched.peak(turn.seconds, watched.seconds),
        "database_memory": _samples(watched, started, turn.seconds),
        "index_memory": _samples(watched, turn.seconds, watched.seconds),
        "progress_lines": len(watched.lines),
    }


def _samples(watched: Watched, start: float, end: float) -> list[tuple[float, float]]:
    """Return seconds and MB at ten moments between two."""
    inside = [one for one in watched.memory if start <= one[0] <= end]
    return inside[:: max(1, len(inside) // 10)]


def killed(data: Path, feed: Path, reviews: int) -> dict[str, Any]:
    """Kill an import half way, start it again, and let it go on to the end of the database's part."""
    undisturbed = run(data.with_name("undisturbed"), feed, "--no-encoder", stop_at_index=True)
    first = run(data, feed, "--no-encoder", kill_at_rows=reviews // 2)
    before = stored(data)[0]
    second = run(data, feed, "--no-encoder", stop_at_index=True)
    again = next(line for line in second.lines if ROWS.search(line.text))
    turn = second.first(r"^Index:")
    count, digest = stored(data)
    return {
        "reviews": reviews,
        "undisturbed_seconds": undisturbed.seconds,
        "killed_after_seconds": first.seconds,
        "stored_when_killed": before,
        "seconds_until_new_rows": again.seconds,
        "seconds_of_second_run": turn.seconds if turn else second.seconds,
        "peak_mb": max(first.peak(0, first.seconds), second.peak(0, second.seconds)),
        "stored": count,
        "equal": (count, digest) == stored(data.with_name("undisturbed")),
    }


def peer(feed: Path, folder: Path) -> dict[str, Any]:
    """Run the plain import in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.imports.peer", str(feed), str(folder / "peer.sqlite3")]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def measure(reviews: int, killed_at: int, encoded: int, folder: Path, out: Path) -> dict[str, Any]:
    """Run everything, writing what is known after each part."""
    feed, middle, small = (folder / f"{name}.json" for name in ("feed", "middle", "small"))
    result: dict[str, Any] = {"setup": setup() | {"command": "python -m benchmarks.imports " + " ".join(sys.argv[1:])}}
    result["feed_bytes"] = write_feed(feed, reviews)
    write_feed(middle, killed_at)
    write_feed(small, encoded)
    parts = {
        "peer": lambda: peer(feed, folder),
        "no_encoder": lambda: whole(folder / "whole", feed, reviews, "--no-encoder"),
        "encoder": lambda: whole(folder / "encoded", small, encoded),
        "killed": lambda: killed(folder / "killed", middle, killed_at),
    }
    for name, part in parts.items():
        result[name] = part()
        out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return result


def main() -> None:
    """Measure and write the raw figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imports", description=__doc__)
    parser.add_argument("--reviews", type=int, default=300_000)
    parser.add_argument("--killed", type=int, default=60_000, help="reviews of the run that is killed")
    parser.add_argument("--encoded", type=int, default=1_000, help="reviews of the run with the encoder")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/imports.json"), help="raw figures")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(options.reviews, options.killed, options.encoded, Path(folder), options.out)
    print(markdown(result))


if __name__ == "__main__":
    main()
