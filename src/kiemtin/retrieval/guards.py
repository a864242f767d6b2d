"""Guards: what differs between a message and a check, so that the check must not be sent as the answer unasked."""

from __future__ import annotations

from kiemtin.retrieval.facts import Facts, facts
from kiemtin.retrieval.records import Guard, Record
from kiemtin.retrieval.text import Analysis, fold, tokenise

FEWEST_WORDS = 4
"""A message of fewer words can mean too many things for an automatic answer."""


def message_guards(analysis: Analysis) -> tuple[Guard, ...]:
    """Guards that lie in the message alone."""
    if analysis.links and len(analysis.words) < FEWEST_WORDS:
        return (Guard.LINK_ONLY,)
    if len(analysis.words) < FEWEST_WORDS:
        return (Guard.TOO_SHORT,)
    return ()


def _counts_differ(message: Facts, check: Facts) -> bool:
    """Whether both count the same unit and agree on no value of it."""
    units = {u for u, _ in message.counts} & {u for u, _ in check.counts}
    return any(
        not {v for u, v in message.counts if u == unit} & {v for u, v in check.counts if u == unit} for unit in units
    )


def _names_differ(message: Facts, check: Facts, message_words: set[str], check_words: set[str]) -> bool:
    """Whether the claim names someone or something that the message does not, and the message names another."""
    missing = [n for n in check.names if not set(n.split()) & message_words]
    foreign = [n for n in message.names if not set(n.split()) & check_words]
    return bool(check.names) and len(missing) == len(check.names) and bool(foreign)


def _negation_differs(message: Facts, check: Facts, message_words: set[str], check_words: set[str]) -> bool:
    """Whether one side denies a word that the other side states."""
    denied = message.negated - check.negated
    stated = check.negated - message.negated
    return bool(denied & check_words) or bool(stated & message_words)


def check_guards(text: str, record: Record) -> tuple[Guard, ...]:
    """Compare the part of the message that matched with the claim of the check.

    Numbers, dates and amounts are looked for in everything that the record says; names and negation in its claim.
    """
    message = facts(text)
    whole = facts(" . ".join((record.title, record.text, *record.wordings)))
    claim_text = record.title or record.text
    claim = facts(claim_text)
    message_words = set(fold(" ".join(tokenise(text.lower()))).split())
    claim_words = set(fold(" ".join(tokenise(claim_text.lower()))).split())
    everything = set(fold(" ".join(tokenise(" ".join((record.title, record.text, *record.wordings)).lower()))).split())
    found = {
        Guard.NUMBERS: _counts_differ(message, whole),
        Guard.DATES: bool(message.dates and whole.dates) and not message.dates & whole.dates,
        Guard.AMOUNTS: bool(message.amounts and whole.amounts) and not message.amounts & whole.amounts,
        Guard.NAMES: _names_differ(message, claim, message_words, everything),
        Guard.NEGATION: _negation_differs(message, claim, message_words, claim_words),
    }
    return tuple(guard for guard, differs in found.items() if differs)
