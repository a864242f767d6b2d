from kiemtin.bench.metrics import ranked


def test_highest_score_first():
    assert ranked({"a": 0.5, "b": 2.0, "c": -1.0}) == ("b", "a", "c")


def test_ties_by_id_last_first():
    assert ranked({"d1": 1.0, "d10": 1.0, "d2": 1.0}) == ("d2", "d10", "d1")


def test_scores_are_held_in_single_precision():
    assert ranked({"a": 1.0 + 1e-10, "b": 1.0}) == ("b", "a")
    assert ranked({"a": 1.0 + 1e-6, "b": 1.0}) == ("a", "b")


def test_ids_beyond_ascii_are_ordered_by_code_point():
    assert ranked({"đ": 1.0, "z": 1.0, "\uffff": 1.0, "😀": 1.0}) == ("😀", "\uffff", "đ", "z")


def test_scores_too_large_for_single_precision_tie():
    assert ranked({"a": 1e300, "b": 1e299}) == ("b", "a")


def test_nothing():
    assert ranked({}) == ()
