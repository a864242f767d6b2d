from __future__ import annotations

from pathlib import Path

import pytest

import kiemtin.config

FONTS = Path(kiemtin.config.__file__).parent / "static" / "kiemtin" / "fonts"


@pytest.mark.parametrize("weight", [400, 700])
def test_a_web_font_is_one_small_file_a_weight(weight: int) -> None:
    content = (FONTS / f"be-vietnam-pro-{weight}.woff2").read_bytes()
    assert content.startswith(b"wOF2")
    assert len(content) < 25_000


def test_the_licence_goes_with_the_fonts() -> None:
    assert "SIL Open Font License" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
