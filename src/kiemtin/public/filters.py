"""What a reader narrows the list of checks down to; it all stands in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.text import Truncator

from kiemtin.checks.enums import Topic, Verdict
from kiemtin.checks.models import FactCheck
from kiemtin.public.pages import LANGUAGES

LONGEST = 500
"""Characters of a search that are looked at; a whole message goes into the field for asking."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Words to look for, and what a check must have; empty means any. What is not known is passed over."""

    q: str = ""
    topic: str = ""
    verdict: str = ""
    language: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Filter:
        """Read an address."""

        def known(name: str, values: object) -> str:
            value = query.get(name, "")
            return value if value in tuple(values) else ""  # type: ignore[arg-type]

        words = " ".join(query.get("q", "").replace("\0", " ").split())
        return cls(
            q=Truncator(words).chars(LONGEST, truncate=""),
            topic=known("topic", Topic.values),
            verdict=known("verdict", Verdict.values),
            language=known("language", LANGUAGES),
        )

    @property
    def is_empty(self) -> bool:
        """Whether it leaves everything in."""
        return self == Filter()

    def fits(self, fact_check: FactCheck) -> bool:
        """Whether a check has what is asked for, by all but the words."""
        latest = fact_check.latest
        if latest is None:
            return False
        pairs = ((self.topic, latest.topic), (self.verdict, latest.verdict), (self.language, fact_check.language))
        return all(not wanted or wanted == there for wanted, there in pairs)

    def query(self, **changes: str) -> str:
        """Return the end of the address, with `?`, for this filter with something changed."""
        told = replace(self, **changes)
        fields = {"q": told.q, "topic": told.topic, "verdict": told.verdict, "language": told.language}
        pairs = {name: value for name, value in fields.items() if value}
        return f"?{urlencode(pairs)}" if pairs else ""
