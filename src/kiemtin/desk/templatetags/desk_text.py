"""`{% load desk_text %}`: masked texts, and time, as the desk's pages show them."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext

from kiemtin.checks.models import FactCheck
from kiemtin.desk.wording import readable
from kiemtin.matching.finding import path_of
from kiemtin.matching.language import guess_language

_IN_DAYS = 2  # before that, hours say more

register = template.Library()

register.filter("readable", readable)


@register.filter
def in_language(text: str, language: str) -> str:
    """Return a quoted text marked with its language, so that it is read out as such, unless it is the page's own."""
    if language == get_language():
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def language_of(text: str) -> str:
    """Return the language that a text seems to be in, so that it is read out as such; else that of the page."""
    return guess_language(text).language or get_language() or ""


@register.filter
def span(moment: dt.datetime) -> str:
    """Return how long ago something was, rounded down: `3 days` (Django's own words for it have no Vietnamese)."""
    minutes = max(0, int((timezone.now() - moment).total_seconds() // 60))
    hours, days = minutes // 60, minutes // (24 * 60)
    if days >= _IN_DAYS:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if hours:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


@register.filter
def public_path(check: FactCheck) -> str:
    """Return the path of a published check's page for readers."""
    return path_of(check)
