"""The two regressions behind the shipped numbers, by Newton's method: convex, deterministic, numpy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_STEPS = 30
_SMALL = 1e-9
_SIZES = (1.0, 0.5, 0.25, 0.1, 0.03, 0.01)


@dataclass(frozen=True, slots=True)
class Group:
    """One query's candidates: `values` (n, f), `relevant` (n,) of 0 and 1, and what the query weighs."""

    values: Floats
    relevant: Floats
    weight: float = 1.0


class _Stacked:
    """All groups below each other: `rows` (n, f), wanted chance `wanted` (n,), group starts and sizes."""

    def __init__(self, groups: Sequence[Group]) -> None:
        total = sum(g.weight for g in groups)
        self.rows = np.concatenate([g.values for g in groups])
        self.wanted = np.concatenate([g.relevant / g.relevant.sum() for g in groups])
        sizes = np.array([len(g.relevant) for g in groups])
        self.starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self.group = np.repeat(np.arange(len(groups)), sizes)
        self.shares = np.array([g.weight / total for g in groups])

    def chances(self, weights: Floats) -> tuple[Floats, float]:
        """Softmax within each group, shape (n,), and the weighted cross entropy."""
        scores = self.rows @ weights
        scores -= np.maximum.reduceat(scores, self.starts)[self.group]
        sums = np.add.reduceat(np.exp(scores), self.starts)
        logs = scores - np.log(sums)[self.group]
        loss = -float((self.shares[self.group] * self.wanted * logs).sum())
        return np.exp(logs), loss

    def derivatives(self, chances: Floats) -> tuple[Floats, Floats]:
        """Gradient (f,) and Hessian (f, f) of the cross entropy."""
        share = self.shares[self.group]
        means = np.add.reduceat(self.rows * chances[:, None], self.starts)
        gradient = self.rows.T @ (share * (chances - self.wanted))
        hessian = (self.rows * (share * chances)[:, None]).T @ self.rows
        return gradient, hessian - (means * self.shares[:, None]).T @ means


def softmax_regression(groups: Sequence[Group], penalty: Floats) -> Floats:
    """Return the weights, shape (f,), that make the relevant candidates of each group the most probable.

    Minimises the mean top-one cross entropy (ListNet: Cao et al. 2007) plus `penalty` · weights², shape (f,). Groups
    without a relevant candidate teach nothing and are left out.
    """
    stacked = _Stacked([g for g in groups if g.relevant.any()])
    weights = np.zeros(len(penalty))
    chances, entropy = stacked.chances(weights)
    loss = entropy
    for _ in range(_STEPS):
        gradient, hessian = stacked.derivatives(chances)
        step = np.linalg.solve(hessian + np.diag(2 * penalty), gradient + 2 * penalty * weights)
        # A full Newton step can overshoot far from the minimum.
        for size in _SIZES:
            trial = weights - size * step
            chances, entropy = stacked.chances(trial)
            new = entropy + float(penalty @ trial**2)
            if new <= loss:
                break
        weights, gain, loss = trial, loss - new, new
        if gain < _SMALL:
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
        for size in _SIZES:
            trial = weights - size * step
            logits = values @ trial
            new = float(sizes @ (np.logaddexp(0, logits) - labels * logits) + penalty @ trial**2)
            if new <= loss:
                break
        weights, gain, loss = trial, loss - new, new
        if gain < _SMALL:
            break
    return weights
