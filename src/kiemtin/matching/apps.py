"""Registers the room with Django."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """The bridge from the database to the matching core."""

    name = "kiemtin.matching"
    label = "matching"
