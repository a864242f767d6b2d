"""Runs harnesses in turn, each in a process of its own: `python -m fuzz [--seconds 60] [NAME …]`.

What coverage found stays in `.fuzz/corpus`, so that the next run goes on from there; inputs that broke something lie in
`.fuzz/found`, and a line for each run in `.fuzz/runs.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from fuzz.harness import SEEDS, Harness
from fuzz.registry import HARNESSES

WORK = Path(".fuzz")
SLOWEST = 25
"""Seconds that one input may take."""
MEMORY = 2_048
"""Megabytes that the process may hold."""
_STATUS = re.compile(r"^#\d+\s.*?cov: (\d+) ft: (\d+) corp: (\d+)/", re.MULTILINE)
_COUNT = re.compile(r"stat::number_of_executed_units:\s+(\d+)")


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a run; `cpu` in seconds, `edges` of coverage, `finding` the file that broke something."""

    name: str
    cpu: float
    executions: int
    edges: int
    corpus: int
    finding: str = ""


def run(harness: Harness, seconds: int) -> Ran:
    """Fuzz one harness for some seconds, or until something breaks."""
    corpus, found = WORK / "corpus" / harness.name, WORK / "found"
    for place in (corpus, found):
        place.mkdir(parents=True, exist_ok=True)
    words = WORK / f"{harness.name}.words"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in harness.words), encoding="ascii")
    limits = (f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}")
    options = ["-print_final_stats=1", f"-artifact_prefix={found}/{harness.name}-"]
    if harness.words:
        options.append(f"-dict={words}")
    command = [sys.executable, "-m", "fuzz.one", harness.name, *options, *limits]
    command += [str(corpus), str(SEEDS / harness.name)]
    environment = os.environ | {"KIEMTIN_FUZZ_LIBRARIES": " ".join(harness.libraries)}
    before = _cpu()
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    told = (done.stdout + done.stderr).decode("utf-8", errors="replace")
    (WORK / f"{harness.name}.log").write_text(told, encoding="utf-8")
    status = _STATUS.findall(told)
    edges, _, size = map(int, status[-1]) if status else (0, 0, 0)
    count = _COUNT.search(told)
    finding = next(iter(re.findall(r"Test unit written to (\S+)", told)), "")
    if done.returncode and not finding:
        finding = f"exit status {done.returncode}, see {WORK / harness.name}.log"
    return Ran(harness.name, round(_cpu() - before, 1), int(count[1]) if count else 0, edges, size, finding)


def _escaped(word: bytes) -> str:
    return "".join(chr(one) if 32 <= one < 127 and one not in b'"\\' else f"\\x{one:02x}" for one in word)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Run; exit status 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m fuzz")
    parser.add_argument("--seconds", type=int, default=60, help="for each harness")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(HARNESSES))
    options = parser.parse_args()
    if unknown := set(options.names) - set(HARNESSES):
        parser.error(f"no such harness: {', '.join(sorted(unknown))}")
    os.nice(10)
    findings = 0
    for name in options.names or HARNESSES:
        ran = run(HARNESSES[name], options.seconds)
        findings += bool(ran.finding)
        with (WORK / "runs.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps({"at": time.strftime("%Y-%m-%d"), **asdict(ran)}) + "\n")
        print(f"{name:17} {ran.executions:>9,} inputs {ran.edges:>6} edges {ran.cpu:>7} s  {ran.finding or 'ok'}")
        sys.stdout.flush()
    return bool(findings)


if __name__ == "__main__":
    sys.exit(main())
