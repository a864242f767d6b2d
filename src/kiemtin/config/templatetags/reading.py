"""What pages for readers write: dates, addresses of checks, the body of a check."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kiemtin.checks.links import host_of
from kiemtin.checks.markup import to_html
from kiemtin.checks.models import FactCheck, ScamAlert
from kiemtin.public.addresses import alert_path, card_path, check_path
from kiemtin.public.headings import with_headings

register = template.Library()

_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.filter
def day(value: dt.date | dt.datetime | None) -> SafeString | str:
    """Write a day, in the form that the language reads."""
    if value is None:
        return ""
    return _time(value, gettext("j F Y"))


@register.filter
def moment(value: dt.datetime | None) -> SafeString | str:
    """Write a day and the time of day."""
    if value is None:
        return ""
    return _time(value, gettext("j F Y, H:i"))


@register.filter
def plain_day(value: dt.date | dt.datetime) -> str:
    """Write a day without markup, to go into a sentence."""
    return date_format(_local(value), gettext("j F Y"), use_l10n=False)


def _time(value: dt.date | dt.datetime, form: str) -> SafeString:
    here = _local(value)
    return format_html('<time datetime="{}">{}</time>', here.isoformat(), date_format(here, form, use_l10n=False))


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    return timezone.localtime(value) if isinstance(value, dt.datetime) else value


@register.filter
def in_language(code: str) -> str:
    """Say what language something is written in, as a part of a sentence."""
    names = {"vi": gettext("in Vietnamese"), "en": gettext("in English")}
    return names.get(code, f"({code})")


@register.filter
def markdown(text: str, first: int = 2) -> SafeString:
    """Turn Markdown into HTML whose headings begin at level `first` and leave no level out, however it was written."""
    return with_headings(to_html(text), first)


@register.filter
def path_of(check: FactCheck) -> str:
    """Return the path of a check's page."""
    return check_path(check)


@register.filter
def alert_path_of(alert: ScamAlert) -> str:
    """Return the path of an alert's page."""
    return alert_path(alert)


@register.filter
def card_of(check: FactCheck, shape: str) -> str:
    """Return the path of a check's picture: `wide` or `square`."""
    return card_path(check, shape)


@register.filter
def absolute(path: str) -> str:
    """Return the whole address of a path."""
    return f"{settings.KIEMTIN_ADDRESS}{path}"


@register.filter
def linked_data(node: Mapping[str, object]) -> SafeString:
    """Write JSON-LD as a data block: nothing runs in it, so the Content-Security-Policy lets it stand.

    `<`, `>` and `&` are escaped as JSON knows it, so that no text within can end the block.
    """
    content = json.dumps(node, ensure_ascii=False).translate(_IN_SCRIPT)
    return SafeString(f'<script type="application/ld+json">{content}</script>')


@register.filter
def is_link(url: str) -> bool:
    """Whether a browser may follow an address that came from elsewhere."""
    return bool(host_of(url))
