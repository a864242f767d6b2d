"""Compare what is stored with what was acknowledged: `python -m benchmarks.kills.compare JOURNAL MAILS`.

To be run while nothing writes. Prints what is wrong, one sentence each, and what was counted, as JSON.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path


def main() -> None:
    """Compare and print."""
    import django  # noqa: PLC0415  (set up first)

    django.setup()
    from benchmarks.kills import desk_whole, index_whole, questions_whole, replies_whole  # noqa: PLC0415
    from benchmarks.kills.journal import read  # noqa: PLC0415

    journal = read(Path(sys.argv[1]))
    mails: Counter[str] = Counter(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
    checks: tuple[Callable[[], Iterator[str]], ...] = (
        lambda: questions_whole.asked(journal),
        questions_whole.counted,
        lambda: questions_whole.addresses(journal),
        lambda: desk_whole.drafts(journal),
        lambda: desk_whole.deeds(journal),
        desk_whole.published,
        lambda: desk_whole.imported(journal),
        lambda: replies_whole.sent(mails),
        replies_whole.told,
        desk_whole.database,
        index_whole.indexes,
    )
    wrong = [sentence for check in checks for sentence in check()]
    print(json.dumps({"wrong": wrong, "rows": questions_whole.rows()}, ensure_ascii=False))


if __name__ == "__main__":
    main()
