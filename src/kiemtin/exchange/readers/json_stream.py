"""A JSON document as a stream of the objects that can hold a review, in constant memory.

Elements of a list at the top, of `@graph` and of `dataFeedElement` are given one by one as they end; an object at the
top is given at its end without those lists. Only one such object is in memory at a time.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO

import ijson

from kiemtin.exchange.readers.base import BOM, READ_ERRORS, fault_of
from kiemtin.exchange.readers.escapes import WholeEscapes
from kiemtin.exchange.rows import Fault

_PIECE = 4096  # a break is told with the beginning of its piece: small enough to find it by eye
_LARGE_PIECE = 1 << 16  # within a long text, which the parser reads from its beginning with each piece
_FEW = 64  # pieces in a row that end nothing, before they become larger
_MAX_TOKEN = 4 << 20  # bytes of one text or number: the parser holds it until it ends
_MAX_DEPTH = 64
_MAX_SIZE = 64 << 20  # characters of one object
_STREAMED = ("@graph", "dataFeedElement")
# Control characters: between tokens they are white space or an error, inside a string they are an error to a strict
# parser though feeds hold them (a bare \r above all). As spaces they are right in both places.
_CONTROL = bytes(32 if byte < 32 else byte for byte in range(256))
_NOT_UTF8 = "\ufdd0"  # a noncharacter: stands where bytes were not UTF-8, so that only their object is dropped

codecs.register_error("kiemtin-mark", lambda error: (_NOT_UTF8, error.end))  # type: ignore[attr-defined]


class Place(StrEnum):
    """Where in the document an object stood."""

    TOP = "top"
    LIST = "list"
    GRAPH = "@graph"
    FEED = "dataFeedElement"


@dataclass(frozen=True, slots=True)
class Element:
    """One object: its value or its fault, where it stood, and the line it starts on."""

    place: Place
    line: int
    value: object = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """Where the document could not be read further."""

    line: int
    byte: int
    fault: Fault


@dataclass(slots=True)
class _Frame:
    """A container that is being built; `place` is set if its elements are given one by one."""

    value: dict[str, object] | list[object]
    place: Place | None = None
    key: str = ""


@dataclass(slots=True)
class _Builder:
    """Puts parser events together to elements."""

    line: int = 1
    frames: list[_Frame] = field(default_factory=list)
    too_deep: int = 0
    started: int = 1
    size: int = 0
    fault: Fault | None = None

    def take(self, event: str, value: object) -> Element | None:
        """Take one event; return the element that it ends, if it ends one."""
        if event in ("start_map", "start_array"):
            self._open(event)
            return None
        if event == "map_key":
            self._key(str(value))
            return None
        if event in ("end_map", "end_array"):
            return self._close()
        return self._scalar(value)

    def _open(self, event: str) -> None:
        if self.too_deep or len(self.frames) >= _MAX_DEPTH:
            self.too_deep += 1
            self.fault = self.fault or Fault.TOO_DEEP
            return
        if self._at_element():
            self._begin()
        is_map = event == "start_map"
        self.frames.append(_Frame({} if is_map else [], None if is_map else self._place()))

    def _place(self) -> Place | None:
        """Return what a list that opens now is called if its elements are given one by one."""
        if not self.frames:
            return Place.LIST
        owner = self.frames[-1]
        on_top = len(self.frames) == 1 or self.frames[-2].place is Place.LIST
        return Place(owner.key) if on_top and isinstance(owner.value, dict) and owner.key in _STREAMED else None

    def _at_element(self) -> bool:
        return not self.frames or self.frames[-1].place is not None

    def _begin(self) -> None:
        self.started, self.size, self.fault = self.line, 0, None

    def _key(self, key: str) -> None:
        if not self.too_deep:
            self._weigh(key)
            self.frames[-1].key = key

    def _close(self) -> Element | None:
        if self.too_deep:
            self.too_deep -= 1
            return None
        frame = self.frames.pop()
        if frame.place is Place.LIST:
            return None
        return self._attach([] if frame.place else frame.value)

    def _scalar(self, value: object) -> Element | None:
        if self.too_deep:
            return None
        if self._at_element():
            self._begin()
        if isinstance(value, str):
            self._weigh(value)
        return self._attach(value)

    def _weigh(self, text: str) -> None:
        self.size += len(text) + 8
        if self.size > _MAX_SIZE:
            self.fault = self.fault or Fault.TOO_LARGE
        elif _NOT_UTF8 in text:
            self.fault = self.fault or Fault.NOT_UTF8

    def _attach(self, value: object) -> Element | None:
        if self._at_element():
            place = (self.frames[-1].place if self.frames else None) or Place.TOP
            fault, self.fault = self.fault, None
            return Element(place, self.started, None if fault else value, fault)
        frame = self.frames[-1]
        if self.fault is not None:
            return None
        if isinstance(frame.value, dict):
            frame.value[frame.key] = value
        else:
            frame.value.append(value)
        return None


def elements(stream: BinaryIO) -> Iterator[Element | Break]:
    """Yield the objects of one document (or of several, one after the other), and a `Break` if it ends too early."""
    events = ijson.sendable_list()
    # With Python's own numbers, one that Python refuses (5,000 digits) ends the process; as C numbers it is an error.
    parser = ijson.basic_parse_coro(events, multiple_values=True, use_float=True)
    builder, source = _Builder(), _Source(stream)
    at, fault = 0, Fault.BROKEN
    try:
        for raw, piece in source.pieces():
            if piece:  # an empty one, where only a part of a character or an escape came, is the end to the parser
                parser.send(piece)
            source.heard(len(raw), is_quiet=not events)
            yield from _drain(events, builder)
            at += len(raw)
            builder.line += raw.count(b"\n")
            if source.waited > _MAX_TOKEN:
                yield Break(builder.line, at, Fault.ENDLESS)
                return
        fault = Fault.TRUNCATED
        parser.close()
        yield from _drain(events, builder)
    except READ_ERRORS as error:
        yield Break(builder.line, at, fault_of(error))
    except ijson.JSONError:
        yield from _drain(events, builder)
        yield Break(builder.line, at, fault)


@dataclass(slots=True)
class _Source:
    """A stream in pieces; `waited` bytes since something in it ended, in `count` pieces."""

    stream: BinaryIO
    waited: int = 0
    count: int = 0

    def heard(self, size: int, *, is_quiet: bool) -> None:
        """Note whether a piece has ended anything."""
        self.waited, self.count = (self.waited + size, self.count + 1) if is_quiet else (0, 0)

    def pieces(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield pieces within one line, as they are and as clean UTF-8 without control characters or half ones."""
        decoder, escapes = codecs.getincrementaldecoder("utf-8")("kiemtin-mark"), WholeEscapes()
        raw = self._next()
        clean = raw.removeprefix(BOM)
        while raw:
            clean = clean.translate(_CONTROL)
            if not clean.isascii() or decoder.getstate()[0]:
                clean = decoder.decode(clean).encode()
            yield raw, escapes.take(clean)
            raw = clean = self._next()
        if left := escapes.take(decoder.decode(b"", final=True).encode()) + escapes.end():
            yield b"", left

    def _next(self) -> bytes:
        return self.stream.readline(_PIECE) if self.count < _FEW else self.stream.read(_LARGE_PIECE)


def _drain(events: list[tuple[str, object]], builder: _Builder) -> Iterator[Element]:
    for event, value in events:
        if (element := builder.take(event, value)) is not None:
            yield element
    del events[:]
