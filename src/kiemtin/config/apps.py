"""Registers the composition root with Django: shared templates and static files."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, addresses, command line, what all pages share."""

    name = "kiemtin.config"
    label = "config"
