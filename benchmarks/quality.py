"""Matching quality on every set: runs `kiemtin eval --json` once a row, keeps the raw JSON, prints a Markdown table.

    python -m benchmarks.quality DATA… [--out benchmarks/results/quality.json]

DATA are folders that hold the BEIR folders named in `ROWS`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROWS: list[tuple[str, str, tuple[str, ...]]] = [
    ("checkthat-2020-2-en", "test", ()),
    ("checkthat-2020-2-en", "test", ("--no-encoder",)),
    ("checkthat-2020-2-en", "test", ("--no-encoder", "--fields", "words", "--no-absent")),
    ("checkthat-2021-2a-en", "test", ()),
    ("checkthat-2021-2a-en", "test", ("--no-encoder",)),
    ("checkthat-2021-2a-en", "test", ("--no-encoder", "--fields", "words", "--no-absent")),
    ("xquad-vi", "test", ("--no-absent",)),
    ("xquad-vi", "test", ("--no-absent", "--strip-diacritics")),
    ("xquad-vi", "test", ("--no-absent", "--nfd")),
    ("xquad-vi", "test", ("--no-absent", "--other-tones")),
    ("xquad-vi", "test", ("--no-absent", "--no-encoder")),
    ("xquad-vi", "test", ("--no-absent", "--no-encoder", "--fields", "words")),
    ("vicov19qa-vi", "dev", ("--no-absent",)),
    ("vicov19qa-vi", "dev", ("--no-absent", "--strip-diacritics")),
    ("vicov19qa-vi", "dev", ("--no-absent", "--no-encoder")),
    ("vicov19qa-vi", "dev", ("--no-absent", "--no-encoder", "--fields", "words")),
    ("xquad-vi-en", "test", ("--no-absent",)),
    ("kiemtin-vi", "test", ()),
    ("kiemtin-vi", "test", ("--strip-diacritics",)),
    ("kiemtin-vi", "test", ("--no-encoder",)),
    ("kiemtin-vi-en", "test", ("--no-absent",)),
]


HEAD = (
    "| set | MAP@5 | MRR | P@1 | R@5 | R@20 | answer precision | coverage | false answers | ms a query |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


def find(folders: list[Path], name: str) -> Path:
    """Return the folder called `name` below one of `folders`."""
    for folder in folders:
        if (folder / name).is_dir():
            return folder / name
    sys.exit(f"no folder {name} in {', '.join(map(str, folders))}")


def measure(folder: Path, split: str, options: tuple[str, ...]) -> dict[str, object]:
    """Run one row as a user would."""
    command = [str(Path(sys.executable).parent / "kiemtin"), "--lang", "en", "eval", str(folder), "--split", split]
    with tempfile.TemporaryDirectory() as scratch:
        run = ["--json", "--run-file", str(Path(scratch) / "x.run"), *options]
        done = subprocess.run([*command, *run], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{folder.name} {' '.join(options)}: {done.stderr}")
    row: dict[str, object] = json.loads(done.stdout)
    return {"options": list(options), **row}


def commit() -> str:
    """Return the commit that is measured."""
    done = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def line(row: dict[str, object]) -> str:
    """Return one row of the Markdown table."""
    keys = ("map@5", "mrr", "p@1", "recall@5", "recall@20", "answer_precision", "answer_coverage", "false_answer_rate")
    values = [f"{row[k]:.4f}" if isinstance(row.get(k), float) else "–" for k in keys]
    options = [o for o in row["options"] if o != "--no-absent"]  # type: ignore[attr-defined]
    name = f"{row['dataset']} {row['split']} {' '.join(options)}".strip()
    return f"| {name} | {' | '.join(values)} | {row['ms_per_query']:.0f} |"


def main() -> None:
    """Measure every row."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality")
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/quality.json"))
    arguments = parser.parse_args()
    print("\n".join(HEAD))
    rows = []
    for name, split, options in ROWS:
        rows.append(measure(find(arguments.data, name), split, options))
        print(line(rows[-1]), flush=True)
    made = {"commit": commit(), "date": datetime.now(UTC).date().isoformat(), "cores": os.cpu_count()}
    command = "python -m benchmarks.quality DATA…"
    arguments.out.write_text(json.dumps({"command": command, **made, "rows": rows}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
