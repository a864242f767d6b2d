"""Publishes a fact-check for each line of its input: `python -m benchmarks.desk.publishing FOLDER COUNT`.

Everything up to the approval is done before the first line is read. What it prints is JSON: `ready`, then for each
publication the claim, and by the clock that all processes of a machine share when it began and when it was stored.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from pathlib import Path

from benchmarks.desk.size import use


def main() -> None:
    """Prepare, then publish on demand."""
    use(Path(sys.argv[1]))
    from benchmarks.desk.people import EMAIL, SLUG  # noqa: PLC0415  (Django must be set up before)
    from benchmarks.scale import texts  # noqa: PLC0415
    from kiemtin.accounts.models import Desk, User  # noqa: PLC0415
    from kiemtin.checks.actions.approve import approve  # noqa: PLC0415
    from kiemtin.checks.actions.publish import publish  # noqa: PLC0415
    from kiemtin.checks.actions.save_draft import save_draft  # noqa: PLC0415
    from kiemtin.checks.actions.start_fact_check import start_fact_check  # noqa: PLC0415
    from kiemtin.checks.actions.submit import submit  # noqa: PLC0415
    from kiemtin.checks.draft import DraftContent, SourceContent  # noqa: PLC0415
    from kiemtin.checks.models import FactCheck  # noqa: PLC0415

    desk, editor = Desk.objects.get(slug=SLUG), User.objects.get(email=EMAIL.format("duyet"))
    checker = User.objects.get(email=EMAIL.format(0))
    sources = tuple(
        SourceContent(
            title=f"Báo cáo {at}",
            url=f"https://nguon-{at}.example/",
            publisher="Viện Đo Lường",
            kind="primary",
            interest="independent",
            shows="Số liệu gốc khác với tin.",
            accessed=dt.date(2026, 11, 20),
        )
        for at in (1, 2)
    )
    ready, first = [], 8 * texts.STRANGERS + FactCheck.objects.count()  # texts that nobody has published
    for title, text in map(texts.parted, texts.documents(int(sys.argv[2]), first=first)):
        row = start_fact_check(desk=desk, by=checker)
        content = DraftContent(
            claim=f"{title} {text}"[:250],
            verdict="false",
            summary="Không đúng.",
            body=text,
            topic="health",
            sources=sources,
        )
        row = save_draft(fact_check=row, by=checker, version=row.version, content=content)
        row = submit(fact_check=row, by=checker, version=row.version)
        ready.append(approve(fact_check=row, by=editor, version=row.version))
    print(json.dumps({"ready": len(ready)}), flush=True)
    for row, _ in zip(ready, sys.stdin, strict=False):
        began = time.monotonic()
        publish(fact_check=row, by=editor)
        told = {"check": row.pk, "claim": row.claim, "began": began, "stored": time.monotonic()}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
