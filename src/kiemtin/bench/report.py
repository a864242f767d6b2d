"""What a measurement says, as rows of a table and as one JSON object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiemtin.bench.absent import BandCounts, Ratio, Tally
from kiemtin.bench.evaluate import Evaluation

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the measure's name, its value (None: nothing measured), what it is made of."""

    name: str
    value: float | None
    ratio: Ratio | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one measurement and what they were taken on; `encoder` is None without vectors."""

    evaluation: Evaluation
    encoder: str | None

    def rows(self) -> tuple[Row, ...]:
        """Return the measures in the order in which they are read, the bands last."""
        return (*self._metric_rows(), *self._absent_rows())

    def as_json(self) -> Json:
        """Return one object for machines; a measure with nothing to measure is null."""
        found, dataset = self.evaluation, self.evaluation.dataset
        rows = (*self._metric_rows(), *_ratio_rows(found.absent or Tally()))
        return {
            "dataset": dataset.name,
            "split": dataset.split,
            "queries": len(dataset.queries),
            "documents": len(dataset.documents),
            "encoder": self.encoder,
            **{row.name: row.value for row in rows},
            "counts": self._counts(),
            "seconds": round(found.seconds, 3),
            "ms_per_query": round(1000 * found.seconds_asking / len(dataset.queries), 3),
        }

    def _metric_rows(self) -> tuple[Row, ...]:
        found = self.evaluation.metrics
        return (
            Row("map@5", found.map5),
            Row("mrr", found.mrr),
            Row("p@1", found.p1),
            Row("recall@5", found.recall5),
            Row("recall@20", found.recall20),
        )

    def _absent_rows(self) -> tuple[Row, ...]:
        absent = self.evaluation.absent
        if absent is None:
            return ()
        return (
            *_ratio_rows(absent),
            *_band_rows("answerable", absent.answerable),
            *_band_rows("not_in_database", absent.not_in_database),
        )

    def _counts(self) -> Json:
        found, dataset = self.evaluation, self.evaluation.dataset
        counts: dict[str, object] = {
            "judged": len(dataset.qrels),
            "with_answer": sum(bool(documents) for documents in dataset.relevant.values()),
            "without_text": len(dataset.qrels) - len(dataset.queries),
            "unreadable": found.unreadable,
            "bad_rows": len(dataset.bad_rows),
        }
        return counts | _absent_counts(found.absent, found.divisions) if found.absent else counts


def _ratio_rows(absent: Tally) -> tuple[Row, ...]:
    ratios = {
        "answer_precision": absent.answer_precision,
        "answer_coverage": absent.answer_coverage,
        "false_answer_rate": absent.false_answer_rate,
    }
    return tuple(Row(name, ratio.value, ratio) for name, ratio in ratios.items())


def _band_rows(name: str, bands: BandCounts) -> tuple[Row, ...]:
    shares = {band: Ratio(count, bands.queries) for band, count in _by_band(bands).items()}
    return tuple(Row(f"{name}: {band}", share.value, share) for band, share in shares.items())


def _by_band(bands: BandCounts) -> dict[str, int]:
    return {"answer": bands.answer, "maybe": bands.maybe, "none": bands.none}


def _absent_counts(absent: Tally, divisions: int) -> dict[str, object]:
    measures = {
        row.name: {"numerator": row.ratio.numerator, "denominator": row.ratio.denominator}
        for row in _ratio_rows(absent)
        if row.ratio
    }
    bands = {"answerable": absent.answerable, "not_in_database": absent.not_in_database}
    return {
        **measures,
        **{name: _band_counts(counts) for name, counts in bands.items()},
        "removed_documents": absent.removed,
        "divisions": divisions,
    }


def _band_counts(bands: BandCounts) -> Json:
    counts = _by_band(bands)
    shares = {f"{band}_share": Ratio(count, bands.queries).value for band, count in counts.items()}
    return {"queries": bands.queries, **counts, **shares}
