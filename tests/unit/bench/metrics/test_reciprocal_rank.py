import pytest

from kiemtin.bench.metrics import reciprocal_rank


@pytest.mark.parametrize(
    ("ranking", "expected"), [("abc", 1 / 1), ("bac", 1 / 2), ("bca", 1 / 3), ("bcd", 0.0), ("", 0.0)]
)
def test_by_hand(ranking, expected):
    assert reciprocal_rank(list(ranking), {"a"}) == expected


def test_only_the_first_counts():
    assert reciprocal_rank(list("xab"), {"a", "b"}) == 1 / 2
