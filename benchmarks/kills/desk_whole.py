"""Whether drafts and decisions are there, each once; and the logs, the imports and the database whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.models import Count

from benchmarks.kills.importing import ROWS, urls
from benchmarks.kills.journal import DONE, TRIED, Entry
from kiemtin.audit.models import Event, LogEntry
from kiemtin.audit.publiclog.stored import latest_head, next_index
from kiemtin.checks.models import ExternalReview, FactCheck, Revision
from kiemtin.checks.workflow import RULES, Action
from kiemtin.questions.enums import CaseState
from kiemtin.questions.models import Case

_MANY = frozenset({"decide-match"})  # a no is said of all matches that ask the same: one event each


def drafts(journal: Sequence[Entry]) -> Iterator[str]:
    """Look whether each draft is the last that was acknowledged, or one that was tried after it."""
    allowed: dict[str, list[str]] = defaultdict(list)
    for entry in journal:
        if entry.what == "draft":
            if entry.stage == DONE:
                allowed[entry["check"]] = allowed[entry["check"]][-1:]  # tried just before
            else:
                allowed[entry["check"]].append(entry["body"])
    acknowledged = {entry["check"] for entry in journal if entry.what == "draft" and entry.stage == DONE}
    stored = dict(FactCheck.objects.values_list("pk", "body"))
    for check in acknowledged:
        if stored.get(int(check), "").strip() not in allowed[check]:
            yield f"the draft of check {check} is {stored.get(int(check), '')!r}, not one of {allowed[check]}"


def deeds(journal: Sequence[Entry]) -> Iterator[str]:
    """Look whether the log has one event for each deed: no fewer than were acknowledged, no more than were tried."""
    counts: dict[str, Counter[tuple[str, str]]] = {DONE: Counter(), TRIED: Counter()}
    verbs = {action.value: RULES[action].verb for action in Action if RULES[action].verb}
    for entry in journal:
        if entry.what in verbs:
            counts[entry.stage][entry.what, entry["object"]] += 1
    begun = max((entry["event"] for entry in journal if entry.what == "begun"), default=0)
    since = Event.objects.filter(pk__gt=begun).exclude(verb="check.started", object_type="fact-check")  # its case tells
    told = since.values_list("verb", "object_id", "detail")
    events = Counter((verb, str(detail.get("match", number))) for verb, number, detail in told)
    for (action, number), tried in counts[TRIED].items():
        done, there = counts[DONE][action, number], events[verbs[action], number]
        if there < done:
            yield f"{action} of {number}: acknowledged {done} times, logged {there} times"
        if there > tried and action not in _MANY:
            yield f"{action} of {number}: tried {tried} times, logged {there} times"


def published() -> Iterator[str]:
    """Look whether what was published and declined is in both logs once, and signed."""
    revisions: Counter[str] = Counter(str(pk) for pk in Revision.objects.values_list("fact_check", flat=True))
    public = Event.objects.filter(verb__in=("check.published", "check.withdrawn"))
    if (logged := Counter(public.values_list("object_id", flat=True))) != revisions:
        for number in revisions.keys() | logged.keys():
            if revisions[number] != logged[number] and not _is_sample(number):
                yield f"check {number}: {revisions[number]} revisions, {logged[number]} events"
    about = Counter(LogEntry.objects.filter(about__startswith="check/").values_list("about", flat=True))
    for check, number in Revision.objects.values_list("fact_check", "number"):
        if about[f"check/{check}/{number}"] != 1:
            yield f"check {check}, version {number}: {about[f'check/{check}/{number}']} entries in the public log"
    declined = Counter(LogEntry.objects.filter(about__startswith="case/").values_list("about", flat=True))
    for pk in Case.objects.filter(state=CaseState.DECLINED).values_list("pk", flat=True):
        if declined[f"case/{pk}"] != 1:
            yield f"case {pk}: {declined[f'case/{pk}']} entries in the public log"
    head = latest_head()
    if (head.size if head else 0) != next_index():
        yield f"of {next_index()} entries {head.size if head else 0} are signed"


def _is_sample(number: str) -> bool:
    return not Event.objects.filter(verb="check.started", object_id=number).exists()


def imported(journal: Sequence[Entry]) -> Iterator[str]:
    """Look whether each file that was acknowledged is there, once; and its rows before it was."""
    rows = Counter(ExternalReview.objects.filter(url__startswith="http://file.example/").values_list("url", flat=True))
    for url, count in rows.items():
        if count != 1:
            yield f"{url} is there {count} times"
    for entry in journal:
        if entry.stage == DONE and entry.what in ("rows", "import"):
            acknowledged = entry["rows"] if entry.what == "rows" else ROWS
            if missing := urls(entry["file"], acknowledged) - rows.keys():
                yield f"of file {entry['file']} {len(missing)} of {acknowledged} acknowledged rows are lost"
    doubled = ExternalReview.objects.values("key").annotate(count=Count("pk")).filter(count__gt=1)
    for key in doubled.values_list("key", flat=True):
        yield f"the review {key} is there twice"


def database() -> Iterator[str]:
    """Let the database look through itself, where it can."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if (found := cursor.fetchall()) != [("ok",)]:
                yield f"SQLite: {found[:3]}"
            cursor.execute("PRAGMA foreign_key_check")
            if found := cursor.fetchall():
                yield f"SQLite, foreign keys: {found[:3]}"
