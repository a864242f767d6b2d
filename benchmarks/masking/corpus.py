"""Turns the marked-up messages of `source/` into the data set: `python -m benchmarks.masking.corpus`.

One message a line, with every piece of personal data as ``{kind|piece}``; ``⏎`` is a line end, ``# word`` begins the
messages of a topic. Offsets are worked out here, so they cannot be wrong.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from kiemtin.questions.masking import Kind

SOURCE = Path(__file__).parent / "source"
DATASET = Path(__file__).parents[2] / "datasets" / "kiemtin-pii"
# A part that was measured too often goes over to dev with its ids; a new one takes its place.
SOURCES = {"dev": ("dev", "test", "test2", "test3"), "test": ("test4",)}
SPLITS = tuple(SOURCES)
LANGUAGES = ("vi", "en")
_PIECE = re.compile(r"\{(?P<kind>[a-z-]+)\|(?P<text>[^{}|]+)\}")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of personal data: characters `start` up to `end` of the text, in NFC."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled message."""

    key: str
    lang: str
    topic: str
    text: str
    spans: tuple[Span, ...]

    def json(self) -> str:
        """Write it as a line of the data set."""
        spans = [{"start": span.start, "end": span.end, "kind": span.kind.value} for span in self.spans]
        row = {"_id": self.key, "lang": self.lang, "topic": self.topic, "text": self.text, "spans": spans}
        return json.dumps(row, ensure_ascii=False)


def parse(line: str) -> tuple[str, tuple[Span, ...]]:
    """Take the markup out of a line.

    Raises
    ------
    ValueError
        A kind is unknown, or a brace is left over.
    """
    line = unicodedata.normalize("NFC", line).replace("⏎", "\n")
    text, spans, last = "", [], 0
    for piece in _PIECE.finditer(line):
        text += line[last : piece.start()]
        spans.append(Span(len(text), len(text) + len(piece["text"]), Kind(piece["kind"])))
        text, last = text + piece["text"], piece.end()
    text += line[last:]
    if re.search(r"[{}|]", text):
        raise ValueError(f"markup left over: {text}")
    return text, tuple(spans)


def parsed(split: str) -> Iterator[Row]:
    """Yield the messages of a split from their sources."""
    for source, lang in product(SOURCES[split], LANGUAGES):
        topic, number = "", 0
        for line in (SOURCE / f"{source}.{lang}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                topic = line[2:]
            elif line:
                number += 1
                yield Row(f"{source}-{lang}-{number:03d}", lang, topic, *parse(line))


def read(split: str) -> list[Row]:
    """Read a split of the data set."""
    rows = []
    for line in (DATASET / f"{split}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans = tuple(Span(span["start"], span["end"], Kind(span["kind"])) for span in row["spans"])
        rows.append(Row(row["_id"], row["lang"], row["topic"], row["text"], spans))
    return rows


def main() -> None:
    """Write the data set."""
    DATASET.mkdir(exist_ok=True)
    for split in SPLITS:
        lines = "".join(f"{row.json()}\n" for row in parsed(split))
        (DATASET / f"{split}.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
