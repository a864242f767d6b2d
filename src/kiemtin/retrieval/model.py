"""The fitted numbers: fusion weights, calibration, thresholds, and where they come from. One versioned JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kiemtin.retrieval.calibrate import EXTRA, Calibration
from kiemtin.retrieval.errors import ModelFileError
from kiemtin.retrieval.features import SIGNALS
from kiemtin.retrieval.fusion import CASES, Case, Weights

VERSION = 1


@dataclass(frozen=True)
class Variant:
    """Weights and calibration of one way of matching: with vectors, or without."""

    weights: Weights
    calibration: Calibration


@dataclass(frozen=True)
class Model:
    """Everything that was fitted.

    Attributes
    ----------
    hybrid, lexical
        With the encoder and without.
    centres
        Encoder name → mean of its space, shape (dim,).
    made
        Data sets, command, commit and date of the fit.
    """

    hybrid: Variant
    lexical: Variant
    centres: Mapping[str, npt.NDArray[np.float32]]
    made: Mapping[str, Any]

    @classmethod
    def load(cls, path: Path | None = None) -> Model:
        """Read the file at `path`, or the one in the package.

        Raises
        ------
        ModelFileError
            It is missing, damaged, or of another version.
        """
        if path is None:
            return _packaged()
        try:
            return _read(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelFileError(f"{path} cannot be used: {error}", path=str(path)) from error


@cache
def _packaged() -> Model:
    try:
        source = resources.files("kiemtin.retrieval").joinpath("model.json").read_text(encoding="utf-8")
        return _read(json.loads(source))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelFileError(f"the model file of the package cannot be used: {error}") from error


def _read(data: dict[str, Any]) -> Model:
    if data["version"] != VERSION:
        raise ValueError(f"version {data['version']}, not {VERSION}")
    return Model(
        hybrid=_variant(data["variants"]["hybrid"]),
        lexical=_variant(data["variants"]["lexical"]),
        centres={name: np.array(values, np.float32) for name, values in data["centres"].items()},
        made=data["made"],
    )


def _table(rows: dict[str, dict[str, float]], names: tuple[str, ...]) -> dict[Case, tuple[float, Any]]:
    return {
        case: (rows[case]["intercept"], np.array([rows[case].get(n, 0.0) for n in names], np.float64)) for case in CASES
    }


def _by_case(values: dict[str, float]) -> dict[Case, float]:
    return {case: float(values[case]) for case in CASES}


def _variant(data: dict[str, Any]) -> Variant:
    fusion, calibration = data["fusion"], data["calibration"]
    signals, names = tuple(fusion["signals"]), tuple(calibration["names"])
    if signals != SIGNALS or names != (*SIGNALS, *EXTRA):
        raise ValueError("it was fitted for other signals")
    return Variant(
        weights=Weights(signals, _table(fusion["cases"], signals)),
        calibration=Calibration(
            names, _table(calibration["cases"], names), _by_case(calibration["answer"]), _by_case(calibration["maybe"])
        ),
    )
