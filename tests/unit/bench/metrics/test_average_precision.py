import pytest

from kiemtin.bench.metrics import average_precision


def test_by_hand():
    # Relevant at ranks 1, 3 and 6, one more never found: (1/1 + 2/3) / 4 within five, + 3/6 within six.
    ranking, relevant = list("abcdef"), {"a", "c", "f", "z"}
    assert average_precision(ranking, relevant, 5) == (1 / 1 + 2 / 3) / 4
    assert average_precision(ranking, relevant, 6) == (1 / 1 + 2 / 3 + 3 / 6) / 4


@pytest.mark.parametrize(("ranking", "relevant"), [([], {"a"}), (["b"], {"a"}), (["b"], set())])
def test_nothing_found_is_zero(ranking, relevant):
    assert average_precision(ranking, relevant, 5) == 0.0
