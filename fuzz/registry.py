"""All harnesses."""

from __future__ import annotations

import os

import django
from django.apps import apps

if not apps.ready:  # in tests somebody has done it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiemtin.config.settings")
    django.setup()

from fuzz.harness import Harness
from fuzz.harnesses import backups, links, logs, messages, pictures, requests, reviews, texts, web

_MODULES = (texts, links, reviews, messages, web, pictures, logs, backups, requests)
HARNESSES: dict[str, Harness] = {one.name: one for module in _MODULES for one in module.HARNESSES}
