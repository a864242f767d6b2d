"""Registers the room with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, desks and roles."""

    name = "kiemtin.accounts"
    label = "accounts"
