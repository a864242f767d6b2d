from kiemtin.audit.models import Event
from kiemtin.checks.workflow import RULES
from kiemtin.desk.log_labels import VERBS, verb_label


def test_each_verb_of_the_table_has_words():
    assert {rule.verb for rule in RULES.values() if rule.verb} - VERBS.keys() == set()


def test_what_of_people_was_changed_is_said():
    assert verb_label(Event(verb="people.changed", detail={"what": "removed"})) == "took a person out of the desk"
    assert verb_label(Event(verb="people.changed", detail={})) == "changed who is in the desk"


def test_a_verb_without_words_is_shown_as_it_is():
    assert verb_label(Event(verb="reviews.upserted", detail={})) == "reviews.upserted"
