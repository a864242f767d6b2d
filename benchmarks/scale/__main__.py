"""Run every stage at every size, keep the raw figures as JSON and print them as Markdown."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.scale import texts
from benchmarks.scale.report import markdown
from benchmarks.scale.stage import STAGES

LIMIT = 2 * 3600
"""Seconds that one stage may take."""


def setup() -> dict[str, Any]:
    """Describe machine, versions and code."""
    cpu = next((line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), "")
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    changed = subprocess.run(["git", "status", "--short", "src"], capture_output=True, text=True, check=False).stdout
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit + (" with changes" if changed.strip() else ""),
        "command": "python -m benchmarks.scale " + " ".join(sys.argv[1:]),
        "cpu": cpu.partition(":")[2].strip(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "python": platform.python_version(),
        "seed": texts.SEED,
        "load_before": os.getloadavg(),
    }


def run(name: str, size: int, folder: Path) -> dict[str, Any]:
    """Run one stage in a process of its own; a failure becomes part of the result."""
    print(f"{datetime.now(UTC):%H:%M:%S} {size:>9,} {name}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "benchmarks.scale.stage", name, str(size), str(folder)]
    start = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return {"error": f"took longer than {LIMIT} seconds"}
    except subprocess.CalledProcessError as error:
        return {"error": error.stderr.strip().splitlines()[-1:] or [f"exit status {error.returncode}"]}
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {**result, "stage_seconds": round(time.perf_counter() - start, 1)}


def measure_all(sizes: list[int], stages: list[str], folder: Path, out: Path) -> dict[str, Any]:
    """Run the stages at each size, writing what is known after each."""
    folder.mkdir(parents=True, exist_ok=True)
    result: dict[str, Any] = {"setup": setup(), "inputs": run("inputs", max(sizes), folder), "sizes": {}}
    for size in sizes:
        shutil.rmtree(folder / str(size), ignore_errors=True)
        result["sizes"][str(size)] = {}
        for name in stages:
            result["sizes"][str(size)][name] = run(name, size, folder)
            out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
        shutil.rmtree(folder / str(size), ignore_errors=True)
    return result


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000", help="numbers of documents, with commas")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/scale.json"), help="raw figures")
    parser.add_argument("--folder", type=Path, help="work here (6 GB for a million) instead of a temporary folder")
    parser.add_argument("--only", help="names of stages, with commas; build and messages come by themselves")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    wanted = set(options.only.split(",")) | {"messages", "build"} if options.only else set(STAGES)
    stages = [name for name in STAGES if name in wanted and name != "inputs"]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        result = measure_all(sizes, stages, options.folder or Path(temporary), options.out)
    print(markdown(result))
    if any("error" in stage for of_size in result["sizes"].values() for stage in of_size.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
