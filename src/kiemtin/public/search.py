"""The search: the same matching core that answers messages, asked for more than the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiemtin.checks.published import public_checks
from kiemtin.matching.ask import NO_MARK, Found
from kiemtin.matching.exceptions import MessageError
from kiemtin.matching.finding import Finding
from kiemtin.matching.live import live_library
from kiemtin.public.filters import Filter

_CANDIDATES = 60

# What counts as found, seen on the sample library: words in common weigh at least so much with the best, and with
# another at least this share of the best; or the vectors are this near; or it may well be the answer.
_SAME_WORDS, _SHARE, _SAME_SENSE, _LIKELY = 0.4, 0.35, 0.42, 0.05


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found, best first; `failed` if there is no index to ask yet."""

    found: tuple[Finding, ...] = ()
    failed: bool = False


def search(wanted: Filter, *, limit: int = _CANDIDATES) -> Hits:
    """Look for checks by words, ours and those of other publishers; a topic or verdict leaves only ours."""
    try:
        reply = live_library().ask(wanted.q, limit=_CANDIDATES)
    except MessageError:
        return Hits()  # nothing that words could be found in
    if reply.mark == NO_MARK:
        return Hits(failed=public_checks().exists())
    near = (found.finding for found in _near(reply.found) if _fits(wanted, found.finding))
    return Hits(tuple(near)[:limit])


def _near(found: Sequence[Found]) -> list[Found]:
    """Leave out what has nothing to do with the words: the vectors propose something for any of them."""
    shares = [one.match.signals.get("words", 0.0) for one in found]
    most = max(shares, default=0.0)
    least = most * _SHARE if most >= _SAME_WORDS else float("inf")
    return [one for one, share in zip(found, shares, strict=True) if share >= least or _is_near(one)]


def _is_near(one: Found) -> bool:
    match = one.match
    near = match.signals.get("centred", 0.0) >= _SAME_SENSE
    return near or match.near_copy or match.probability >= _LIKELY


def _fits(wanted: Filter, finding: Finding) -> bool:
    if finding.fact_check is not None:
        return wanted.fits(finding.fact_check)
    return not wanted.topic and not wanted.verdict and wanted.language in ("", finding.language)
