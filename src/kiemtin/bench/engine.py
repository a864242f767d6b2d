"""The engine that is measured: the matching core with an index in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from kiemtin.retrieval import Encoder, Index, Matcher, Options, Record

_BATCH = 128


@dataclass(frozen=True, slots=True)
class MatcherEngine:
    """Builds an index in memory and opens a matcher on it (see `evaluate.Engine`).

    Attributes
    ----------
    encoder
        For the vectors; None measures without them.
    options
        Of the matcher: which parts take part.
    """

    encoder: Encoder | None
    options: Options

    @contextmanager
    def __call__(self, records: Sequence[Record], *, progress: Callable[[int], None]) -> Iterator[Matcher]:
        """Index the records, telling how many are done."""
        with Index.in_memory(encoder=self.encoder) as index:
            for at in range(0, len(records), _BATCH):
                batch = records[at : at + _BATCH]
                index.add(batch)
                progress(at + len(batch))
            index.commit()
            yield Matcher(index, options=self.options)
