"""The catalogue holds exactly the strings of the source and its templates, each translated, and is compiled."""

import io
import re
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import kiemtin

PACKAGE = Path(kiemtin.__file__).parent
FOLDER = PACKAGE / "locale" / "vi" / "LC_MESSAGES"
KEYWORDS = DEFAULT_KEYWORDS | {"gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}
METHODS = [
    ("**.py", "python"),
    *((f"**/templates/**.{end}", "scripts.django_templates:extract") for end in ("html", "txt")),
]
PLACEHOLDER = re.compile(r"%\(\w+\)[.\d]*[sdf]|\{\w*[^}]*\}")


def catalogue(name) -> Catalog:
    with (FOLDER / f"{name}.po").open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


def strings_of(folder):
    found = extract_from_dir(folder, METHODS, keywords=KEYWORDS, comment_tags=())
    return {message if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found}


def test_every_string_of_the_source_is_translated_and_no_other():
    translated = {message.id for message in catalogue("django") if message.id}
    source = strings_of(PACKAGE)
    assert source - translated == set(), "not in django.po"
    assert translated - source == set(), "in django.po but no longer in the source"


def test_what_is_translated_for_click_is_what_click_says():
    known = {message.id for message in catalogue("click") if message.id}
    assert known <= strings_of(Path(click.__file__).parent)
    assert {"Error: {message}", "Usage:", "No such command {name!r}."} <= known


@pytest.mark.parametrize("name", ["django", "click"])
def test_no_translation_is_empty_fuzzy_or_loses_a_placeholder(name):
    for message in catalogue(name):
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        source = message.id if isinstance(message.id, str) else message.id[-1]
        text = message.string if isinstance(message.string, str) else message.string[0]
        assert text.strip(), message.id
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(source)), message.id


@pytest.mark.parametrize("name", ["django", "click"])
def test_the_compiled_file_is_that_of_its_source(name):
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(name))
    assert (FOLDER / f"{name}.mo").read_bytes() == compiled.getvalue(), "run: pybabel compile"
