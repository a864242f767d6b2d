import math

from kiemtin.bench.metrics import mean


def test_of_nothing():
    assert mean([]) is None


def test_adds_from_left_to_right():
    values = [0.1] * 10
    assert mean(iter(values)) == 0.9999999999999999 / 10
    assert math.fsum(values) == 1.0  # what better rounding would have made of it
