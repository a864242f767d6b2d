"""How much a data folder is filled with."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path

CARD = "benchmark.json"
"""File of the data folder that says what it holds; written when it is full."""


@dataclass(frozen=True)
class Size:
    """Rows of the tables that grow; `samples` says whether the sample library is among the checks."""

    cases: int = 10_000
    messages: int = 100_000
    requests: int = 150_000
    checks: int = 1_000
    samples: bool = True

    def as_json(self) -> dict[str, int]:
        """Return it for the card."""
        return asdict(self)


def use(data: Path) -> None:
    """Set Django up on a data folder; before anything of the product is imported, once a process."""
    os.environ["KIEMTIN_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kiemtin.config.settings"
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import django  # noqa: PLC0415  (reads the environment above)

    django.setup()
