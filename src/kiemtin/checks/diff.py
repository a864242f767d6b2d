"""What changed between two versions of a fact-check, field by field, for readers and editors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.checks.completeness import same_page
from kiemtin.checks.draft import DraftContent, SourceContent
from kiemtin.checks.enums import Interest, SourceKind, Topic, Verdict
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.checks.word_diff import Op, Span, elided, word_diff

__all__ = ["FieldDiff", "Op", "Span", "elided", "revision_diff", "source_text", "word_diff"]

Version = FactCheck | Revision | DraftContent
Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """What changed in one field.

    Attributes
    ----------
    field, label
        Its name in `FactCheck`, and for people.
    lines
        The runs of words: one line for a text, one a source or wording for those; unchanged ones are left out.
    """

    field: str
    label: str | Promise
    lines: tuple[Line, ...]


LABELS: dict[str, str | Promise] = {
    "claim": _("Claim"),
    "verdict": _("Verdict"),
    "summary": _("Summary"),
    "body": _("Text"),
    "topic": _("Topic"),
    "sources": _("Sources"),
    "wordings": _("Other wordings"),
}


def revision_diff(before: Version | None, after: Version, *, is_public: bool = False) -> tuple[FieldDiff, ...]:
    """Return what changed from one version to another: changed fields only, in the order of the page.

    Parameters
    ----------
    before
        None: everything is new.
    is_public
        Leave out the wordings, which no page shows.
    """
    old, new = _content(before) if before else DraftContent(), _content(after)
    changed = set(new.changed_from(old)) - ({"wordings"} if is_public else set())
    return tuple(FieldDiff(name, label, _LINES[name](old, new)) for name, label in LABELS.items() if name in changed)


def source_text(source: SourceContent) -> str:
    """Return a source in one line, as it is compared."""
    parts = [source.title, source.publisher, source.url]
    parts += [str(choice) for choice in (_label(SourceKind, source.kind), _label(Interest, source.interest)) if choice]
    parts += [source.shows]
    dates = ((_("read on"), source.accessed), (_("look again on"), source.recheck_on))
    parts += [f"{word} {date_format(day, 'SHORT_DATE_FORMAT')}" for word, day in dates if day]
    return " · ".join(filter(None, parts))


def _content(version: Version) -> DraftContent:
    if isinstance(version, DraftContent):
        return version
    return DraftContent.of_revision(version) if isinstance(version, Revision) else DraftContent.of(version)


def _label(choices: type[Verdict | Topic | SourceKind | Interest], value: str) -> str:
    return str(choices(value).label) if value else ""


def _text(name: str) -> Callable[[DraftContent, DraftContent], tuple[Line, ...]]:
    return lambda old, new: (word_diff(getattr(old, name), getattr(new, name)),)


def _choice(name: str, choices: type[Verdict | Topic]) -> Callable[[DraftContent, DraftContent], tuple[Line, ...]]:
    def lines(old: DraftContent, new: DraftContent) -> tuple[Line, ...]:
        labels = (_label(choices, getattr(content, name)) for content in (old, new))
        return (_replaced(*labels),)

    return lines


def _replaced(old: str, new: str) -> Line:
    """Return a line whose words all changed: half a label in common means nothing."""
    return tuple(Span(op, text) for op, text in ((Op.REMOVED, old), (Op.ADDED, new)) if text)


def _sources(old: DraftContent, new: DraftContent) -> tuple[Line, ...]:
    """Return one line a changed source: those of the same page are compared, and a change of order alone is told."""
    left = list(old.sources)
    lines: list[Line] = []
    for source in new.sources:
        twin = next((one for one in left if same_page(one.url) == same_page(source.url)), None)
        if twin:
            left.remove(twin)
        if twin != source:
            lines.append(word_diff(source_text(twin) if twin else "", source_text(source)))
    lines = [*(word_diff(source_text(source), "") for source in left), *lines]
    return tuple(lines) or _in_order([source.title for source in old.sources], [source.title for source in new.sources])


def _in_order(old: list[str], new: list[str]) -> tuple[Line, ...]:
    return tuple(_replaced(a, b) for a, b in zip_longest(old, new, fillvalue="") if a != b)


def _wordings(old: DraftContent, new: DraftContent) -> tuple[Line, ...]:
    removed = [word_diff(text, "") for text in old.wordings if text not in new.wordings]
    added = [word_diff("", text) for text in new.wordings if text not in old.wordings]
    return tuple(removed + added) or _in_order(list(old.wordings), list(new.wordings))


_LINES: dict[str, Callable[[DraftContent, DraftContent], tuple[Line, ...]]] = {
    "claim": _text("claim"),
    "verdict": _choice("verdict", Verdict),
    "summary": _text("summary"),
    "body": _text("body"),
    "topic": _choice("topic", Topic),
    "sources": _sources,
    "wordings": _wordings,
}
