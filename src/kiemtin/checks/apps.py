"""Registers the room with Django."""

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    """Published checks."""

    name = "kiemtin.checks"
    label = "checks"
