"""One check of the sample library (a `SLUG.json`) to the content of a fact-check in each of its languages."""

from __future__ import annotations

from dataclasses import dataclass

from kiemtin.checks.completeness import gaps
from kiemtin.checks.draft import DraftContent, SourceContent
from kiemtin.exchange.exceptions import SampleError
from kiemtin.exchange.mapping import values

LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Sample:
    """One check; its slug is the `work` that the versions share."""

    slug: str
    contents: dict[str, DraftContent]


def to_sample(check: object) -> Sample:
    """Map one check.

    Raises
    ------
    SampleError
        It has no slug, or could not be published in one of its languages as it is.
    """
    slug = values.text(check.get("slug")) if isinstance(check, dict) else ""
    if not isinstance(check, dict) or not slug:
        raise SampleError("a check of the sample library has no slug")
    return Sample(slug, {language: _content(check, slug, language) for language in LANGUAGES})


def _content(check: dict[str, object], slug: str, language: str) -> DraftContent:
    try:
        content = DraftContent(
            claim=_localised(check.get("claim"), language),
            verdict=values.text(check.get("verdict")),
            summary=_localised(check.get("summary"), language),
            body=_localised(check.get("body"), language),
            topic=values.text(check.get("topic")),
            wordings=_wordings(check.get("wordings"), language),
            sources=_sources(check.get("sources"), language),
        ).cleaned()
    except ValueError as error:
        raise SampleError(f"sample {slug}: {error}") from error
    if found := gaps(content, is_correction=False):
        raise SampleError(f"sample {slug} ({language}) has gaps: {', '.join(found)}")
    return content


def _localised(value: object, language: str) -> str:
    """Return a text with its line ends, which a body needs."""
    found = value.get(language) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def _wordings(value: object, language: str) -> tuple[str, ...]:
    found = value.get(language) if isinstance(value, dict) else None
    return tuple(filter(None, map(values.text, found))) if isinstance(found, list) else ()


def _sources(value: object, language: str) -> tuple[SourceContent, ...]:
    return tuple(_source(one, language) for one in value if isinstance(one, dict)) if isinstance(value, list) else ()


def _source(source: dict[str, object], language: str) -> SourceContent:
    return SourceContent(
        title=values.text(source.get("title")),
        publisher=values.text(source.get("publisher")),
        url=values.address(source.get("url")),
        kind=values.text(source.get("kind")),
        interest=values.text(source.get("interest")),
        shows=_localised(source.get("shows"), language),
        accessed=values.date(source.get("accessed")),
    )
