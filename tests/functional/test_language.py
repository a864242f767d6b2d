"""No page speaks two languages, but for what is quoted, and that is marked as such."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from babel.messages.pofile import read_po

import kiemtin
from tests.functional.walk import BY_NAME, each_page

pytestmark = pytest.mark.once

CATALOGUE = Path(kiemtin.__file__).parent / "locale/vi/LC_MESSAGES/django.po"
# Letters that only Vietnamese has, out of all that the pages are written in.
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
# Words that English cannot do without, and that are none in Vietnamese.
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|was|were|be|been|this|that|these|those|you|your|we|our|it|its|they|their|with|from|for|not"
    r"|have|has|will|what|which|who|when|where|how|why|new|see|show|add|open|close|save|write|read|check|checks|case)\b",
    re.IGNORECASE,
)
# A heading of the browser's window and a preview for others have one language each, whatever they quote.
UNMARKABLE = "content"


@cache
def catalogue():
    """Texts of the program that differ between the languages, as patterns: English ones, Vietnamese ones."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="vi") if message.id and message.string]
    english, vietnamese = set(), set()
    for message in messages:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        english |= {one for one in ids if one not in strings}
        vietnamese |= {one for one in strings if one not in ids}
    both = english & vietnamese
    return Texts(english - both), Texts(vietnamese - both)


class Texts:
    """Texts with and without places to fill in, to be found again in what a page says."""

    def __init__(self, texts):
        flat = {" ".join(text.split()) for text in texts}
        self.plain = {text for text in flat if "%(" not in text and len(text) > 1}
        self.found = {}  # the same few hundred texts come again and again
        self.filled = [pattern_of(text) for text in flat if "%(" in text and len(re.sub(r"%\(\w+\)[sd]", "", text)) > 6]

    def has(self, text):
        if text not in self.found:
            self.found[text] = text in self.plain or any(pattern.fullmatch(text) for pattern in self.filled)
        return self.found[text]


def pattern_of(text):
    pieces = re.split(r"%\(\w+\)[sd]", text)
    return re.compile(".+".join(re.escape(piece.replace("%%", "%")) for piece in pieces))


def said_in(seen, language):
    """What a page says in a language; codes, keys and what askers wrote are left out."""
    return [text for text in seen.texts if text["lang"] == language and not text["own"]]


def told(texts):
    return "\n".join(f"{text['where']} of {text['tag']}: {text['text'][:160]}" for text in texts)


@each_page
def test_vietnamese_pages_have_no_text_left_in_english(visit, name):
    english, _ = catalogue()
    left = [text for text in said_in(visit(name)["vi"], "vi") if english.has(text["text"])]
    assert not left, told(left)


@each_page
def test_english_pages_have_no_text_in_vietnamese(visit, world, name):
    _, vietnamese = catalogue()
    said = said_in(visit(name)["en"], "en")
    left = [text for text in said if vietnamese.has(text["text"]) and text["text"] not in world["names"]]
    assert not left, told(left)


@each_page
def test_what_is_in_no_catalogue_is_no_english_either(visit, world, name):
    """A text that was never marked for translation is the same in both languages, and reads as English."""
    seen = visit(name)
    there = {(text["where"], text["text"]) for text in seen["en"].texts}
    said = [
        text for text in said_in(seen["vi"], "vi") if (text["where"], text["text"]) in there and not is_quoted(text)
    ]
    left = [
        text for text in said if ENGLISH.search(words_of(text, world["names"])) and not VIETNAMESE.search(text["text"])
    ]
    assert not left, told(left)


@each_page
def test_what_is_quoted_is_marked_with_its_language(visit, world, name):
    """So that a screen reader reads it with the right voice (WCAG 3.1.2); names are names in every language."""
    searched = [value for _, value in parse_qsl(urlsplit(BY_NAME[name].path).query)]
    said = [text for text in said_in(visit(name)["en"], "en") if text["where"] != UNMARKABLE and text["tag"] != "title"]
    left = [text for text in said if VIETNAMESE.search(words_of(text, [*world["names"], *searched]))]
    assert not left, told(left)


@each_page
def test_what_is_not_quoted_is_not_marked(visit, name):
    english, vietnamese = catalogue()
    seen = visit(name)
    left = [text for text in said_in(seen["en"], "vi") if english.has(text["text"])]
    left += [text for text in said_in(seen["vi"], "en") if vietnamese.has(text["text"])]
    assert not left, told(left)


def is_quoted(text):
    """Whether it is the title of a source, which may be in any language."""
    return "source-title" in text["tag"]


def words_of(text, names):
    """Return a text without names and addresses."""
    plain = re.sub(r"https?://\S+", "", text["text"])
    for one in sorted(names, key=len, reverse=True):
        plain = plain.replace(one, "")
    return plain


def test_the_catalogue_is_understood():
    english, vietnamese = catalogue()
    assert english.has("Fact-checks")
    assert english.has("asked 3 times")
    assert vietnamese.has("Bài kiểm chứng")
    assert not english.has("Kiểm Tin")
