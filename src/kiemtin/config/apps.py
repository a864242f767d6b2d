"""Registers the composition root with Django: shared templates and static files."""

from django.apps import AppConfig

from kiemtin.config.error_log import keep_texts_out
from kiemtin.config.route_log import keep_addresses_out


class ConfigConfig(AppConfig):
    """Settings, addresses, command line, what all pages share."""

    name = "kiemtin.config"
    label = "config"

    def ready(self) -> None:
        """Have the server's log name no address, and note in ours what people do to their accounts."""
        from kiemtin.config import account_log  # noqa: F401, PLC0415  (allauth's models are loaded only now)

        keep_addresses_out()
        keep_texts_out()
