"""Registers the composition root with Django: shared templates and static files."""

from django.apps import AppConfig

from kiemtin.config.error_log import keep_texts_out
from kiemtin.config.route_log import keep_addresses_out


class ConfigConfig(AppConfig):
    """Settings, addresses, command line, what all pages share."""

    name = "kiemtin.config"
    label = "config"

    def ready(self) -> None:
        """Have the log name no address."""
        keep_addresses_out()
        keep_texts_out()
