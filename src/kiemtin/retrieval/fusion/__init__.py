"""Fusion: from signals to one score. One method a file."""

from kiemtin.retrieval.fusion.weighted import CASES, Case, Weights, case_of

__all__ = ["CASES", "Case", "Weights", "case_of"]
