"""The pipeline: a message in, an `Answer` out.

Message and passages → candidates (lexical, vectors, near copies) → signals → fused score → guards → calibrated
probability → band.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache

from kiemtin.retrieval.calibrate import LEADS
from kiemtin.retrieval.features import ENCODER_SIGNALS, SIGNALS, Known, bm25, lexical_signals
from kiemtin.retrieval.features import Part as FeaturePart
from kiemtin.retrieval.fusion import Case, case_of
from kiemtin.retrieval.guards import check_guards, message_guards
from kiemtin.retrieval.index import Index
from kiemtin.retrieval.lexical import Stored
from kiemtin.retrieval.model import Model
from kiemtin.retrieval.records import Answer, Band, Guard, Match, Part
from kiemtin.retrieval.text import Analysis, Kind, analyse, check_message, passages

CANDIDATES = 60
"""Records that each matcher proposes for a message."""

OF_PASSAGE = 20
"""The same for each passage of a long one."""

MAX_PASSAGES = 8
"""Passages of a long message that are looked at closely: those that share the rarest words with the collection."""

MAX_TEXTS = 8
"""Texts of a record that are looked at closely: its main one, and the wordings that share most with the message. A
record that people added sixty copies of a message to would otherwise cost sixty times as much."""

_BLANKS = 3  # characters between two sentences, at most, that hold no word
_COPY = 0.6
_TEXT = 40  # characters that a text costs beside those it has

AT_HAND = 1_200_000
"""Characters of prepared texts that a matcher keeps at hand unless told otherwise; one costs some 60 to 80 bytes."""


@dataclass(frozen=True)
class Options:
    """How to match.

    Attributes
    ----------
    encoder
        Use vectors, where the index has them.
    fields
        Names of the signals to use (see `features.SIGNALS`); None means all.
    at_hand
        Characters of prepared texts to keep at hand.
    """

    encoder: bool = True
    fields: tuple[str, ...] | None = None
    at_hand: int = AT_HAND


@dataclass(frozen=True)
class Candidate:
    """A record beside a message: the text of it and the part of the message that agree best."""

    stored: Stored
    case: Case
    part: Part | None
    passage: str
    words: int
    values: npt.NDArray[np.float64]
    score: float


@dataclass(frozen=True)
class _Kept:
    """A record at hand, its texts prepared for the statistics of a generation of the index, which they hold on to."""

    stored: Stored
    texts: tuple[Known, ...]


@dataclass(frozen=True)
class _Look:
    """One part of the message under way.

    Attributes
    ----------
    vectors
        Its own, or those of the encoded passages that it shares words with.
    is_encoded
        Whether it is its own.
    """

    text: str
    place: Part | None
    features: FeaturePart
    vectors: tuple[npt.NDArray[np.float32], ...] = ()
    is_encoded: bool = False


class Matcher:
    """Answers messages from an index.

    Parameters
    ----------
    index
        Opened with an encoder, or without one: then matching is lexical, and answers say so.
    options
        See `Options`.
    model
        Fitted weights; None takes those of the package.
    """

    def __init__(self, index: Index, *, options: Options | None = None, model: Model | None = None) -> None:
        self.index = index
        self.options = options or Options()
        model = model or Model.load()
        self.uses_encoder = self.options.encoder and index.encoder is not None and index.dense is not None
        variant = model.hybrid if self.uses_encoder else model.lexical
        fields = self.options.fields
        self._weights = variant.weights if fields is None else variant.weights.only(frozenset(fields))
        self._calibration = variant.calibration
        most = self.options.at_hand
        self._kept: LRUCache[int, _Kept] = LRUCache(most, getsizeof=lambda kept: _size(kept.stored, most))
        self._stored: LRUCache[int, Stored] = LRUCache(most, getsizeof=lambda stored: _size(stored, most))
        self._kept_of = index.generation

    def ask(self, message: str, *, limit: int = 5) -> Answer:
        """Answer one message.

        Parameters
        ----------
        message
            As it was pasted.
        limit
            At most so many matches.

        Raises
        ------
        MessageError
            The message is empty, not text, or too long.
        """
        check_message(message)
        whole = analyse(message)
        held = message_guards(whole)
        if not whole.words or not len(self.index):
            return Answer(Band.NONE, guards=held, encoder=self.uses_encoder)
        candidates = self.candidates(message, whole)
        matches = self._matches(candidates, limit)
        return self._answer(matches, held)

    def ask_many(self, messages: Iterable[str], *, limit: int = 5) -> Iterator[Answer]:
        """Answer messages one after the other, in order."""
        for message in messages:
            yield self.ask(message, limit=limit)

    def candidates(self, message: str, whole: Analysis | None = None) -> list[Candidate]:
        """Return every record that any matcher proposed, one per work, best first."""
        looks = self._looks(message, whole or analyse(message))
        proposed = self._propose(looks)
        best: dict[str, Candidate] = {}
        for kept in self._fetch(list(proposed)):
            candidate = self._compare(proposed[kept.stored.slot], kept)
            work = kept.stored.record.work or kept.stored.record.id
            if work not in best or candidate.score > best[work].score:
                best[work] = candidate
        return sorted(best.values(), key=lambda c: (-c.score, c.stored.record.id))

    def _looks(self, message: str, whole: Analysis) -> list[_Look]:
        statistics = self.index.statistics
        looks = [_Look(message, None, FeaturePart(whole, statistics))]
        for passage in passages(message):
            analysis = analyse(passage.text)
            if len(analysis.words) > 2:
                place = Part(passage.start, passage.end)
                looks.append(_Look(passage.text, place, FeaturePart(analysis, statistics)))
        looks = [looks[0], *self._promising(looks[1:], MAX_PASSAGES)]
        return self._encoded(looks) if self.uses_encoder else looks

    def _promising(self, looks: list[_Look], count: int) -> list[_Look]:
        """Choose so many passages whose best record holds most of them, in their order."""
        if len(looks) <= count:
            return looks
        worth = []
        for at, look in enumerate(looks):
            slots = self.index.lexical.search(_terms(look.features), 1)
            texts = [known for kept in self._fetch(slots) for known in kept.texts]
            worth.append((max((lexical_signals(look.features, known)[1] for known in texts), default=0.0), at))
        return [looks[at] for at in sorted(at for _, at in sorted(worth, reverse=True)[:count])]

    def _encoded(self, looks: list[_Look]) -> list[_Look]:
        """Give each part its vector: of a long message, that of passages side by side, and no whole one."""
        if self.index.encoder is None:
            return looks
        # Encoding takes most of the time, and each half of the passages left out stands in one that is read.
        read = _side_by_side(looks[1:]) or looks[:1]
        rows = self.index.encoder.queries([look.features.analysis.text for look in read])
        own = {look.place: row for look, row in zip(read, rows, strict=True)}
        return [
            replace(look, vectors=(own[look.place],), is_encoded=True)
            if look.place in own
            else replace(look, vectors=tuple(row for one, row in zip(read, rows, strict=True) if _overlap(look, one)))
            for look in looks
        ]

    def _propose(self, looks: list[_Look]) -> dict[int, list[_Look]]:
        """Return the slots that any matcher proposes, each with the parts that it is worth comparing with.

        Those are the parts it was proposed for, and the whole message.
        """
        proposed: dict[int, list[_Look]] = {}
        for look in looks:
            count = CANDIDATES if look.place is None else OF_PASSAGE
            slots = self.index.lexical.search(_terms(look.features), count)
            if look.is_encoded and self.index.dense is not None:
                rows, _ = self.index.dense.search(np.array(look.vectors), count, alive=self.index.alive)
                slots += self.index.dense.owners[rows].tolist()
            for slot in dict.fromkeys(slots):
                proposed.setdefault(slot, [looks[0]] if look is not looks[0] else []).append(look)
        for copy in self.index.near.search(looks[0].features.shingles, CANDIDATES // 3):
            proposed.setdefault(copy.owner, list(looks))
        return proposed

    def _fetch(self, slots: list[int]) -> list[_Kept]:
        """Fetch records, keeping those of late at hand: preparing a record again costs more than finding it.

        A commit changes what the collection says of a term, never the words of a record that still stands.
        """
        if self._kept_of != self.index.generation:
            self._kept.clear()
            self._kept_of = self.index.generation
        # Also of those at hand, so that what is kept with its statistics is never let go of as a record before.
        stored = {slot: found for slot in slots if (found := self._stored.get(slot)) is not None}
        good = {slot: kept for slot in slots if (kept := self._kept.get(slot)) is not None}
        analysed = [stored[slot] for slot in stored.keys() - good.keys() if self.index.stands(slot)]
        missing = set(slots) - good.keys() - {one.slot for one in analysed}
        for one in itertools.chain(analysed, self.index.lexical.fetch(missing)):
            good[one.slot] = _Kept(one, tuple(Known(entry, self.index.statistics) for entry in one.entries))
            self._kept[one.slot], self._stored[one.slot] = good[one.slot], one
        return [good[slot] for slot in slots if slot in good]

    def _compare(self, looks: list[_Look], kept: _Kept) -> Candidate:
        """Score every part against every text of the record and keep the best pair."""
        stored = kept.stored
        best: Candidate | None = None
        for look in looks:
            cosines = self._cosines(look, stored.slot)
            for known in _closest(look.features, kept.texts):
                values = np.array([*lexical_signals(look.features, known), *cosines])
                case = case_of(look.features.analysis.kind, known.entry.kind)
                score = float(self._weights.score(case, values[None])[0])
                if best is None or score > best.score:
                    words = len(look.features.analysis.words)
                    best = Candidate(stored, case, look.place, look.text, words, values, score)
        if best is None:  # a record always has one text, a message one part
            raise RuntimeError("nothing to compare")
        return best

    def _cosines(self, look: _Look, slot: int) -> tuple[float, float]:
        """Best cosine of the part with any text of the record: plain, and around the centre of the space."""
        dense = self.index.dense
        if not look.vectors or dense is None:
            return 0.0, 0.0
        plain, centred = zip(*(dense.best(vector, slot) for vector in look.vectors), strict=True)
        return max(plain), max(centred)

    def _matches(self, candidates: list[Candidate], limit: int) -> list[tuple[Match, Band]]:
        """Return the best candidates as matches, each with the band that it earns by itself."""
        rivals = Rivals(candidates)
        out = []
        for at, candidate in enumerate(candidates[:limit]):
            guards = check_guards(candidate.passage, candidate.stored.record)
            values = calibration_values(candidate, rivals.leads(at), guards)
            probability = self._calibration.probability(candidate.case, values)
            band = self._calibration.band(candidate.case, probability)
            out.append((self._match(candidate, probability, guards), band))
        return out

    def _match(self, candidate: Candidate, probability: float, guards: tuple[Guard, ...]) -> Match:
        record = candidate.stored.record
        signals = dict(zip(SIGNALS, candidate.values.tolist(), strict=True))
        if not self.uses_encoder:
            signals = {name: value for name, value in signals.items() if name not in ENCODER_SIGNALS}
        return Match(
            id=record.id,
            work=record.work or record.id,
            score=candidate.score,
            probability=probability,
            part=candidate.part,
            near_copy=max(signals["copy_of"], signals["copy_in"]) >= _COPY,
            guards=guards,
            signals=signals,
        )

    def _answer(self, matches: list[tuple[Match, Band]], held: tuple[Guard, ...]) -> Answer:
        """Choose the band: the best match's own, held back by guards, or `maybe` if one of the next two earns that."""
        found = tuple(match for match, _ in matches)
        if not matches:
            return Answer(Band.NONE, guards=held, encoder=self.uses_encoder)
        guards = (*held, *found[0].guards)
        band = matches[0][1]
        if (band is Band.ANSWER and guards) or any(other is not Band.NONE for _, other in matches[1:3]):
            band = Band.MAYBE if band is not Band.ANSWER or guards else band
        return Answer(band, found, guards, self.uses_encoder)


class Rivals:
    """How far each candidate is ahead of the best other one, by score and by the signals in `calibrate.LEADS`."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        columns = [SIGNALS.index(name) for name in LEADS]
        self._table = np.array([[c.score, *c.values[columns]] for c in candidates]).reshape(-1, 1 + len(columns))

    def leads(self, at: int) -> npt.NDArray[np.float64]:
        """Return the leads of candidate `at`, shape (1 + len(LEADS),); a candidate alone leads by nothing."""
        return lead_of(self._table, at)


def lead_of(table: npt.NDArray[np.float64], at: int) -> npt.NDArray[np.float64]:
    """Row `at` of `table`, shape (n, m), less the column-wise best of the other rows; shape (m,).

    Without other rows it is zero: being the only one found says nothing for it, or the first check of a new collection
    would answer every message.
    """
    others = np.delete(table, at, axis=0)
    lead: npt.NDArray[np.float64] = table[at] - others.max(axis=0) if len(others) else np.zeros(table.shape[1])
    return lead


def _side_by_side(looks: list[_Look]) -> list[_Look]:
    """Choose as few of overlapping passages as hold all of their words."""
    chosen = looks[:1]
    for look, after in itertools.zip_longest(looks[1:], looks[2:]):
        if after is None or _start(after) > _end(chosen[-1]) + _BLANKS:
            chosen.append(look)
    return chosen


def _overlap(one: _Look, other: _Look) -> bool:
    return _start(one) < _end(other) and _start(other) < _end(one)


def _start(look: _Look) -> int:
    return look.place.start if look.place else 0


def _end(look: _Look) -> int:
    return look.place.end if look.place else len(look.text)


def _terms(part: FeaturePart) -> dict[str, list[str]]:
    """Terms to look for in each view: without diacritics where the message has none."""
    view = "folded" if part.analysis.kind is Kind.BARE else "words"
    return {view: list(part.weights[view]), "bigrams": list(part.weights["bigrams"])}


def _size(stored: Stored, most: int) -> int:
    return min(sum(len(entry.whole) + _TEXT for entry in stored.entries), most)


def _closest(part: FeaturePart, texts: tuple[Known, ...]) -> Sequence[Known]:
    """Choose the texts of a record to compare a part with; where there are few, all."""
    if len(texts) <= MAX_TEXTS:
        return texts
    others = sorted(texts[1:], key=lambda known: bm25(part, known, "folded", "folded"), reverse=True)
    return [texts[0], *others[: MAX_TEXTS - 1]]


def calibration_values(
    candidate: Candidate, leads: npt.NDArray[np.float64], guards: tuple[Guard, ...]
) -> npt.NDArray[np.float64]:
    """Return what calibration looks at: the signals, then `calibrate.EXTRA`; shape (len(SIGNALS) + len(EXTRA),)."""
    differ = [float(g in guards) for g in (Guard.NUMBERS, Guard.DATES, Guard.AMOUNTS, Guard.NAMES, Guard.NEGATION)]
    return np.array([*candidate.values, candidate.score, *leads, math.log1p(candidate.words), *differ])
