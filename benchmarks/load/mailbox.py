"""A mail server on this machine that counts whom it got mail for."""

from __future__ import annotations

import time
from collections import defaultdict
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller

from benchmarks.desk.server import free_port


class Mailbox:
    """Takes every mail. A context manager.

    Attributes
    ----------
    got
        When mails came, by address.
    address
        As KIEMTIN_MAIL has it, while it is open.
    """

    def __init__(self) -> None:
        self.got: dict[str, list[float]] = defaultdict(list)
        self.address = ""
        self._controller: Controller | None = None

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: ANN401, N802
        """Take one (aiosmtpd's own name)."""
        for address in envelope.rcpt_tos:
            self.got[address].append(time.time())
        return "250 OK"

    def __enter__(self) -> Self:
        port = free_port()
        self.address = f"smtp://127.0.0.1:{port}?tls=none"
        self._controller = Controller(self, hostname="127.0.0.1", port=port)
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._controller is not None:
            self._controller.stop()

    def told(
        self, left: list[tuple[str, str, float]], rumours: list[str], published: list[dict[str, Any]]
    ) -> dict[str, Any]:
        """Return how many of those who left an address were told, how often, and how long that took.

        Parameters
        ----------
        left
            Address, text, and when it was left.
        rumours
            Texts that were answered, in the order of `published`.
        """
        when = {text: done["at"] for text, done in zip(rumours, published, strict=False) if "at" in done}
        waited = {address: when[text] for address, text, at in left if text in when and at < when[text]}
        took = [self.got[address][0] - at for address, at in waited.items() if self.got[address]]
        return {
            "left": len(left),
            "waited": len(waited),
            "told": len(took),
            "told_twice": sum(len(times) > 1 for times in self.got.values()),
            "longest_s": round(max(took), 1) if took else None,
        }
