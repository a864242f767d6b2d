"""Fill a data folder: `python -m benchmarks.desk.fill FOLDER [SIZE]`, SIZE as JSON (see `size.Size`)."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.desk.size import CARD, Size, use

_KNOWN = 600  # texts that are asked again
_SEARCHES = 200


def fill(size: Size) -> dict[str, Any]:
    """Fill the data folder that Django is set up on; return what the measurements need to know of it."""
    import numpy as np  # noqa: PLC0415  (Django must be set up before its models are imported)

    from benchmarks.desk import asked, cases, indexes, library, people, traces  # noqa: PLC0415
    from kiemtin.config.errors import opened  # noqa: PLC0415

    rng = np.random.default_rng(1)
    began = time.perf_counter()
    opened()
    cast = people.make()
    made = cases.make(size, cast, rng)
    cases.publish(made, library.make(size, cast, made, rng))
    traces.make(cast, made, asked.make(size, made, rng, datetime.now(UTC)), rng)
    rows_s = round(time.perf_counter() - began, 1)
    indexed = indexes.make()
    return {
        "size": size.as_json(),
        "rows": _rows(),
        "rows_s": rows_s,
        "index": indexed,
        "slug": cast.desk.slug,
        "email": cast.checkers[0].email,
        "password": cast.password,
        **_places(),
    }


def _rows() -> dict[str, int]:
    """Count the rows of every table that has some."""
    from django.apps import apps  # noqa: PLC0415

    names = ("accounts", "audit", "checks", "questions")
    counts = {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in names
    }
    return {name: count for name, count in counts.items() if count}


def _places() -> dict[str, Any]:
    """Return what is opened and what is asked again."""
    from kiemtin.checks.enums import Stage  # noqa: PLC0415
    from kiemtin.checks.models import FactCheck  # noqa: PLC0415
    from kiemtin.public.addresses import check_path  # noqa: PLC0415
    from kiemtin.questions.digest import readable  # noqa: PLC0415
    from kiemtin.questions.enums import CaseState  # noqa: PLC0415
    from kiemtin.questions.models import Case, Message  # noqa: PLC0415

    open_ones = Message.objects.filter(case__state=CaseState.OPEN).order_by("-asked", "pk")[:_KNOWN]
    decided = Message.objects.filter(case__state=CaseState.PUBLISHED).order_by("-asked", "pk")[:_KNOWN]
    titles = Case.objects.order_by("pk").values_list("title", flat=True)[:_SEARCHES]
    drafts = FactCheck.objects.filter(stage=Stage.DRAFT, case__isnull=False).order_by("pk")
    checks = FactCheck.objects.select_related("latest").filter(latest__isnull=False).order_by("pk")
    return {
        "case": Case.objects.order_by("-messages_count").values_list("pk", flat=True)[0],
        "draft": drafts.values_list("pk", flat=True)[0],
        "checks": [check_path(check, check.language) for check in checks],
        "searches": [" ".join(title.split()[1:4]) for title in titles],
        "known": [row.text for row in open_ones if readable(row.text) == row.text],
        "decided": [row.text for row in decided if readable(row.text) == row.text],
    }


def main() -> None:
    """Fill, and write the card last: a folder without one is not full."""
    data = Path(sys.argv[1]).absolute()
    size = Size(**json.loads(sys.argv[2])) if len(sys.argv) > 2 else Size()
    use(data)
    card = fill(size)
    (data / CARD).write_text(json.dumps(card, ensure_ascii=False), encoding="utf-8")
    (data / CARD).chmod(0o600)
    told = {name: card[name] for name in ("rows", "rows_s", "index")}
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
