"""The program that reads, where it is installed."""

from __future__ import annotations

import pytest

from kiemtin.media.pictures import availability


@pytest.fixture(scope="session")
def tesseract() -> None:
    """Skip without tesseract, with the command that brings it: `make test` runs it before the tests."""
    found = availability()
    if not found:
        pytest.skip(f"missing: {', '.join(found.missing)}; {found.command}")
