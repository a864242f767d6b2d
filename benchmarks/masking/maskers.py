"""The maskers that are measured: ours, and the patterns of `vipii`."""

from __future__ import annotations

import importlib.metadata
import unicodedata

from benchmarks.masking.corpus import Span
from benchmarks.masking.measure import Masker
from kiemtin.questions.masking import Kind, mask

# What vipii finds beside these, dates of birth, devices, IP addresses, is nothing that is asked for here: left out.
VIPII_KINDS = {
    "PHONE_NUMBER": Kind.PHONE,
    "CCCD": Kind.ID_NUMBER,
    "CMND": Kind.ID_NUMBER,
    "DRIVER_LICENSE": Kind.ID_NUMBER,
    "HEALTH_INSURANCE": Kind.ID_NUMBER,
    "SOCIAL_INSURANCE": Kind.ID_NUMBER,
    "BANK_ACCOUNT": Kind.ACCOUNT,
    "BANK_CARD": Kind.CARD,
    "MST": Kind.TAX_CODE,
    "PASSPORT": Kind.PASSPORT,
    "VEHICLE_PLATE": Kind.PLATE,
    "EMAIL_ADDRESS": Kind.EMAIL,
}


def ours(text: str) -> list[Span]:
    """Mask with `kiemtin.questions.masking`."""
    return [Span(*find) for find in mask(text).spans]


def vipii() -> tuple[str, Masker]:
    """Give the version and the detector of vipii as it comes: patterns and its word segmenter, no model of names.

    Its names and addresses need a model from a hub, which is not there.
    """
    from vipii import PIIDetector  # noqa: PLC0415  (an optional peer)

    detector = PIIDetector()

    def masker(text: str) -> list[Span]:
        found = detector.detect(unicodedata.normalize("NFC", text))
        return [Span(one.start, one.end, VIPII_KINDS[one.label]) for one in found if one.label in VIPII_KINDS]

    return importlib.metadata.version("vipii"), masker
