"""One check of the sample library (a `SLUG.json`) to a `Review` in each of its languages."""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext, override

from kiemtin.checks.enums import Verdict
from kiemtin.checks.review import Review, Source
from kiemtin.exchange.mapping import values
from kiemtin.exchange.rows import Fault, RowError

LANGUAGES = ("vi", "en")
_SOURCE_FIELDS = ("title", "publisher", "kind", "interest", "accessed")


def to_reviews(check: dict[str, object]) -> tuple[Review, ...]:
    """Map one check; all languages share its slug as `work`.

    Raises
    ------
    RowError
        Slug, verdict, or the claim or summary in one of the languages is missing.
    """
    return tuple(_review(check, language) for language in LANGUAGES)


def _review(check: dict[str, object], language: str) -> Review:
    slug = values.text(check.get("slug"))
    with override(language):
        publisher, rating = gettext("Kiểm Tin (sample library)"), str(_verdict(check).label)
    return Review(
        key=f"sample:{_required(slug)}:{language}",
        publisher_name=publisher,
        claim=_required(_localised(check.get("claim"), language)),
        summary=_required(_localised(check.get("summary"), language)),
        wordings=_wordings(check.get("wordings"), language),
        rating=rating,
        language=language,
        published=values.date(check.get("reviewed")),
        licence=values.text(check.get("licence"), limit=1000),
        sources=_sources(check.get("sources"), language),
        work=slug,
        sample=True,
    )


def _required(text: str) -> str:
    if not text:
        raise RowError(Fault.NOT_SAMPLE)
    return text


def _verdict(check: dict[str, object]) -> Verdict:
    try:
        return Verdict(values.text(check.get("verdict")))
    except ValueError:
        raise RowError(Fault.NOT_SAMPLE) from None


def _localised(value: object, language: str) -> str:
    return values.text(value.get(language)) if isinstance(value, dict) else ""


def _wordings(value: object, language: str) -> tuple[str, ...]:
    found = value.get(language) if isinstance(value, dict) else None
    return tuple(filter(None, map(values.text, found))) if isinstance(found, list) else ()


def _sources(value: object, language: str) -> tuple[Source, ...]:
    return tuple(_source(one, language) for one in value if isinstance(one, dict)) if isinstance(value, list) else ()


def _source(source: dict[str, object], language: str) -> Source:
    found = {name: values.text(source.get(name)) for name in _SOURCE_FIELDS}
    found["url"] = values.address(source.get("url"))
    found["shows"] = _localised(source.get("shows"), language)
    return cast("Source", {name: value for name, value in found.items() if value})
