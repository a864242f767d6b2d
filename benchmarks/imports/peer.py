"""A plain import of the same feed: ijson and sqlite3, in batches, without checks: `python -m benchmarks.imports.peer`.

It takes the same fields as they stand, knows a review by its address, and writes with the same settings of SQLite and
the same batches. It cleans no text and no date, keeps no position, no log and no change numbers, skips nothing that is
broken, and makes no index.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import ijson

from benchmarks.scale.measure import memory

BATCH = 500
_TABLE = """CREATE TABLE review (url TEXT PRIMARY KEY, publisher TEXT, site TEXT, claim TEXT, summary TEXT, rating TEXT,
value TEXT, published TEXT, licence TEXT)"""


def load(feed: Path, database: Path) -> int:
    """Load the feed; returns how many reviews are in the table."""
    with closing(sqlite3.connect(database)) as connection, feed.open("rb") as file:
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        connection.execute(_TABLE)
        rows = _rows(ijson.items(file, "dataFeedElement.item", use_float=True))
        while batch := list(islice(rows, BATCH)):
            with connection:
                connection.executemany("INSERT OR REPLACE INTO review VALUES (?,?,?,?,?,?,?,?,?)", batch)
        return int(connection.execute("SELECT count(*) FROM review").fetchone()[0])


def _rows(items: Iterator[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    for item in items:
        review = item["item"][0]
        author, rating = review["author"], review["reviewRating"]
        yield (
            review["url"],
            author["name"],
            author["url"],
            review["claimReviewed"],
            review["reviewBody"],
            rating["alternateName"],
            rating["ratingValue"],
            review["datePublished"],
            review["sdLicense"],
        )


def main() -> None:
    """Load and print what it took."""
    start = time.perf_counter()
    count = load(Path(sys.argv[1]), Path(sys.argv[2]))
    seconds = round(time.perf_counter() - start, 2)
    print(json.dumps({"reviews": count, "seconds": seconds, "processor": round(time.process_time(), 2), **memory()}))


if __name__ == "__main__":
    main()
