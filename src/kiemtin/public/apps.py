"""Registers the room with Django."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """See the package."""

    name = "kiemtin.public"
    label = "public"
