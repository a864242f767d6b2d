"""Counts what looking for patterns costs, without a clock: the steps of a backtracking engine.

`re` does not tell its steps. So the parsed pattern is run here once more, in the order in which `re` tries things: each
character compared and each position tried is a step. What `re` finds is compared, so the two cannot drift apart.
"""

import importlib
import re
import sys
from re import _constants as op
from re import _parser as parser

_ENDLESS = sys.maxsize
_CATEGORIES = {
    getattr(op, f"CATEGORY_{name}"): re.compile(sign)
    for name, sign in (
        ("DIGIT", r"\d"), ("NOT_DIGIT", r"\D"), ("SPACE", r"\s"), ("NOT_SPACE", r"\S"), ("WORD", r"\w"),
        ("NOT_WORD", r"\W"),
    )
}  # fmt: skip


class Steps:
    """The count of all patterns of one import."""

    def __init__(self):
        self.count = 0


class Counted:
    """A compiled pattern that counts; it finds what `re` finds."""

    def __init__(self, steps, compiled):
        self._steps, self._real = steps, compiled
        self.pattern, self.flags = compiled.pattern, compiled.flags
        self._engine = _Engine(steps, compiled)

    def match(self, text, pos=0, endpos=_ENDLESS):
        return self._agreed(self._real.match(text, pos, endpos), self._engine.at(text, pos, endpos))

    def fullmatch(self, text, pos=0, endpos=_ENDLESS):
        return self._agreed(self._real.fullmatch(text, pos, endpos), self._engine.at(text, pos, endpos, full=True))

    def search(self, text, pos=0, endpos=_ENDLESS):
        found = self._real.search(text, pos, endpos)
        last = found.start() if found else min(endpos, len(text))
        end = None
        for place in range(pos, last + 1):
            self._steps.count += 1
            end = self._engine.at(text, place, endpos)
            assert end is None or place == last, self.pattern
        return self._agreed(found, end)

    def finditer(self, text, pos=0, endpos=_ENDLESS):
        while pos <= min(endpos, len(text)) and (found := self.search(text, pos, endpos)):
            yield found
            assert found.end() > found.start(), self.pattern
            pos = found.end()

    def findall(self, text):
        return [found[0] for found in self.finditer(text)]

    def sub(self, with_what, text):
        list(self.finditer(text))
        return self._real.sub(with_what, text)

    def split(self, text):
        list(self.finditer(text))
        return self._real.split(text)

    def _agreed(self, found, end):
        assert (found.end() if found else None) == end, self.pattern
        return found


class _Engine:
    """A pattern as functions: each takes a place and what comes after, and returns where all ends, or None."""

    def __init__(self, steps, compiled):
        self._steps = steps
        self._ignores_case = bool(compiled.flags & re.IGNORECASE)
        self._text, self._end, self._groups = "", 0, {}
        self._run = self._row(parser.parse(compiled.pattern, compiled.flags))

    def at(self, text, place, endpos, *, full=False):
        self._text, self._end, self._groups = text, min(endpos, len(text)), {}
        return self._run(place, lambda end: end if not full or end == self._end else None)

    def _row(self, parts):
        made = [self._one(*part) for part in parts]

        def run(place, after, which=0):
            if which == len(made):
                return after(place)
            return made[which](place, lambda end: run(end, after, which + 1))

        return made[0] if len(made) == 1 else run

    def _one(self, kind, value):
        fits = self._single(kind, value)
        if fits:

            def run(place, after):
                self._steps.count += 1
                return after(place + 1) if place < self._end and fits(self._text[place]) else None

            return run
        return getattr(self, f"_{str(kind).lower()}")(value)

    def _single(self, kind, value):
        """Give a test of one character, for what matches just one."""
        if kind is op.LITERAL:
            wanted = {chr(value)} if not self._ignores_case else {chr(value).lower(), chr(value).upper()}
            return wanted.__contains__
        if kind is op.NOT_LITERAL:
            return lambda char: char != chr(value)
        if kind is op.ANY:
            return lambda char: char != "\n"
        if kind is op.IN:
            flags = re.IGNORECASE if self._ignores_case else 0
            known = {}
            tests = [_in_class(*one) for one in value if one[0] is not op.NEGATE]
            negated = value[0][0] is op.NEGATE

            def fits(char):
                if char not in known:
                    ways = {char, char.lower(), char.upper()} if flags else {char}
                    known[char] = any(test(way) for test in tests for way in ways) != negated
                return known[char]

            return fits
        return None

    def _branch(self, value):
        ways = [self._row(way) for way in value[1]]
        return lambda place, after: next((end for way in ways if (end := way(place, after)) is not None), None)

    def _subpattern(self, value):
        number, _, _, parts = value
        inner = self._row(parts)

        def run(place, after):
            def ended(end):
                before = self._groups.get(number)
                self._groups[number] = (place, end)
                found = after(end)
                if found is None:
                    self._groups[number] = before
                return found

            return inner(place, ended)

        return run

    def _repeat(self, value, *, greedy=True, keeps=False):
        least, most, parts = value
        fits = self._single(*parts[0]) if len(parts) == 1 else None
        inner = self._row(parts)

        def row_of_one(place, after):
            reach = place
            while reach < self._end and reach - place < most:
                self._steps.count += 1
                if not fits(self._text[reach]):
                    break
                reach += 1
            ends = range(place + least, reach + 1)
            if keeps:
                return after(reach) if reach - place >= least else None
            return next((end for one in (reversed(ends) if greedy else ends) if (end := after(one)) is not None), None)

        def one_by_one(place, after, count=0):
            def more():
                if count == most:
                    return None
                return inner(
                    place, lambda end: one_by_one(end, after, count + 1) if end > place or count < least else None
                )

            first, second = (more, lambda: after(place)) if greedy else (lambda: after(place), more)
            if count < least:
                return more()
            found = first()
            return second() if found is None else found

        def possessive(place, after):
            count = 0
            while count < most and (end := inner(place, lambda end: end)) is not None:
                count += 1
                if end == place:
                    break
                place = end
            return after(place) if count >= least else None

        return row_of_one if fits else possessive if keeps else one_by_one

    def _max_repeat(self, value):
        return self._repeat(value)

    def _min_repeat(self, value):
        return self._repeat(value, greedy=False)

    def _possessive_repeat(self, value):
        return self._repeat(value, keeps=True)

    def _atomic_group(self, value):
        inner = self._row(value)

        def run(place, after):
            end = inner(place, lambda end: end)
            return None if end is None else after(end)

        return run

    def _assert(self, value, *, wanted=True):
        direction, parts = value
        inner, width = self._row(parts), parts.getwidth()[0] if direction < 0 else 0

        def run(place, after):
            found = None if place < width else inner(place - width, lambda end: end)
            return after(place) if (found is not None) == wanted else None

        return run

    def _assert_not(self, value):
        return self._assert(value, wanted=False)

    def _at(self, value):
        def run(place, after):
            self._steps.count += 1
            is_there = {
                op.AT_BEGINNING: place == 0,
                op.AT_BEGINNING_STRING: place == 0,
                op.AT_END: place == self._end or (place == self._end - 1 and self._text[place] == "\n"),
                op.AT_END_STRING: place == self._end,
            }[value]
            return after(place) if is_there else None

        return run

    def _groupref(self, number):
        def run(place, after):
            if self._groups.get(number) is None:
                return None
            start, end = self._groups[number]
            self._steps.count += end - start + 1
            written = self._text[start:end]
            return after(place + len(written)) if self._text.startswith(written, place) else None

        return run


def _in_class(kind, value):
    if kind is op.LITERAL:
        return lambda char: ord(char) == value
    if kind is op.RANGE:
        return lambda char: value[0] <= ord(char) <= value[1]
    return _CATEGORIES[value].match


def counted(module, *rooms):
    """Import a module anew with patterns that count, and what it imports from these rooms; give it and the count.

    The module as it was imported before stays what others have.
    """
    steps, compile_ = Steps(), re.compile
    away = {name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith(rooms)}
    re.compile = lambda pattern, flags=0: Counted(steps, compile_(pattern, flags))
    try:
        return importlib.import_module(module), steps
    finally:
        re.compile = compile_
        for name in [name for name in sys.modules if name.startswith(rooms)]:
            del sys.modules[name]
        sys.modules.update(away)
