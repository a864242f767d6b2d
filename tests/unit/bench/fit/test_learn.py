import numpy as np
import pytest

from kiemtin.bench.fit.learn import Group, logistic_regression, softmax_regression


def entropy(groups, weights, penalty):
    total = sum(g.weight for g in groups)
    loss = penalty @ weights**2
    for group in groups:
        scores = group.values @ weights
        logs = scores - np.log(np.exp(scores).sum())
        loss -= group.weight / total * (group.relevant / group.relevant.sum()) @ logs
    return loss


def some_groups(seed=0):
    rng = np.random.default_rng(seed)
    groups = []
    for _ in range(40):
        values = rng.normal(size=(6, 3))
        relevant = np.zeros(6)
        relevant[np.argmax(values @ [2.0, -1.0, 0.0] + rng.normal(size=6))] = 1
        groups.append(Group(values, relevant, weight=rng.uniform(0.5, 2)))
    return groups


def test_softmax_regression_stands_at_the_minimum():
    groups, penalty = some_groups(), np.full(3, 1e-2)
    weights = softmax_regression(groups, penalty)
    here = entropy(groups, weights, penalty)
    for axis in range(3):
        for step in (-1e-3, 1e-3):
            moved = weights.copy()
            moved[axis] += step
            assert entropy(groups, moved, penalty) > here


def test_softmax_regression_finds_the_direction_that_made_the_data():
    weights = softmax_regression(some_groups(), np.full(3, 1e-3))
    assert weights[0] > 1
    assert weights[1] < -0.4
    assert abs(weights[2]) < 0.5


def test_a_group_without_a_relevant_candidate_teaches_nothing():
    groups, penalty = some_groups(), np.full(3, 1e-2)
    hopeless = Group(np.ones((4, 3)) * 9, np.zeros(4))
    assert softmax_regression([*groups, hopeless], penalty) == pytest.approx(softmax_regression(groups, penalty))


def test_a_heavier_group_pulls_harder():
    left = Group(np.array([[1.0], [0.0]]), np.array([1.0, 0.0]))
    right = Group(np.array([[1.0], [0.0]]), np.array([0.0, 1.0]), weight=3.0)
    # One weight: the chance of the first is the share of weight that wants it, 1 / 4, so w = ln(1/3).
    assert softmax_regression([left, right], np.full(1, 1e-12)) == pytest.approx([np.log(1 / 3)], abs=1e-4)


def test_logistic_regression_gives_the_share_of_right_rows():
    values = np.ones((4, 1))
    labels = np.array([1.0, 1.0, 1.0, 0.0])
    weights = logistic_regression(values, labels, np.ones(4), np.full(1, 1e-9))
    assert 1 / (1 + np.exp(-weights[0])) == pytest.approx(0.75, abs=1e-4)


def test_logistic_regression_counts_rows_by_their_size():
    values = np.ones((2, 1))
    weights = logistic_regression(values, np.array([1.0, 0.0]), np.array([1.0, 3.0]), np.full(1, 1e-9))
    assert 1 / (1 + np.exp(-weights[0])) == pytest.approx(0.25, abs=1e-4)


def test_separable_rows_are_held_by_the_penalty():
    weights = logistic_regression(np.array([[-1.0], [1.0]]), np.array([0.0, 1.0]), np.ones(2), np.full(1, 1e-3))
    assert 1 < weights[0] < 20
