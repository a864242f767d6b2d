"""The pipeline: a message in, an `Answer` out.

Message and passages → candidates (lexical, vectors, near copies) → signals → fused score → guards → calibrated probability
→ band.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kiemtin.retrieval.features import ENCODER_SIGNALS, SIGNALS, lexical_signals
from kiemtin.retrieval.features import Part as FeaturePart
from kiemtin.retrieval.fusion import Case, case_of
from kiemtin.retrieval.guards import check_guards, message_guards
from kiemtin.retrieval.index import Index
from kiemtin.retrieval.lexical import Stored
from kiemtin.retrieval.model import Model
from kiemtin.retrieval.records import Answer, Band, Guard, Match, Part
from kiemtin.retrieval.text import Analysis, Kind, analyse, check_message, passages

CANDIDATES = 60
"""Records that each matcher proposes for each part of a message."""

MAX_PASSAGES = 8
"""Passages of a long message that are looked at closely: those that share the rarest words with the collection."""

_COPY = 0.6
_KEPT = 20_000


@dataclass(frozen=True)
class Options:
    """How to match.

    Attributes
    ----------
    encoder
        Use vectors, where the index has them.
    fields
        Names of the signals to use (see `features.SIGNALS`); None means all.
    """

    encoder: bool = True
    fields: tuple[str, ...] | None = None


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
class _Look:
    """One part of the message under way."""

    text: str
    place: Part | None
    features: FeaturePart
    vector: npt.NDArray[np.float32] | None


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
        self._kept: OrderedDict[int, Stored] = OrderedDict()
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
        slots = self._propose(looks)
        best: dict[str, Candidate] = {}
        for stored in self._fetch(slots):
            candidate = self._compare(looks, stored)
            work = stored.record.work or stored.record.id
            if work not in best or candidate.score > best[work].score:
                best[work] = candidate
        return sorted(best.values(), key=lambda c: (-c.score, c.stored.record.id))

    def _looks(self, message: str, whole: Analysis) -> list[_Look]:
        statistics = self.index.statistics
        parts: list[tuple[str, Part | None, FeaturePart]] = [(message, None, FeaturePart(whole, statistics))]
        for passage in passages(message):
            analysis = analyse(passage.text)
            if len(analysis.words) > 2:
                place = Part(passage.start, passage.end)
                parts.append((passage.text, place, FeaturePart(analysis, statistics)))
        if len(parts) > MAX_PASSAGES + 1:
            parts = [parts[0], *self._promising(parts[1:])]
        vectors: list[npt.NDArray[np.float32] | None] = [None] * len(parts)
        if self.uses_encoder and self.index.encoder:
            vectors = list(self.index.encoder.queries([p.analysis.text for _, _, p in parts]))
        return [_Look(t, place, p, v) for (t, place, p), v in zip(parts, vectors, strict=True)]

    def _promising(
        self, parts: list[tuple[str, Part | None, FeaturePart]]
    ) -> list[tuple[str, Part | None, FeaturePart]]:
        """Choose the passages whose best record holds most of them, in their order."""
        worth = []
        for at, (_, _, part) in enumerate(parts):
            slots = self.index.lexical.search(_terms(part), 1)
            entries = [e for stored in self._fetch(slots) for e in stored.entries]
            worth.append((max((lexical_signals(part, e, self.index.statistics)[1] for e in entries), default=0.0), at))
        chosen = sorted(at for _, at in sorted(worth, reverse=True)[:MAX_PASSAGES])
        return [parts[at] for at in chosen]

    def _propose(self, looks: list[_Look]) -> list[int]:
        """Return the slots that any matcher proposes for any part."""
        slots: dict[int, None] = {}
        for look in looks:
            slots.update(dict.fromkeys(self.index.lexical.search(_terms(look.features), CANDIDATES)))
            if look.vector is not None and self.index.dense is not None:
                rows, _ = self.index.dense.search(look.vector[None], CANDIDATES, alive=self.index.alive)
                slots.update(dict.fromkeys(int(s) for s in self.index.dense.owners[rows]))
        copies = self.index.near.search(looks[0].features.shingles, CANDIDATES // 3)
        slots.update(dict.fromkeys(copy.owner for copy in copies))
        return list(slots)

    def _fetch(self, slots: list[int]) -> list[Stored]:
        """Fetch records, keeping those of late at hand: analysing a record again costs more than finding it."""
        if self._kept_of != self.index.generation:
            self._kept.clear()
            self._kept_of = self.index.generation
        for stored in self.index.lexical.fetch(s for s in slots if s not in self._kept):
            self._kept[stored.slot] = stored
        found = [self._kept[s] for s in slots if s in self._kept]
        for stored in found:
            self._kept.move_to_end(stored.slot)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found

    def _compare(self, looks: list[_Look], stored: Stored) -> Candidate:
        """Score every part against every text of the record and keep the best pair."""
        best: Candidate | None = None
        for look in looks:
            cosines = self._cosines(look, stored.slot)
            for entry in stored.entries:
                values = np.array([*lexical_signals(look.features, entry, self.index.statistics), *cosines])
                case = case_of(look.features.analysis.kind, entry.kind)
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
        if look.vector is None or dense is None:
            return 0.0, 0.0
        return dense.best(look.vector, slot)

    def _matches(self, candidates: list[Candidate], limit: int) -> list[Match]:
        out = []
        for at, candidate in enumerate(candidates[:limit]):
            rival = candidates[1 if at == 0 else 0].score if len(candidates) > 1 else candidate.score - 4.0
            guards = check_guards(candidate.passage, candidate.stored.record)
            probability = self._calibration.probability(
                candidate.case, calibration_values(candidate, candidate.score - rival, guards)
            )
            signals = dict(zip(SIGNALS, candidate.values.tolist(), strict=True))
            out.append(
                Match(
                    id=candidate.stored.record.id,
                    work=candidate.stored.record.work or candidate.stored.record.id,
                    score=candidate.score,
                    probability=probability,
                    part=candidate.part,
                    near_copy=max(signals["copy_of"], signals["copy_in"]) >= _COPY,
                    guards=guards,
                    signals=signals
                    if self.uses_encoder
                    else {k: v for k, v in signals.items() if k not in ENCODER_SIGNALS},
                )
            )
        return out

    def _answer(self, matches: list[Match], held: tuple[Guard, ...]) -> Answer:
        if not matches:
            return Answer(Band.NONE, guards=held, encoder=self.uses_encoder)
        guards = (*held, *matches[0].guards)
        band = self._calibration.band(max(m.probability for m in matches[:3]))
        if band is Band.ANSWER and (guards or self._calibration.band(matches[0].probability) is not Band.ANSWER):
            band = Band.MAYBE
        return Answer(band, tuple(matches), guards, self.uses_encoder)


def _terms(part: FeaturePart) -> dict[str, list[str]]:
    """Terms to look for in each view: without diacritics where the message has none."""
    view = "folded" if part.analysis.kind is Kind.BARE else "words"
    return {view: list(part.weights[view]), "bigrams": list(part.weights["bigrams"])}


def calibration_values(candidate: Candidate, lead: float, guards: tuple[Guard, ...]) -> npt.NDArray[np.float64]:
    """Return what calibration looks at: the signals, then `calibrate.EXTRA`; shape (len(SIGNALS) + len(EXTRA),)."""
    differ = [float(g in guards) for g in (Guard.NUMBERS, Guard.DATES, Guard.AMOUNTS, Guard.NAMES, Guard.NEGATION)]
    return np.array([*candidate.values, candidate.score, lead, math.log1p(candidate.words), *differ])
