"""Fill a data folder, measure, keep the raw figures as JSON and print them as Markdown."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.desk.report import markdown
from benchmarks.desk.run import Limits, run
from benchmarks.desk.size import CARD, Size
from benchmarks.scale.__main__ import setup


def measure(data: Path, size: Size, limits: Limits, runs: int) -> dict[str, Any]:
    """Fill the folder if it is not full yet, and measure."""
    if not (data / CARD).exists():
        began = time.perf_counter()
        command = [sys.executable, "-m", "benchmarks.desk.fill", str(data), json.dumps(size.as_json())]
        subprocess.run(command, check=True)
        print(f"filled in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    card = json.loads((data / CARD).read_text(encoding="utf-8"))
    made = {**setup(), "command": "python -m benchmarks.desk"}
    filled = {name: card[name] for name in ("size", "rows", "rows_s", "index")}
    return {"setup": made, "filled": filled, "runs": [run(data, card, limits) for _ in range(runs)]}


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.add_argument("--data", type=Path, help="fill this folder, or use it as it is, instead of a temporary one")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/desk.json"), help="raw figures")
    parser.add_argument("--runs", type=int, default=2, help="how often everything is measured")
    parser.add_argument("--count", type=int, default=Limits.count, help="requests a page")
    parser.add_argument("--seconds", type=float, default=Limits.seconds, help="seconds a throughput")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        data = (given.data or Path(temporary) / "data").absolute()
        result = measure(data, Size(), Limits(given.count, given.seconds), given.runs)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(markdown(result))


if __name__ == "__main__":
    main()
