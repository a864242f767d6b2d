"""Registers the room with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit log."""

    name = "kiemtin.audit"
    label = "audit"
