"""How long the worker takes to find a case for a new message: `python -m benchmarks.desk.settling FOLDER [COUNT]`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.desk.latency import summary
from benchmarks.desk.questions import questions
from benchmarks.desk.size import CARD, use


def measure(card: dict[str, Any], count: int) -> dict[str, Any]:
    """Ask new texts and near copies of known ones, then settle as many as wait, one by one, as the worker does.

    What waits already, from a run without a worker, comes first: it is of the same kind.
    """
    from kiemtin.matching.live import live  # noqa: PLC0415  (Django must be set up before)
    from kiemtin.questions.actions.ask import ask  # noqa: PLC0415
    from kiemtin.questions.actions.settle import settle  # noqa: PLC0415
    from kiemtin.questions.shelf import MESSAGES  # noqa: PLC0415

    supply, search = questions(card), live().search(MESSAGES)
    for at in range(count):
        text = next(supply.generated) if at % 2 else f"{next(supply.known)} {next(supply.generated)[:20]}"
        asked = ask(text=text, channel="web", language="vi", asker="", library=live().library)
        type(asked.message).objects.filter(pk=asked.message.pk).update(due=asked.message.first_asked)
    taken: list[float] = []
    joined = 0
    for _ in range(count):
        began = time.perf_counter()
        done = settle(messages=search, limit=1)
        taken.append(1000 * (time.perf_counter() - began))
        joined += done.joined
    return {**summary(taken), "joined": joined, "per_minute": round(60_000 * len(taken) / sum(taken))}


def main() -> None:
    """Measure and print as JSON."""
    data = Path(sys.argv[1]).absolute()
    use(data)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    print(json.dumps(measure(json.loads((data / CARD).read_text(encoding="utf-8")), count)))


if __name__ == "__main__":
    main()
