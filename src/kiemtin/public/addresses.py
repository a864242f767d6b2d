"""Addresses of checks, in the language that is asked for."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override

from kiemtin.checks.models import FactCheck
from kiemtin.public.pages import LANGUAGES


def slug_of(fact_check: FactCheck) -> str:
    """Return the readable end of a check's address; the number before it is what counts."""
    return fact_check.slug or "-"


def check_path(fact_check: FactCheck, language: str = "") -> str:
    """Return the path of a check's page, in the active language or in the one given."""
    with override(language or get_language()):
        return reverse("public:check", args=[fact_check.pk, slug_of(fact_check)])


def own_language(fact_check: FactCheck) -> str:
    """Return the language of the site that a check is at home in."""
    return fact_check.language if fact_check.language in LANGUAGES else settings.LANGUAGE_CODE


def card_path(fact_check: FactCheck, shape: str) -> str:
    """Return the path of a check's picture, as of its latest revision."""
    number = fact_check.latest.number if fact_check.latest else 0
    with override(own_language(fact_check)):
        return reverse("public:card", args=[fact_check.pk, shape, number])
