"""Registers the room with Django."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """See the package."""

    name = "kiemtin.channels"
    label = "channels"
