"""The two regressions behind the shipped numbers, by Newton's method: convex, deterministic, numpy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_STEPS = 30
_SMALL = 1e-7


@dataclass(frozen=True, slots=True)
class Group:
    """One query's candidates: `values` (n, f), `relevant` (n,) of 0 and 1, and what the query weighs."""

    values: Floats
    relevant: Floats
    weight: float = 1.0


def softmax_regression(groups: Sequence[Group], penalty: Floats) -> Floats:
    """Return the weights, shape (f,), that make the relevant candidates of each group the most probable.

    Minimises the mean top-one cross entropy (ListNet: Cao et al. 2007) plus `penalty` · weights², shape (f,). Groups
    without a relevant candidate teach nothing and are left out.
    """
    useful = [g for g in groups if g.relevant.any()]
    total = sum(g.weight for g in useful)
    weights = np.zeros(len(penalty))
    for _ in range(_STEPS):
        gradient = 2 * penalty * weights
        hessian = np.diag(2 * penalty)
        for group in useful:
            scores = group.values @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            wanted = group.relevant / group.relevant.sum()
            share = group.weight / total
            mean = chance @ group.values
            gradient += share * (mean - wanted @ group.values)
            hessian += share * ((group.values * chance[:, None]).T @ group.values - np.outer(mean, mean))
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < _SMALL:
            break
    return weights


def logistic_regression(values: Floats, labels: Floats, sizes: Floats, penalty: Floats) -> Floats:
    """Return the weights, shape (f,), of a logistic regression of `labels`, shape (n,), on `values`, shape (n, f).

    Rows count as much as `sizes`, shape (n,), says; `penalty`, shape (f,), holds the weights down.
    """
    weights = np.zeros(values.shape[1])
    sizes = sizes / sizes.sum()
    loss = np.inf
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(values @ weights, -40, 40)))
        gradient = values.T @ (sizes * (chance - labels)) + 2 * penalty * weights
        hessian = (values * (sizes * chance * (1 - chance))[:, None]).T @ values + np.diag(2 * penalty + 1e-12)
        step = np.linalg.solve(hessian, gradient)
        # A full Newton step can overshoot where the data are nearly separable.
        for size in (1.0, 0.5, 0.25, 0.1):
            trial = weights - size * step
            logits = values @ trial
            new = float(sizes @ (np.logaddexp(0, logits) - labels * logits) + penalty @ trial**2)
            if new <= loss:
                break
        weights, gain, loss = trial, loss - new, new
        if gain < 1e-10:
            break
    return weights
