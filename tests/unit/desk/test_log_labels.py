import re
from pathlib import Path

import kiemtin
from kiemtin.audit.models import Event
from kiemtin.checks.workflow import RULES
from kiemtin.desk.log_labels import KINDS, VERBS, verb_label

_WRITTEN = re.compile(r'(?:verb ?= ?|VERB = |: |log_person\(|log_verb\()"([a-z-]+\.[a-z-]+)"')


def test_each_verb_of_the_table_has_words():
    assert {rule.verb for rule in RULES.values() if rule.verb} - VERBS.keys() == set()


def test_so_has_each_that_stands_in_the_source():
    source = Path(kiemtin.__file__).parent
    written = set()
    for folder in ("audit", "checks", "exchange", "staff", "questions", "config", "desk/views"):
        for path in (source / folder).rglob("*.py"):
            written |= set(_WRITTEN.findall(path.read_text(encoding="utf-8")))
    assert len(written) > 70
    assert {verb for verb in written if verb not in VERBS and verb.split(".")[0] in _BEGINNINGS} == set()


_BEGINNINGS = {verb.split(".")[0] for verb in VERBS}


def test_each_verb_belongs_to_one_kind():
    for verb in VERBS:
        assert len([name for name, kind in KINDS.items() if verb in kind.verbs]) == 1, verb


def test_what_of_people_was_changed_is_said():
    assert verb_label(Event(verb="people.changed", detail={"what": "removed"})) == "took a person out of the desk"
    assert verb_label(Event(verb="people.changed", detail={})) == "changed who is in the desk"


def test_a_verb_without_words_is_shown_as_it_is():
    assert verb_label(Event(verb="moon.landed", detail={})) == "moon.landed"
