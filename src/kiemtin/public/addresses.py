"""Addresses of checks and alerts, in the language that is asked for."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override

from kiemtin.checks.models import FactCheck, ScamAlert
from kiemtin.exchange.mapping.addresses import site_language


def slug_of(fact_check: FactCheck) -> str:
    """Return the readable end of a check's address; the number before it is what counts."""
    return fact_check.slug or "-"


def check_path(fact_check: FactCheck, language: str = "") -> str:
    """Return the path of a check's page, in the active language or in the one given."""
    with override(language or get_language()):
        return reverse("public:check", args=[fact_check.pk, slug_of(fact_check)])


def own_language(fact_check: FactCheck) -> str:
    """Return the language of the site that a check is at home in."""
    return site_language(fact_check.language)


def home_address(fact_check: FactCheck) -> str:
    """Return the whole address under which search engines and other programs know a check."""
    return settings.KIEMTIN_ADDRESS + check_path(fact_check, own_language(fact_check))


def embed_address(fact_check: FactCheck, language: str = "") -> str:
    """Return the whole address of a check's card for frames on other pages."""
    with override(language or get_language()):
        return settings.KIEMTIN_ADDRESS + reverse("public:embed", args=[fact_check.pk])


def card_path(fact_check: FactCheck, shape: str) -> str:
    """Return the path of a check's picture, as of its latest revision."""
    number = fact_check.latest.number if fact_check.latest else 0
    with override(own_language(fact_check)):
        return reverse("public:card", args=[fact_check.pk, shape, number])


def alert_slug(alert: ScamAlert) -> str:
    """Return the readable end of an alert's address."""
    return alert.slug or "-"


def alert_path(alert: ScamAlert, language: str = "") -> str:
    """Return the path of an alert's page, in the active language or in the one given."""
    with override(language or get_language()):
        return reverse("public:alert", args=[alert.pk, alert_slug(alert)])


def alert_home(alert: ScamAlert) -> str:
    """Return the path of an alert's page in the language of the site that it is at home in."""
    return alert_path(alert, site_language(alert.language))
