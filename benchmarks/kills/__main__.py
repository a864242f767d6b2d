"""Kill, compare, keep the raw figures as JSON."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
from pathlib import Path

from benchmarks.kills.run import Plan, Run
from benchmarks.scale.__main__ import setup


def main() -> None:
    """Read the options and run; status 1 if something was lost or done twice."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=Plan.kills)
    parser.add_argument("--every", type=int, default=Plan.every, help="kills between two comparisons")
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--folder", type=Path, help="an empty folder to keep, instead of a temporary one")
    parser.add_argument("--out", type=Path, help="raw figures")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that its servers end with this process
    database = "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
    made = {**setup(), "command": "python -m benchmarks.kills " + " ".join(sys.argv[1:]), "database": database}
    plan = Plan(kills=given.kills, every=given.every, seed=given.seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        result = {"setup": made | {"seed": given.seed}, **Run(folder.absolute(), plan).do()}
    text = json.dumps(result, indent=1, ensure_ascii=False)
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(text + "\n", encoding="utf-8")
    print(text)
    sys.exit(1 if result["wrong"] else 0)


if __name__ == "__main__":
    main()
