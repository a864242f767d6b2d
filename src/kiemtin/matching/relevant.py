"""What of a search has to do with its words: vectors propose something for any of them."""

from __future__ import annotations

from collections.abc import Sequence

from kiemtin.retrieval import Match

# Seen on the sample library: words in common weigh at least so much with the best, and with another at least this
# share of the best; or the vectors are this near; or it may well be the same.
_SAME_WORDS, _SHARE, _SAME_SENSE, _LIKELY = 0.4, 0.35, 0.42, 0.05


def relevant(matches: Sequence[Match]) -> list[Match]:
    """Return those that a person who typed a few words would call found, in their order."""
    shares = [match.signals.get("words", 0.0) for match in matches]
    most = max(shares, default=0.0)
    least = most * _SHARE if most >= _SAME_WORDS else float("inf")
    return [match for match, share in zip(matches, shares, strict=True) if share >= least or _is_near(match)]


def _is_near(match: Match) -> bool:
    is_same_sense = match.signals.get("centred", 0.0) >= _SAME_SENSE
    return is_same_sense or match.near_copy or match.probability >= _LIKELY
