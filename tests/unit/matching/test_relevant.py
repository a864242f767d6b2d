from kiemtin.matching.relevant import relevant
from kiemtin.retrieval import Match


def match(id_, words=0.0, centred=0.0, probability=0.0, **fields):
    return Match(id_, id_, 1.0, probability, signals={"words": words, "centred": centred}, **fields)


def ids(*matches):
    return [one.id for one in relevant(matches)]


def test_words_count_where_the_best_has_enough_of_them():
    assert ids(match("best", words=0.8), match("some", words=0.3), match("few", words=0.2)) == ["best", "some"]
    assert ids(match("best", words=0.3), match("some", words=0.3)) == []


def test_the_same_sense_a_copy_and_a_likely_one_are_found_without_words():
    sense, copy, likely = match("s", centred=0.5), match("c", near_copy=True), match("l", probability=0.1)
    assert ids(match("far", centred=0.4), sense, copy, likely) == ["s", "c", "l"]


def test_nothing_is_nothing():
    assert ids() == []
