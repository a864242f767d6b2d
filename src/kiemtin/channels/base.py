"""What a channel is. A new one is a folder beside `mail/` and a line in `registry`; see CONTRIBUTING."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from django.utils.functional import Promise

from kiemtin.questions.outbox import Telling, TransportError

__all__ = ["Channel", "Telling", "TransportError"]


class Channel(Protocol):
    """A way in which an answer goes to an asker.

    Attributes
    ----------
    name
        Stable word for it in the database.
    label
        For people.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> str | Promise: ...  # noqa: D102

    def is_ready(self) -> bool:
        """Whether it is set up; while it is not, replies wait."""

    def hand_over(self, address: str, telling: Telling) -> AbstractContextManager[None]:
        """Hand over what is told: the block begins when the other side has taken it, the goodbye comes after it.

        Raises
        ------
        TransportError
            It could not; `permanent` says whether trying again is of no use. Its text names no address.
        """
