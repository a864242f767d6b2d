"""Pictures of checks, drawn once a revision and kept as files in the data folder; what is missing is drawn again."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from kiemtin.audit.outage import if_it_can_be_written
from kiemtin.checks.enums import PublicState, Verdict
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.public.addresses import own_language
from kiemtin.public.caching import site_version
from kiemtin.public.cards import CardContent, Shape, draw_card

SHAPES = {"wide": Shape.WIDE, "square": Shape.SQUARE}


def card(fact_check: FactCheck, revision: Revision, shape: str) -> bytes:
    """Return the picture of a check as PNG, drawn in the check's own language."""
    path = _folder() / f"{fact_check.pk}-r{revision.number}-{shape}-{site_version()}.png"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        picture = draw_card(_content(fact_check, revision), SHAPES[shape])
        with if_it_can_be_written():
            _store(path, picture)
        return picture


def _folder() -> Path:
    return Path(settings.KIEMTIN_DATA) / "cards"


def _store(path: Path, picture: bytes) -> None:
    """Write a file whole or not at all, and let go of those that the same picture had before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(picture)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    check, _, shape, _ = path.name.split("-", 3)
    for old in path.parent.glob(f"{check}-r*-{shape}-*.png"):
        if old != path:
            old.unlink(missing_ok=True)


def _content(fact_check: FactCheck, revision: Revision) -> CardContent:
    with override(own_language(fact_check)):
        verdict = Verdict(revision.verdict)
        is_gone = fact_check.public_state == PublicState.WITHDRAWN
        published = fact_check.published or revision.at
        return CardContent(
            claim=revision.claim,
            verdict="withdrawn" if is_gone else verdict.value,
            verdict_label=gettext("Withdrawn") if is_gone else str(verdict.label),
            verdict_line=_withdrawn_line() if is_gone else str(verdict.definition),
            publisher=fact_check.desk.name,
            address=f"{urlsplit(settings.KIEMTIN_ADDRESS).netloc}/checks/{fact_check.pk}",
            date=_day(published),
            note=_note(fact_check, revision),
        )


def _withdrawn_line() -> str:
    return gettext("The desk no longer stands by this fact-check and says why.")


def _note(fact_check: FactCheck, revision: Revision) -> str:
    """Return what a reader must know beside the verdict: a picture is passed on without its page."""
    said = [gettext("Sample content")] if fact_check.desk.is_sample else []
    if fact_check.public_state == PublicState.CORRECTED:
        said.append(gettext("Corrected on %(date)s") % {"date": _day(revision.at)})
    if fact_check.public_state == PublicState.WITHDRAWN:
        said.append(gettext("Withdrawn on %(date)s") % {"date": _day(revision.at)})
    return " · ".join(said)


def _day(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), gettext("j F Y"), use_l10n=False)
