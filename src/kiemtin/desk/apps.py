"""Registers the room with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages of the desk."""

    name = "kiemtin.desk"
    label = "desk"

    def ready(self) -> None:
        """Listen to second factors being set up."""
        from kiemtin.desk import second_factor  # noqa: F401, PLC0415  (allauth's models are loaded only now)
