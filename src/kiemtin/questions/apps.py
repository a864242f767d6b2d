"""Registers the room with Django."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """Messages, requests, cases and replies."""

    name = "kiemtin.questions"
    label = "questions"

    def ready(self) -> None:
        """Listen to what is published, so that nothing can be published past those who asked."""
        from kiemtin.questions import listeners, review_listeners  # noqa: F401, PLC0415  (models are loaded only now)
