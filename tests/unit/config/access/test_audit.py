"""Who did what, when, in which desk: told of every write, and of no text that it was about."""

import sys
from functools import wraps
from importlib import import_module
from pathlib import Path

import pytest
from django.utils import timezone

import kiemtin
from kiemtin.audit.models import Event
from tests.unit.config.access.asks import FORMS
from tests.unit.config.access.conftest import asks, fields, place
from tests.unit.config.access.test_api import call

pytestmark = pytest.mark.django_db
ROOT = Path(kiemtin.__file__).parent
TESTS = Path(__file__).parents[3]

# Forms that write nothing of the desk, and why nothing tells of them.
WRITES_NOTHING = {
    "desk:bulk merge": "leads on to the page that asks which into which",
    "desk:page-preview": "shows how a text will look",
}


def new_events(last):
    return list(Event.objects.filter(pk__gt=last).order_by("pk"))


@pytest.fixture
def asking(visitor):
    somebody = visitor("administrator")
    last = Event.objects.latest("pk").pk
    somebody.inspect = lambda: new_events(last)
    return somebody


def test_each_form_of_a_desk_says_what_tells_of_it():
    silent = {label for label, form in FORMS.items() if label.startswith("desk:") and not form.verb}
    assert silent == set(WRITES_NOTHING)


def test_each_form_of_a_desk_is_told_of(asking, corners):
    here, _ = corners
    me, wrong = here.people["administrator"], []
    for label, form in FORMS.items():
        if not label.startswith("desk:") or not form.verb:
            continue
        answer = asking.ask("POST", place(label, form, here, asking.role), fields(form, here, asking.role))
        told = [event for event in answer.found if event.verb == form.verb]
        if not told:
            wrong.append(f"{label}: {answer.status_code}, no {form.verb} among {answer.found}")
        for event in told:
            who, where, when = event.actor, event.desk, abs((timezone.now() - event.at).total_seconds())
            if (who, where) != (me.actor, here.desk.slug) or when > 600 or not event.object_type:
                wrong.append(f"{label}: {event.actor} {event.desk} {event.at} {event.object_type}")
    assert not wrong, "\n".join(wrong)


def test_what_is_told_of_nowhere_writes_nothing(asking, corners):
    here, _ = corners
    for method, label, form in asks():
        if label.startswith("desk:") and not form.verb:
            answer = asking.ask(method, place(label, form, here, asking.role), fields(form, here, asking.role))
            assert answer.changed == set(), label


def test_each_write_through_the_api_is_told_of(corners):
    here, _ = corners
    secrets = {name: token.secret for name, token in here.tokens.items()}
    writes = {
        ("post", "/v1alpha1/pages"): ("pages", "page-markup.created"),
        ("put", "/v1alpha1/pages/{page}"): ("pages", "page-markup.updated"),
        ("delete", "/v1alpha1/pages/{page}"): ("pages", "page-markup.deleted"),
    }
    last = Event.objects.latest("pk").pk
    for (method, path), (scope, verb) in writes.items():
        answer = call(method, path, here, secrets[scope], inspect=lambda: new_events(last))
        told = [(event.actor, event.desk) for event in answer.found if event.verb == verb]
        assert told == [(here.tokens[scope].row.actor, here.desk.slug)], path


def test_who_asks_stands_in_no_log_nor_through_which_program(visitor, corners):
    here, _ = corners
    last = Event.objects.latest("pk").pk
    somebody = visitor("nobody")
    somebody.inspect = lambda: new_events(last)
    form = FORMS["public:ask"]
    assert somebody.ask("POST", place("public:ask", form, here), fields(form, here)).found == []
    for secret in ("", here.tokens["ask"].secret):
        assert call("post", "/api/v1/questions", here, secret, inspect=lambda: new_events(last)).found == []


# Texts

CANARY = "CANARYKHONGGHI"
_CHOSEN = {
    "nature": "fact",
    "role": "reader",
    "language": "vi",
    "verdict": "false",
    "topic": "health",
    "licence": "public",
    "kind": "datafeed",
    "every": "3600",
    "days": "30",
}


def test_no_text_that_somebody_writes_comes_into_the_log(asking, corners):
    """Every field that takes words is given a word that must not be found; so are all texts that are there."""
    here, there = corners
    for label, form in FORMS.items():
        if not label.startswith("desk:") or not form.verb:
            continue
        words = {
            name: f"{CANARY} {value}" if _takes_words(name, value) else value
            for name, value in fields(form, here, asking.role).items()
        }
        answer = asking.ask("POST", place(label, form, here, asking.role), words)
        for event in answer.found:
            written = f"{event.object_id} {event.detail}"
            assert CANARY not in written, label
    for event in Event.objects.all():
        written = f"{event.actor} {event.object_id} {event.detail}"
        for mark in (here.mark, there.mark, "Xe buýt", "@", "Họ hàng"):
            # The one address that may stand there is that of a feed.
            assert mark not in written or event.verb.startswith(("source.", "review.")), event


def _takes_words(name, value):
    plain = isinstance(value, str) and not value.isdigit() and "://" not in value and "@" not in value
    is_choice = (
        name in _CHOSEN or name.startswith("source-") or value in ("yes", "no", "gone:", "opinion", "named-only")
    )
    return plain and not is_choice and "tab=" not in value and "-01-" not in value


# Actions

SILENT = {
    "questions.ask": "who asks stands in no log, nor the program that asks for them",
    "checks.number_changes": "numbers what others write and tell",
    "questions.queue_replies": "who has replies queued tells how many",
    "questions.note_shown": "that an asker saw an answer is nobody's deed at the desk",
    "questions.ask_with_picture": "who asks stands in no log",
    "questions.take_picture": "the same",
    "questions.read_pictures": "the same",
    "questions.deliver": "each reply says itself what came of it",
    "questions.begin_log": "writes the public log, which tells of itself",
    "exchange.fetch_due": "chooses what is fetched; each fetch is told",
    "exchange.take_copies": "chooses what is copied; each copy is told",
    "matching.follow": "keeps the index, which is made of what was told",
}
"""Actions that write no event, and why."""

TOLD_IN = {
    "checks.add_wordings": ("check.wordings-added", "unit/checks/actions/test_add_wordings.py"),
    "checks.remove_wordings": ("check.wordings-removed", "unit/checks/actions/test_remove_wordings.py"),
    "checks.withdraw_external_reviews": ("review.withdrawn", "unit/checks/actions/test_withdraw_external_reviews.py"),
    "checks.restore_external_reviews": ("review.restored", "unit/checks/actions/test_restore_external_reviews.py"),
    "checks.keep_copy": ("evidence.copied", "unit/checks/actions/test_copies.py"),
    "exchange.export_data": ("data.exported", "integration/test_audit.py"),
    "exchange.fetch_source": ("source.fetched", "unit/exchange/actions/test_fetch_source.py"),
    "exchange.import_file": ("import.finished", "integration/test_audit.py"),
    "exchange.load_samples": ("samples.loaded", "unit/exchange/actions/test_load_samples.py"),
    "exchange.look_at_sources": ("evidence.flagged", "unit/exchange/actions/test_look_at_sources.py"),
    "exchange.publish_month": ("data.published", "unit/exchange/actions/test_publish_month.py"),
    "exchange.take_out_texts": ("data.texts-taken-out", "unit/exchange/actions/test_publish_month.py"),
    "questions.decide_match": ("match.decided", "unit/questions/actions/test_decide_match.py"),
    "questions.forget_address": ("address.forgotten", "unit/questions/actions/test_leave_address.py"),
    "questions.leave_address": ("address.left", "unit/questions/actions/test_leave_address.py"),
    "questions.purge": ("personal-data.purged", "unit/questions/actions/test_purge.py"),
    "questions.read_link": ("link.read", "unit/questions/actions/test_read_link.py"),
    "questions.report_error": ("report.received", "unit/questions/actions/test_report_error.py"),
    "questions.say_whether_to_publish": ("text.given", "unit/questions/actions/test_say_whether_to_publish.py"),
    "questions.settle": ("case.opened", "unit/questions/actions/test_settle.py"),
    "staff.accept_invitation": ("invitation.accepted", "unit/staff/actions/test_accept_invitation.py"),
    "staff.add_person": ("people.changed", "integration/test_audit.py"),
    "staff.create_desk": ("desk.created", "integration/test_audit.py"),
    "staff.drop_second_factor": ("person.second-factor-dropped", "integration/test_audit.py"),
    "staff.note_link": ("person.link-given", "integration/test_audit.py"),
}
"""Actions of the worker, of askers and of the command line: the event that tells of them, and which test sees it."""


def actions():
    return {f"{path.parts[-3]}.{path.stem}" for path in ROOT.glob("*/actions/*.py") if path.stem != "__init__"}


@pytest.fixture
def watched(monkeypatch):
    """What each action wrote into the log while it was called, wherever it was called from."""
    seen = {}

    def watch(name, function):
        @wraps(function)
        def called(*arguments, **given):
            last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            done = function(*arguments, **given)
            seen.setdefault(name, set()).update(event.verb for event in new_events(last))
            return done

        return called

    for name in actions():
        room, stem = name.split(".")
        module = import_module(f"kiemtin.{room}.actions.{stem}")
        for function in [
            value for value in vars(module).values() if getattr(value, "__module__", "") == module.__name__
        ]:
            if callable(function) and not isinstance(function, type) and not function.__name__.startswith("_"):
                wrapper = watch(name, function)
                for other in [one for key, one in sys.modules.items() if key.startswith("kiemtin.")]:
                    for key, value in list(vars(other).items()):
                        if value is function:
                            monkeypatch.setattr(other, key, wrapper)
    return seen


def test_each_action_is_told_of(watched, asking, corners):
    here, _ = corners
    for label, form in FORMS.items():
        if label.startswith("desk:"):
            asking.ask("POST", place(label, form, here, asking.role), fields(form, here, asking.role))
    for method in ("put", "delete"):
        call(method, "/v1alpha1/pages/{page}", here, here.tokens["pages"].secret)
    call("post", "/v1alpha1/pages", here, here.tokens["pages"].secret)
    told = {name for name, verbs in watched.items() if verbs}
    assert actions() - told - set(SILENT) - set(TOLD_IN) == set()
    assert set(SILENT) | set(TOLD_IN) <= actions()


@pytest.mark.parametrize("name", TOLD_IN)
def test_the_others_are_told_of_in_tests_of_their_own(name):
    verb, test = TOLD_IN[name]
    assert f'"{verb}"' in (TESTS / test).read_text(encoding="utf-8")
