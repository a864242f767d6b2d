"""The design system: words beside every sign, contrast, size, and nothing inline."""

from __future__ import annotations

import gzip
import re
from itertools import chain
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string
from django.utils import translation

import kiemtin
from kiemtin.checks.enums import Outcome, PublicState, Verdict

PACKAGE = Path(kiemtin.__file__).parent
SHARED = PACKAGE / "config" / "templates"
CSS = PACKAGE / "config" / "static" / "kiemtin" / "css"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
PAGES = [path for path in TEMPLATES if "email" not in path.parts]

_BLOCK = re.compile(r"(?P<selector>[^{}]+)\{(?P<body>[^{}]*--paper:[^{}]*)\}")
_TOKEN = re.compile(r"--([\w-]+):(#[0-9a-f]{6})\b")
_GROUNDS = ("paper", "surface", "sunk")
_TEXTS = ("ink", "ink-2", "brand", "brand-strong")
_PAIRS = [
    *((text, ground) for text in _TEXTS for ground in _GROUNDS),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("brand-strong", "brand-soft"),
    ("brand", "brand-soft"),
    *((text, "brand-soft") for text in ("ink", "ink-2", "bad", "ok", "altered", "none")),  # a row under the pointer
    ("on-hero", "hero"),
    ("on-hero-2", "hero"),
    *((kind, f"{kind}-bg") for kind in ("ok", "warn", "bad", "info")),
    *(("ink", f"{kind}-bg") for kind in ("ok", "warn", "bad", "info")),
    *((kind, "surface") for kind in ("ok", "warn", "bad", "info")),
    ("ink", "add"),
    ("ink", "del"),
    ("ok", "add"),
    ("bad", "del"),
    ("ink", "context-bg"),
]
_VERDICTS = ("false", "misleading", "context", "altered", "scam", "unproven", "true", "opinion", "none")
_VERDICT_PAIRS = [
    pair for name in _VERDICTS for pair in ((name, f"{name}-bg"), (name, "paper"), (name, "surface"), ("surface", name))
]


def themes() -> dict[str, dict[str, str]]:
    """Return the colours by the selector that sets them."""
    css = (CSS / "kiemtin.css").read_text(encoding="utf-8")
    screen = css[: css.index("@media print")]
    return {m["selector"].strip(): dict(_TOKEN.findall(m["body"])) for m in _BLOCK.finditer(screen)}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_arithmetic_of_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_dark_is_the_same_by_choice_and_by_device() -> None:
    light, by_device, by_choice = themes().values()

    assert by_device == by_choice
    assert set(light) == set(by_choice)


@pytest.mark.parametrize(("text", "ground"), _PAIRS + _VERDICT_PAIRS)
def test_text_is_readable_in_both_themes(text: str, ground: str) -> None:
    for selector, colours in themes().items():
        assert contrast(colours[text], colours[ground]) >= 4.5, selector


@pytest.mark.parametrize("ground", _GROUNDS)
def test_edges_of_fields_and_focus_are_seen(ground: str) -> None:
    for selector, colours in themes().items():
        assert contrast(colours["line-strong"], colours[ground]) >= 3, selector
        assert contrast(colours["focus"], colours[ground]) >= 3, selector


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("value", [*Verdict, *Outcome])
def test_word_and_meaning_are_those_of_the_enum(value: Verdict | Outcome, language: str) -> None:
    with translation.override(language):
        word = render_to_string("kiemtin/components/verdict_word.html", {"slug": value.value})
        meaning = render_to_string("kiemtin/components/verdict_meaning.html", {"slug": value.value})

        assert word.strip() == value.label
        assert meaning.strip() == value.definition


def test_withdrawn_has_the_word_of_the_enum() -> None:
    word = render_to_string("kiemtin/components/verdict_word.html", {"slug": PublicState.WITHDRAWN.value})

    assert word.strip() == PublicState.WITHDRAWN.label


def test_every_sign_has_its_own_shape_and_stands_beside_a_word() -> None:
    slugs = [*Verdict.values, *Outcome.values, PublicState.WITHDRAWN.value]
    signs = {slug: (SHARED / "kiemtin" / "signs" / f"{slug}.svg").read_text(encoding="utf-8") for slug in slugs}

    assert len(set(signs.values())) == len(slugs)
    for slug, sign in signs.items():
        shown = render_to_string("kiemtin/components/verdict.html", {"slug": slug})
        assert sign in shown
        assert re.sub(r"<[^>]+>", "", shown).strip()
        assert re.search(rf"\.v-{slug}[{{,]", (CSS / "kiemtin.css").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "raw", "packed"), [("kiemtin.css", 30_000, 8_000), ("desk.css", 20_000, 6_000)])
def test_stylesheets_stay_small(name: str, raw: int, packed: int) -> None:
    content = (CSS / name).read_bytes()

    assert len(content) <= raw
    assert len(gzip.compress(content)) <= packed


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_is_inline(path: Path) -> None:
    if path.parent.name in ("mail", "email"):
        return  # mail programs know no style sheets
    text = path.read_text(encoding="utf-8")
    tags = re.findall(r"<[a-z][^>]*>", re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL))

    assert "<style" not in text
    for tag in tags:
        bare = re.sub(r"{%.*?%}|{{.*?}}", "", tag)
        assert not re.search(r"\s(style|on[a-z]+|hx-on[\w:-]*)\s*=", bare), tag
        if tag.startswith("<script"):
            assert "src=" in tag or "application/ld+json" in tag or "application/json" in tag, tag


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_what_is_included_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    names = chain(
        re.findall(r'{% (?:include|extends) "([^"]+)"(?!\|)', text), re.findall(r'icon="(kiemtin/icons/[^"]+)"', text)
    )

    for name in names:
        get_template(name)
