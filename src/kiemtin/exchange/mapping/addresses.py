"""Whole addresses of what is published here, as other programs are given them: each content has one."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from kiemtin.accounts.enums import PageKind
from kiemtin.accounts.models import Desk
from kiemtin.checks.models import FactCheck
from kiemtin.matching.finding import address_of

_LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)


def site_language(code: str) -> str:
    """Return the language of the site that a text in a language is at home in."""
    return code if code in _LANGUAGES else settings.LANGUAGE_CODE


def check_address(check: FactCheck) -> str:
    """Return the address of a check's page, in the check's own language."""
    with override(site_language(check.language)):
        return address_of(check)


def check_identity(check: FactCheck) -> str:
    """Return what stays the same whatever its words become; it leads to the page."""
    with override(site_language(check.language)):
        return settings.KIEMTIN_ADDRESS + reverse("public:check", args=[check.pk])


def copy_address(sha256: str) -> str:
    """Return the address of the page that tells of a copy of a source."""
    with override(settings.LANGUAGE_CODE):
        return settings.KIEMTIN_ADDRESS + reverse("public:copy", args=[sha256])


def desk_address(desk: Desk, kind: PageKind = PageKind.OWNERSHIP) -> str:
    """Return the address of a page that a desk writes about itself; the one on who it is stands for the desk."""
    with override(site_language(desk.language)):
        return settings.KIEMTIN_ADDRESS + reverse("public:page", args=[desk.slug, kind.value])
