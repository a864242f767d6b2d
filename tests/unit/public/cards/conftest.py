from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from kiemtin.public.cards import CardContent, Shape, draw_card

CONTENT = CardContent(
    claim="Uống rượu mạnh diệt được virus corona trong cơ thể",
    verdict="false",
    verdict_label="Sai",
    verdict_line="Bằng chứng cho thấy điều này sai.",
    publisher="Bàn kiểm chứng Kiểm Tin",
    address="kiemtin.example/k/ruou",
    date="Kiểm chứng ngày 22/11/2026",
)


@pytest.fixture
def content() -> CardContent:
    return CONTENT


@pytest.fixture
def picture() -> Callable[..., Image.Image]:
    """Draw the standard content with some fields changed, and read the picture."""

    def draw(shape: Shape = Shape.WIDE, **changes: str) -> Image.Image:
        return Image.open(io.BytesIO(draw_card(replace(CONTENT, **changes), shape))).convert("RGB")

    return draw
