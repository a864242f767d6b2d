"""Measure our masking and vipii's on the labelled messages: `python -m benchmarks.masking`.

Recall and precision are counts and the same in every run. Times are of the processor, of both in turns in one run; only
their ratio is worth comparing between machines.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import subprocess
import time
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.masking.corpus import LANGUAGES, SPLITS, Row, read
from benchmarks.masking.maskers import ours, vipii
from benchmarks.masking.measure import Masker, measure

OUT = Path(__file__).parents[1] / "results" / "masking.json"
ROUNDS = 5


def main() -> None:
    """Measure and write the raw figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--split", choices=SPLITS, action="append", help="only this part")
    options = parser.parse_args()
    maskers: dict[str, Masker] = {"kiemtin": ours}
    versions = {}
    if importlib.util.find_spec("vipii"):
        versions["vipii"], maskers["vipii"] = vipii()
    else:
        print("vipii is not installed: pip install vipii")
    parts: dict[str, Any] = {}
    for split in options.split or SPLITS:
        rows = read(split)
        for lang in LANGUAGES:
            chosen = [row for row in rows if row.lang == lang]
            figures = {name: measure(chosen, masker).json() for name, masker in maskers.items()}
            parts[f"{split}-{lang}"] = {"messages": len(chosen), "maskers": figures}
    rows = [row for split in options.split or SPLITS for row in read(split)]
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    result = {
        "commit": commit.stdout.strip(),
        "date": date.today().isoformat(),
        "versions": versions,
        "parts": parts,
        "times": times(rows, maskers),
    }
    options.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def times(rows: list[Row], maskers: dict[str, Masker]) -> dict[str, Any]:
    """Give milliseconds a message: of each masker the median of several rounds, in turns; the ratio to ours."""
    for masker in maskers.values():
        for row in rows[:50]:
            masker(row.text)
    taken: dict[str, list[float]] = {name: [] for name in maskers}
    for _ in range(ROUNDS):
        for name, masker in maskers.items():
            start = time.process_time()
            for row in rows:
                masker(row.text)
            taken[name].append((time.process_time() - start) * 1000 / len(rows))
    medians = {name: round(statistics.median(values), 3) for name, values in taken.items()}
    ratios = {name: round(value / medians["kiemtin"], 2) for name, value in medians.items()}
    return {"messages": len(rows), "rounds": ROUNDS, "ms_a_message": medians, "ratio": ratios}


if __name__ == "__main__":
    main()
