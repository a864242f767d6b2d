"""Whether every acknowledged question is there, and counted once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db.models import Count, F, Sum

from benchmarks.kills.journal import DONE, Entry
from kiemtin.audit.models import Event
from kiemtin.checks.models import ExternalReview, FactCheck, Revision
from kiemtin.questions.counters import counters
from kiemtin.questions.digest import digest_of, readable
from kiemtin.questions.models import Case, Message, Picture, Reply, ReplyAddress, Request


def rows() -> dict[str, int]:
    """Return how many rows there are of what grows."""
    models = (Request, Message, Case, Picture, ReplyAddress, Reply, FactCheck, Revision, ExternalReview, Event)
    return {model.__name__: model._default_manager.count() for model in models}


def asked(journal: Sequence[Entry]) -> Iterator[str]:
    """Look for each acknowledged question under its code, with its text; and for its picture."""
    stored = dict(Request.objects.values_list("code", "message__digest"))
    for entry in journal:
        if entry.stage == DONE and entry.what == "ask":
            text = entry["text"]
            if entry["code"] not in stored:
                yield f"the question {entry['code']} is lost"
            elif stored[entry["code"]] != digest_of(readable(text), raw=text):
                yield f"the question {entry['code']} has another text"
    pictures = set(Picture.objects.values_list("code", flat=True))
    for entry in journal:
        if entry.stage == DONE and entry.what == "picture" and entry["code"] not in pictures:
            yield f"the picture {entry['code']} is lost"
    yield from _askers(journal)


def _askers(journal: Sequence[Entry]) -> Iterator[str]:
    """Nobody asked twice: who asked again, because no answer came, has one question all the same."""
    codes: dict[tuple[int, str], set[str]] = {}
    for entry in journal:
        if entry.stage == DONE and entry.what == "ask":
            codes.setdefault((entry["asker"], entry["text"]), set()).add(entry["code"])
    for (asker, _), found in codes.items():
        if len(found) > 1:
            yield f"asker {asker} has {len(found)} codes for one text"
    tried = Counter(digest_of(readable(entry["text"]), raw=entry["text"]) for entry in _first_tries(journal))
    for digest, count in Message.objects.annotate(count=Count("requests")).values_list("digest", "count"):
        if digest in tried and count > tried[digest]:
            yield f"message {digest[:8]} has {count} requests of {tried[digest]} askers"


def _first_tries(journal: Sequence[Entry]) -> Iterator[Entry]:
    seen = set()
    for entry in journal:
        if entry.stage != DONE and entry.what == "ask" and (entry["asker"], entry["text"]) not in seen:
            seen.add((entry["asker"], entry["text"]))
            yield entry


def counted() -> Iterator[str]:
    """Look whether each message and case counts what there is."""
    messages = Message.objects.filter(requests__isnull=False).annotate(count=Count("requests"))
    for pk, count in messages.exclude(asked=F("count")).values_list("pk", "count"):
        yield f"message {pk} does not count its {count} requests"
    summed = Message.objects.annotate(days=Sum("demand__count", default=0)).exclude(asked=F("days"))
    for pk in summed.values_list("pk", flat=True):
        yield f"message {pk} has another demand than it was asked"
    for case in Case.objects.all():
        for name, value in counters(case).items():
            there = getattr(case, name)
            is_same = abs(there - float(str(value))) < 1e-6 if name == "heat" else there == value
            if not is_same:
                yield f"case {case.pk}: {name} is {there}, not {value}"


def addresses(journal: Sequence[Entry]) -> Iterator[str]:
    """Look whether each address that was left is there."""
    kept = set(ReplyAddress.objects.values_list("request__code", flat=True))
    for entry in journal:
        if entry.stage == DONE and entry.what == "address" and entry["code"] not in kept:
            yield f"the address of {entry['code']} is lost"
