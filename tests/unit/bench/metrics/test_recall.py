from kiemtin.bench.metrics import recall


def test_by_hand():
    ranking, relevant = list("abcdef"), {"a", "c", "f"}
    assert recall(ranking, relevant, 2) == 1 / 3
    assert recall(ranking, relevant, 5) == 2 / 3
    assert recall(ranking, relevant, 20) == 3 / 3


def test_of_nothing_is_zero():
    assert recall(["a"], set(), 5) == 0.0
    assert recall([], {"a"}, 5) == 0.0
