"""What is written in figures: groups of figures, words and signs for figures, with nothing but signs between them.

Every kind of number is looked for in these, so a way of writing that is understood here is understood for all kinds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kiemtin.questions.masking import spoken
from kiemtin.questions.masking.atoms import LEFT_OUT, Atom, Form

_TOKEN = re.compile(r"[0-9]++|[a-z]++|[*#?•■]++|_{2,}+|-{3,}+|\.{3,}+|…++|!")
_BETWEEN = re.compile(r"(?:[^\w\x00-\x02\n]|_){0,8}|[ .,/\-]{0,4}\n[ .,/\-]{0,4}")
_LOOKS = re.compile(r"[oilszbgq]{1,4}|o{5,8}")
_LOOK_LIKE = str.maketrans("oilszbgq!", "011528991")
_ONES = frozenset("il")
_SINGLE = frozenset("0123456789o")
_TAIL = "duoi"  # 0988 đuôi 123
_UNUSUAL = re.compile(rf"x+|{_LOOKS.pattern}|{_TAIL}|{spoken.GLUED.pattern}")
_MOST = 300  # groups of one chain; a longer row is cut
_LEAST = 3  # figures of a chain


@dataclass(frozen=True, slots=True)
class Chain:
    """Groups in a row.

    Attributes
    ----------
    plain, source
        The whole text they are in, folded and as it is.
    hides
        Whether figures are left out of it.
    """

    atoms: tuple[Atom, ...]
    plain: str = field(repr=False)
    source: str = field(repr=False)
    hides: bool = False

    def written(self, first: int, last: int) -> str:
        """Give the plain text of the groups from one to another, that included."""
        return self.plain[self.atoms[first].start : self.atoms[last].end]

    def figures(self, first: int, last: int) -> str:
        """Give the figures of the groups from one to another, that included."""
        return "".join(atom.figures for atom in self.atoms[first : last + 1])

    def lengths(self, first: int, last: int) -> tuple[int, ...]:
        """Give the lengths of the groups from one to another, that included; what is written together is one."""
        lengths: list[int] = []
        end = -1
        for atom in self.atoms[first : last + 1]:
            if atom.form is Form.GAP:
                continue
            if atom.start == end:
                lengths[-1] += len(atom.figures)
            else:
                lengths.append(len(atom.figures))
            end = atom.end
        return tuple(lengths)

    def runs(self, at: Callable[[Chain, int], int | None]) -> Iterator[tuple[int, int]]:
        """Yield the first and the last group of each number; `at` gives the last of one that begins with a group."""
        first = 0
        while first < len(self.atoms):
            last = at(self, first)
            if last is not None:
                yield first, last
            first = (first if last is None else last) + 1

    def between(self, at: int) -> str:
        """Give what stands before a group, after the one before it; of the first nothing."""
        return self.plain[self.atoms[at - 1].end : self.atoms[at].start] if at else ""


def chains(plain: str, source: str) -> tuple[Chain, ...]:
    """Return the chains of a text, in its order; one that can be read in two ways is there twice."""
    found: list[Chain] = []
    for atoms in _rows(plain):
        words = sum(atom.form is Form.WORDS for atom in atoms)
        is_said = words > 1 or any(atom.word in spoken.MULTIPLES for atom in atoms) or _is_several(atoms)
        for reading in spoken.readings(atoms) if is_said else _parted(atoms):
            if sum(len(atom.figures) for atom in reading) >= _LEAST:
                hides = any(LEFT_OUT in atom.figures for atom in reading)
                found.append(Chain(tuple(reading), plain, source, hides))
    return tuple(found)


def _is_several(atoms: Sequence[Atom]) -> bool:
    """Whether a word says how often the figure after it stands there: 0933 ba số 0 456."""
    return any(
        one.form is Form.WORDS
        and joint.word in spoken.COUNTS
        and other.form is Form.FIGURES
        and len(other.figures) == 1
        for one, joint, other in zip(atoms, atoms[1:], atoms[2:], strict=False)
    )


def _parted(atoms: Sequence[Atom]) -> Iterator[list[Atom]]:
    """Part where a word stands that is between figures only when these are words too."""
    part: list[Atom] = []
    for atom in atoms:
        if atom.form is not Form.JOINT:
            part.append(atom)
        elif atom.word not in spoken.SIGNS:
            yield part
            part = []
    yield part


def _rows(plain: str) -> Iterator[list[Atom]]:
    tokens = list(_TOKEN.finditer(plain))
    row: list[Atom] = []
    for at, token in enumerate(tokens):
        sign = token[0][0]
        if sign.isdigit():
            atom: Atom | None = Atom(token.start(), token.end(), token[0], Form.FIGURES)
        elif sign.isalpha():
            atom = _letters(tokens, at)
        else:
            atom = _signs(tokens, at)
            if atom is None:
                continue
        if row and (atom is None or len(row) == _MOST or not _BETWEEN.fullmatch(plain, row[-1].end, atom.start)):
            yield row
            row = []
        if atom:
            row.append(atom)
    if row:
        yield row


def _letters(tokens: Sequence[re.Match[str]], at: int) -> Atom | None:
    """Read a word: one that ends the row is None."""
    (start, end), word = tokens[at].span(), tokens[at][0]
    if len(word) > 1 and word not in spoken.KNOWN and not _UNUSUAL.fullmatch(word):
        return None
    is_glued = _touches(tokens, at, -1) or _touches(tokens, at, 1)
    if not word.strip("x"):
        return Atom(start, end, LEFT_OUT * len(word), Form.LEFT_OUT) if len(word) > 1 or is_glued else None
    if word == _TAIL:
        is_after = at and tokens[at - 1][0].isdigit() and start - tokens[at - 1].end() == 1
        return Atom(start, end, LEFT_OUT * 3, Form.GAP) if is_after else None
    if (len(word) > 1 or not is_glued) and (figures := spoken.figures_of(word)):
        return Atom(start, end, figures, Form.WORDS)
    if word in spoken.JOINTS:
        return Atom(start, end, "", Form.JOINT, word)
    looks = _LOOKS.fullmatch(word) and (is_glued or not word.strip("o") or _is_among_single(tokens, at))
    return Atom(start, end, word.translate(_LOOK_LIKE), Form.LETTERS) if looks else None


def _is_among_single(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether an l or i stands between single figures, with a sign on each side: 7 8 l 2 3."""
    if tokens[at][0] not in _ONES or not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    is_close = tokens[at].start() - before.end() == 1 == after.start() - tokens[at].end()
    return is_close and before[0] in _SINGLE and after[0] in _SINGLE


def _signs(tokens: Sequence[re.Match[str]], at: int) -> Atom | None:
    """Read signs; single ones only stand between."""
    token = tokens[at]
    start, end, sign, length = token.start(), token.end(), token[0][0], len(token[0])
    if sign == "!":
        both = _touches(tokens, at, -1) and _touches(tokens, at, 1)
        return Atom(start, end, "1", Form.LETTERS) if both else None
    if sign in "*#?•■" and length > 1:
        return Atom(start, end, LEFT_OUT * length, Form.LEFT_OUT)
    if sign in "*_-.…":
        return Atom(start, end, LEFT_OUT * (3 if sign in ".…" else length), Form.GAP)
    return None


def _touches(tokens: Sequence[re.Match[str]], at: int, step: int) -> bool:
    """Whether figures, or signs for them, stand right beside a token."""
    if not 0 <= at + step < len(tokens):
        return False
    beside, token = tokens[at + step], tokens[at]
    if (beside.start() != token.end()) if step > 0 else (beside.end() != token.start()):
        return False
    return beside[0][0] in "0123456789*#?•■x"
