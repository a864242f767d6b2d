"""From collected candidates to the numbers of one variant of the model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt

from kiemtin.bench.fit.collect import Asked
from kiemtin.bench.fit.learn import Group, logistic_regression, softmax_regression
from kiemtin.retrieval.calibrate import DIFFERENCES, EXTRA, LEADS
from kiemtin.retrieval.features import SIGNALS
from kiemtin.retrieval.fusion import CASES
from kiemtin.retrieval.pipeline import lead_of

Floats = npt.NDArray[np.float64]

FOLDS = 5
PRECISION, FALSE_ANSWERS = 0.98, 0.015
"""What the threshold of band `answer` must reach on queries that the numbers were not learnt from."""
KEPT = 0.97
"""Share of the answerable queries, answered right, that must not fall into band `none`."""

_SHOWN = 3
_ENOUGH = 150


@dataclass(frozen=True)
class _Row:
    """One match as calibration sees it."""

    key: str
    case: int
    values: Floats
    right: float
    first: bool
    removed: bool


def fit_variant(asked: Sequence[Asked], signals: tuple[str, ...], tell: Callable[[str], None]) -> dict[str, Any]:
    """Return the JSON of one variant: weights learnt first, then the calibration of what they rank first."""
    weights, intercepts = _fusion(asked, signals)
    columns = np.array([SIGNALS.index(s) for s in signals])
    rows = [row for a in asked if a.source.calibrate for row in _rows(a, columns, weights, intercepts)]
    calibration = _calibration(rows, signals, tell)
    cases = {
        case.value: {
            "intercept": _short(intercepts[i]),
            **{s: _short(w) for s, w in zip(signals, weights[i], strict=True)},
        }
        for i, case in enumerate(CASES)
    }
    return {"fusion": {"signals": list(SIGNALS), "cases": cases}, "calibration": calibration}


def _short(value: float) -> float:
    return round(float(value), 4)


def _fold(key: str) -> int:
    return int(sha256(key.encode()).hexdigest(), 16) % FOLDS


def _fusion(asked: Sequence[Asked], signals: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Weights (cases, signals) and intercepts (cases,): shared, plus what each case differs by, held down harder."""
    columns = np.array([SIGNALS.index(s) for s in signals])
    sizes: dict[object, int] = {}
    for a in asked:
        sizes[a.source] = sizes.get(a.source, 0) + 1
    everything = np.concatenate([a.values[:, columns] for a in asked if len(a.values)])
    spread = everything.std(axis=0) + 1e-9
    groups = [
        Group(_blocks(a.values[:, columns] / spread, a.cases), a.relevant, sizes[a.source] ** -0.5)
        for a in asked
        if len(a.values)
    ]
    f, c = len(signals), len(CASES)
    penalty = np.concatenate([np.full(f, 2e-4), np.full(f * c, 1e-3), np.full(c, 1e-3)])
    learnt = softmax_regression(groups, penalty)
    own = learnt[f : f + f * c].reshape(c, f)
    return (learnt[:f] + own) / spread, learnt[f + f * c :]


def _blocks(values: Floats, cases: Sequence[str]) -> Floats:
    """Lay values out as [shared | one block a case | case intercepts]."""
    n, f = values.shape
    index = np.array([CASES.index(case) for case in cases])
    own = np.zeros((n, len(CASES), f))
    own[np.arange(n), index] = values
    return np.concatenate([values, own.reshape(n, -1), np.eye(len(CASES))[index]], axis=1)


def _rows(a: Asked, columns: npt.NDArray[np.int64], weights: Floats, intercepts: Floats) -> list[_Row]:
    """Return the matches that would be shown: from the whole corpus, and with the answer taken out of it."""
    if not len(a.values):
        return []
    index = np.array([CASES.index(case) for case in a.cases])
    scores = (a.values[:, columns] * weights[index]).sum(axis=1) + intercepts[index]
    natural = not a.relevant.any() and not a.missed
    first = len(SIGNALS)
    table = np.column_stack([scores, a.values[:, [SIGNALS.index(name) for name in LEADS]]])
    out = []
    for removed in (True,) if natural else (False, True):
        keep = np.flatnonzero(a.relevant == 0) if removed else np.arange(len(scores))
        order = keep[np.argsort(-scores[keep], kind="stable")]
        for rank, at in enumerate(order[:_SHOWN]):
            values = a.values[at].copy()
            values[first] = scores[at]
            values[first + 1 : first + 2 + len(LEADS)] = lead_of(table[order], rank)
            out.append(_Row(a.key, int(index[at]), values, a.relevant[at], rank == 0, removed))
    return out


def _calibration(rows: Sequence[_Row], signals: tuple[str, ...], tell: Callable[[str], None]) -> dict[str, Any]:
    names = (*signals, *EXTRA)
    columns = np.array([(*SIGNALS, *EXTRA).index(n) for n in names])
    values = np.array([r.values[columns] for r in rows])
    labels = np.array([r.right for r in rows])
    cases = np.array([r.case for r in rows])
    sizes = np.array([1.0 if r.first else 0.3 for r in rows])
    folds = np.array([_fold(r.key) for r in rows])
    held_out = np.zeros(len(rows))
    for fold in range(FOLDS):
        train = folds != fold
        table = _logistic(values[train], labels[train], cases[train], sizes[train])
        held_out[~train] = _chances(table, values[~train], cases[~train])
    thresholds = {case: _thresholds(rows, held_out, i, tell) for i, case in enumerate(CASES)}
    table = _logistic(values, labels, cases, sizes)
    return {
        "names": [*SIGNALS, *EXTRA],
        "cases": {
            case.value: {
                "intercept": _short(table[1][i]),
                **{n: _short(w) for n, w in zip(names, table[0][i], strict=True)},
            }
            for i, case in enumerate(CASES)
        },
        "answer": {case.value: _short(thresholds[case][0]) for case in CASES},
        "maybe": {case.value: _short(thresholds[case][1]) for case in CASES},
    }


def _logistic(values: Floats, labels: Floats, cases: npt.NDArray[np.int64], sizes: Floats) -> tuple[Floats, Floats]:
    """Weights (cases, names) and intercepts (cases,), shared slopes with small differences by case."""
    centre, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    scaled = (values - centre) / spread
    n, f = scaled.shape
    own = np.zeros((n, len(CASES), f))
    own[np.arange(n), cases] = scaled
    laid = np.concatenate([scaled, own.reshape(n, -1), np.eye(len(CASES))[cases], np.ones((n, 1))], axis=1)
    penalty = np.concatenate([np.full(f, 2e-4), np.full(f * len(CASES), 2e-3), np.full(len(CASES), 5e-4), [1e-9]])
    learnt = logistic_regression(laid, labels, sizes, penalty)
    slopes = (learnt[:f] + learnt[f : f + f * len(CASES)].reshape(len(CASES), f)) / spread
    intercepts = learnt[f + f * len(CASES) : -1] + learnt[-1] - slopes @ centre
    return slopes, intercepts


def _chances(table: tuple[Floats, Floats], values: Floats, cases: npt.NDArray[np.int64]) -> Floats:
    logits = (values * table[0][cases]).sum(axis=1) + table[1][cases]
    out: Floats = 1 / (1 + np.exp(-np.clip(logits, -40, 40)))
    return out


def _thresholds(rows: Sequence[_Row], chances: Floats, case: int, tell: Callable[[str], None]) -> tuple[float, float]:
    """Return the lowest probability of band `answer`, right enough, and of band `maybe`, open enough, for one case.

    A case with few queries of its own borrows those of all cases.
    """
    first = [i for i, r in enumerate(rows) if r.first]
    own = [i for i in first if rows[i].case == case]
    chosen = own if len(own) >= _ENOUGH else first
    held = np.array([rows[i].values[-len(DIFFERENCES) :].any() for i in chosen])
    p, right = chances[chosen], np.array([rows[i].right for i in chosen])
    removed = np.array([rows[i].removed for i in chosen])
    answer = _lowest(np.where(held, 0.0, p), right, removed)
    given = (p >= answer) & ~held
    good = np.sort(p[~removed & (right > 0)])
    maybe = min(float(good[int(len(good) * (1 - KEPT))]), answer)
    tell(
        f"  {CASES[case]}: answer at {answer:.4f}: precision {_share(right[given]):.4f}, coverage "
        f"{given[~removed & (right > 0)].sum() / (~removed).sum():.4f}, false answers {_share(given[removed]):.4f}; "
        f"maybe at {maybe:.4f}: {(p[removed] < maybe).mean():.4f} of those without an answer get none"
    )
    return answer, maybe


def _share(flags: npt.NDArray[Any]) -> float:
    """Return the mean of `flags`, 1 where there are none: nothing answered is nothing answered wrong."""
    return float(flags.mean()) if len(flags) else 1.0


def _lowest(p: Floats, right: Floats, removed: npt.NDArray[np.bool_]) -> float:
    """Return the lowest threshold on `p` from which on answers are right enough and seldom false."""
    for threshold in np.unique(p[p > 0]):
        given = p >= threshold
        if right[given].mean() >= PRECISION and given[removed].mean() <= FALSE_ANSWERS:
            return float(threshold)
    return 1.0
