from kiemtin.bench.metrics import precision


def test_by_hand():
    assert precision(list("abcd"), {"a", "d"}, 1) == 1.0
    assert precision(list("abcd"), {"b", "d"}, 1) == 0.0
    assert precision(list("abcd"), {"a", "d"}, 3) == 1 / 3


def test_ranks_left_empty_count():
    assert precision(["a"], {"a"}, 5) == 1 / 5
    assert precision([], {"a"}, 1) == 0.0
