"""Guards: what differs between a message and a check, so that the check must not be sent as the answer unasked."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from kiemtin.retrieval.facts import Facts, facts
from kiemtin.retrieval.records import Guard, Record
from kiemtin.retrieval.text import Analysis, fold, tokenise
from kiemtin.retrieval.text.filler import telling

FEWEST_WORDS = 4
"""A message of fewer words can mean too many things for an automatic answer."""


_KEPT = 2_048  # texts of late whose facts are at hand: a message is compared with many checks

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+|[;]")


def message_guards(analysis: Analysis) -> tuple[Guard, ...]:
    """Guards that lie in the message alone. Beside a link, words that only ask about it do not count."""
    if analysis.links and len(telling(analysis.words)) < FEWEST_WORDS:
        return (Guard.LINK_ONLY,)
    if len(analysis.words) < FEWEST_WORDS:
        return (Guard.TOO_SHORT,)
    return ()


class _Whole:
    """All that a record says, read only if the claim by itself does not settle it."""

    def __init__(self, record: Record) -> None:
        self.text = " . ".join((record.title, record.text, *record.wordings))

    @cached_property
    def facts(self) -> Facts:
        return _facts(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        return _words(self.text)


def _counts_differ(message: Facts, claim: Facts, whole: _Whole) -> bool:
    """Whether message and claim count the same unit, and no value of the message stands anywhere in the record."""
    units = {u for u, _ in message.counts} & {u for u, _ in claim.counts}
    return any(
        not {v for u, v in message.counts if u == unit} & {v for u, v in whole.facts.counts if u == unit}
        for unit in units
    )


def _names_differ(message: Facts, claim: Facts, message_words: frozenset[str], whole: _Whole) -> bool:
    """Whether the claim names only what the message does not name, and the message names something else."""
    if not claim.names or any(set(n.split()) & message_words for n in claim.names):
        return False
    return any(not set(n.split()) & whole.words for n in message.names)


def _negation_differs(message: Facts, claim: Facts, message_words: frozenset[str], claim_words: frozenset[str]) -> bool:
    """Whether one side denies a word that the other side states."""
    denied = message.negated - claim.negated
    stated = claim.negated - message.negated
    return bool(denied & claim_words) or bool(stated & message_words)


def _nearest_sentence(text: str, claim_words: frozenset[str]) -> str:
    """Return the sentence that shares most words with the claim: elsewhere a message may deny what it likes."""
    sentences = [s for s in _SENTENCE.split(text) if s.strip()]
    return max(sentences, key=lambda s: len(_words(s) & claim_words), default=text)


@lru_cache(_KEPT)
def _words(text: str) -> frozenset[str]:
    return frozenset(fold(" ".join(tokenise(text.lower()))).split())


_facts = lru_cache(_KEPT)(facts)


def check_guards(text: str, record: Record) -> tuple[Guard, ...]:
    """Compare the part of the message that matched with the claim of the check.

    A number, date, amount or name forbids an automatic answer only if the claim itself states another one, and nothing
    else in the record states the message's: in a scam the sum is a detail, and every copy has its own.
    """
    claim_text = record.title or record.text
    message, claim, whole = _facts(text), _facts(claim_text), _Whole(record)
    message_words, claim_words = _words(text), _words(claim_text)
    near = _nearest_sentence(text, claim_words)
    found = {
        Guard.NUMBERS: _counts_differ(message, claim, whole),
        Guard.DATES: bool(message.dates and claim.dates) and not message.dates & whole.facts.dates,
        Guard.AMOUNTS: bool(message.amounts and claim.amounts) and not message.amounts & whole.facts.amounts,
        Guard.NAMES: _names_differ(message, claim, message_words, whole),
        Guard.NEGATION: _negation_differs(_facts(near), claim, _words(near), claim_words),
    }
    return tuple(guard for guard, differs in found.items() if differs)
