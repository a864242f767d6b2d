"""`kiemtin eval`: measure the matching core on a data set in BEIR form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from kiemtin.bench import beir, errors, transform
from kiemtin.bench.cache import CachedEncoder, EmbeddingCache, default_folder
from kiemtin.bench.engine import MatcherEngine
from kiemtin.bench.evaluate import Evaluation, Settings, Stage, evaluate
from kiemtin.bench.evaluate import Progress as Listener
from kiemtin.bench.report import Report, Row
from kiemtin.bench.runs import trec_id, write_run
from kiemtin.retrieval import Encoder, Options, load_encoder
from kiemtin.retrieval.errors import EncoderUnavailableError, RetrievalError
from kiemtin.retrieval.features import SIGNALS

_BAD_ROWS_SHOWN = 5


class EvalError(click.ClickException):
    """Nothing could be measured, or the run file could not be written."""

    exit_code = 2


def _fields(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    """Return the names of the matchers to use, None for all."""
    if value is None:
        return None
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    unknown = [name for name in names if name not in SIGNALS]
    if unknown or not names:
        message = _("unknown: %(unknown)s. There are: %(known)s")
        raise click.BadParameter(message % {"unknown": ", ".join(unknown) or "–", "known": ", ".join(SIGNALS)})
    return names


@click.command("eval", help=_("Measure the matching on a data set in BEIR form: corpus, queries, judgments."))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--split", default="test", show_default=True, help=_("Name of the judgments in qrels/."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON object."))
@click.option(
    "--run-file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help=_("Where to write the TREC run file (default: NAME-SPLIT.run)."),
)
@click.option("--strip-diacritics", is_flag=True, help=_("Take all diacritics off the queries."))
@click.option("--nfd", is_flag=True, help=_("Decompose the letters of the queries (NFD)."))
@click.option("--old-tones", is_flag=True, help=_("Write the queries with the old tone placement (hòa)."))
@click.option("--new-tones", is_flag=True, help=_("Write the queries with the new tone placement (hoà)."))
@click.option("--other-tones", is_flag=True, help=_("Move every tone of the queries that has two places."))
@click.option("--fields", callback=_fields, metavar="A,B", help=_("Use only these matchers."))
@click.option("--no-encoder", is_flag=True, help=_("Match by words only, without vectors."))
@click.option("--seed", type=int, default=0, show_default=True, help=_("Of the division in halves."))
@click.option(
    "--repeats",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help=_("Divisions in halves that are added up."),
)
@click.option("--limit-queries", type=click.IntRange(min=1), metavar="N", help=_("Ask the first N queries."))
@click.option("--no-absent", is_flag=True, help=_("Leave out the queries that nothing answers."))
@click.option("--no-cache", is_flag=True, help=_("Keep no vectors on disk."))
def eval_command(  # noqa: PLR0913  (one parameter an option)
    *,
    folder: Path,
    split: str,
    as_json: bool,
    run_file: Path | None,
    strip_diacritics: bool,
    nfd: bool,
    old_tones: bool,
    new_tones: bool,
    other_tones: bool,
    fields: tuple[str, ...] | None,
    no_encoder: bool,
    seed: int,
    repeats: int,
    limit_queries: int | None,
    no_absent: bool,
    no_cache: bool,
) -> None:
    """Measure, print the figures and write the run file."""
    # Tones go first: afterwards there may be none left, or they stand apart from their letters.
    changes = {
        transform.old_tones: old_tones,
        transform.new_tones: new_tones,
        transform.other_tones: other_tones,
        transform.strip_diacritics: strip_diacritics,
        transform.nfd: nfd,
    }
    with _explained(), ExitStack() as stack:
        dataset = _dataset(folder, split, limit_queries, [change for change, on in changes.items() if on])
        target = run_file or Path(f"{dataset.name}-{split}.run")
        encoder = None if no_encoder else _encoder(stack, cached=not no_cache)
        engine = MatcherEngine(encoder, Options(encoder=encoder is not None, fields=fields))
        settings = Settings(absent=not no_absent, seed=seed, repeats=repeats)
        with _progress() as progress:
            found = evaluate(dataset, engine, settings=settings, progress=progress)
        _show(Report(found, encoder.name if encoder else None), as_json=as_json)
        _write(found, target)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn errors of the rooms below into a message and exit status 2."""
    try:
        yield
    except errors.BenchError as error:
        raise EvalError(_explanation(error)) from error
    except RetrievalError as error:
        raise EvalError(str(error)) from error


def _explanation(error: errors.BenchError) -> str:
    templates = {
        errors.DataFileMissingError: _("%(path)s is missing or cannot be read."),
        errors.UnknownSplitError: _("There is no split “%(split)s” here. There are: %(splits)s"),
        errors.QrelsFormatError: _(
            "%(path)s, line %(line)s: expected query-id, corpus-id and a whole number, divided by tabs, "
            "each pair judged once."
        ),
        errors.EmptyDatasetError: _("%(path)s has nothing to measure: no documents, or no judged query."),
        errors.CacheUnusableError: _(
            "The stored vectors in %(path)s cannot be used. Delete them, or add --no-cache.",
        ),
    }
    values = {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in error.params.items()}
    template = templates.get(type(error))
    return template % values if template else str(error)


def _dataset(folder: Path, split: str, limit: int | None, changes: list[Callable[[str], str]]) -> beir.Dataset:
    dataset = beir.load(folder, split)
    for row in dataset.bad_rows[:_BAD_ROWS_SHOWN]:
        click.echo(_("Left out: %(path)s:%(line)s (%(reason)s)") % _place(row), err=True)
    if dataset.bad_rows:
        click.echo(_("Rows left out: %(count)s") % {"count": len(dataset.bad_rows)}, err=True)
    for change in changes:
        dataset = dataset.map_queries(change)
    return dataset.first(limit) if limit else dataset


def _place(row: beir.BadRow) -> dict[str, object]:
    return {"path": row.path, "line": row.line, "reason": row.reason.value}


def _encoder(stack: ExitStack, *, cached: bool) -> Encoder | None:
    """Return the encoder with its cache, which `stack` closes; None, said aloud, if it is not installed."""
    try:
        encoder = load_encoder()
    except EncoderUnavailableError:
        click.echo(_("The encoder is not installed: measured by words only."), err=True)
        return None
    # Without a folder both passes still share the vectors, in memory.
    cache = stack.enter_context(EmbeddingCache(default_folder() if cached else None))
    return CachedEncoder(encoder, cache)


def _stage_names() -> dict[Stage, str]:
    return {
        Stage.INDEX: _("Indexing"),
        Stage.ASK: _("Asking"),
        Stage.INDEX_WITHOUT: _("Indexing with answers taken out"),
        Stage.ASK_WITHOUT: _("Asking with answers taken out"),
    }


class _RateColumn(ProgressColumn):
    """Documents or queries a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "")


@contextmanager
def _progress() -> Iterator[Listener]:
    """Yield a listener that draws a bar for each stage on a terminal, and writes a line for it elsewhere."""
    console, names = Console(stderr=True), _stage_names()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks: dict[Stage, TaskID] = {}

        def advance(done: int, total: int, stage: Stage) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(names[stage], total=total)
            bars.update(tasks[stage], completed=done, total=total)
            if done == total and not console.is_terminal:
                click.echo(f"{names[stage]}: {total}", err=True)

        yield advance


def _labels() -> dict[str, str]:
    return {
        "map@5": "MAP@5",
        "mrr": "MRR",
        "p@1": "P@1",
        "recall@5": _("Recall@5"),
        "recall@20": _("Recall@20"),
        "answer_precision": _("Precision of “answer”"),
        "answer_coverage": _("Coverage of the answerable"),
        "false_answer_rate": _("“answer” though nothing fits"),
        "answerable: answer": _("Answerable, band “answer”"),
        "answerable: maybe": _("Answerable, band “maybe”"),
        "answerable: none": _("Answerable, band “none”"),
        "not_in_database: answer": _("Not in the database, band “answer”"),
        "not_in_database: maybe": _("Not in the database, band “maybe”"),
        "not_in_database: none": _("Not in the database, band “none”"),
    }


def _show(report: Report, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
        return
    dataset, found = report.evaluation.dataset, report.evaluation
    table = Table(title=f"{dataset.name} · {dataset.split}", caption=_caption(report), caption_justify="left")
    table.add_column(_("Measure"))
    table.add_column(_("Value"), justify="right")
    table.add_column(_("Of"), justify="right")
    labels = _labels()
    for row in report.rows():
        table.add_row(labels[row.name], *_cells(row))
    Console().print(table)
    if found.unreadable:
        click.echo(_("Queries that cannot be read: %(count)s") % {"count": found.unreadable}, err=True)


def _cells(row: Row) -> tuple[str, str]:
    value = "–" if row.value is None else f"{row.value:.4f}"
    return value, f"{row.ratio.numerator}/{row.ratio.denominator}" if row.ratio else ""


def _caption(report: Report) -> str:
    figures = report.as_json()
    return _("%(documents)s documents, %(queries)s queries, encoder %(encoder)s, %(time)s ms a query") % {
        "documents": figures["documents"],
        "queries": figures["queries"],
        "encoder": report.encoder or _("none (words only)"),
        "time": figures["ms_per_query"],
    }


def _write(found: Evaluation, path: Path) -> None:
    try:
        write_run(found.run, path)
    except OSError as error:
        message = _("The run file %(path)s cannot be written: %(reason)s")
        raise EvalError(message % {"path": path, "reason": error.strerror}) from error
    click.echo(_("Run file: %(path)s") % {"path": path}, err=True)
    ids = (*found.run.rankings, *(document.id for document in found.dataset.documents))
    if any(trec_id(key) != key for key in ids):
        click.echo(_("White space in ids is percent-encoded there."), err=True)
