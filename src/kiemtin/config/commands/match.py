"""`kiemtin match`: answer a file of messages."""

from __future__ import annotations

import json
import os
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import click
from django.utils.translation import gettext as _

from kiemtin.config.errors import CommandError, opened, reported
from kiemtin.config.progress import Bar
from kiemtin.config.reply_json import match_object
from kiemtin.config.terminal import printable
from kiemtin.exchange.messages.base import Place
from kiemtin.exchange.messages.exceptions import MessageFileError, MissingColumnError
from kiemtin.exchange.messages.registry import SUFFIXES, is_known, reader_of, writer_of
from kiemtin.exchange.messages.rows import MessageRow, ResultRow
from kiemtin.matching.ask import Found, Library, Reply, join
from kiemtin.matching.exceptions import RetrievalError
from kiemtin.matching.folder import index_folder
from kiemtin.matching.labels import error_sentence
from kiemtin.matching.workers import Outcome, ask_many

_GROUP = 64  # results that share one question to the database and one write


def _known(_context: click.Context, _parameter: click.Parameter, path: Path) -> Path:
    if not is_known(path):
        raise click.BadParameter(
            _("%(name)s: the name must end in %(ends)s.") % {"name": printable(path.name), "ends": ", ".join(SUFFIXES)}
        )
    return path


@click.command("match", help=_("Answer a file of messages (csv, jsonl, parquet), in order."))
@click.argument("messages", type=click.Path(exists=True, dir_okay=False, path_type=Path), callback=_known)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_known,
    help=_("Where to write the answers: a name in .csv, .jsonl or .parquet."),
)
@click.option("--column", default="text", show_default=True, help=_("Column that holds the message."))
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help=_("At most so many matches."))
@click.option("--no-encoder", is_flag=True, help=_("Match by words only, without vectors."))
@click.pass_context
def match_command(  # noqa: PLR0913  (one parameter an option)
    ctx: click.Context, *, messages: Path, out: Path, column: str, limit: int, no_encoder: bool
) -> None:
    """Answer each row; exit status 0, or 1 if a row could not be asked."""
    opened()
    with reported():
        Library.opened(use_encoder=False).close()  # says what is missing before any worker starts
        counts = _Job(messages, out, column, limit, not no_encoder).run()
    click.echo(
        _("%(answer)d answered, %(maybe)d perhaps, %(none)d without an answer; %(error)d could not be asked.")
        % {name: counts[name] for name in ("answer", "maybe", "none", "error")}
    )
    ctx.exit(1 if counts["error"] else 0)


@dataclass(frozen=True, slots=True)
class _Job:
    messages: Path
    out: Path
    column: str
    limit: int
    use_encoder: bool

    def run(self) -> Counter[str]:
        """Write to a draft beside `out` and put it in place when it is whole."""
        draft = self.out.with_name(f".{self.out.name}.{os.getpid()}")
        try:
            counts = self._write(draft)
            draft.replace(self.out)
        except MessageFileError as error:
            raise CommandError(_file_error(error)) from error
        except OSError as error:
            raise CommandError(f"{printable(str(self.out))}: {error.strerror or error}") from error
        finally:
            draft.unlink(missing_ok=True)
        return counts

    def _write(self, draft: Path) -> Counter[str]:
        counts: Counter[str] = Counter()
        place, done = Place(), 0
        reader = reader_of(self.messages)
        asked = self._ask(reader.rows(self.messages, self.column, place))
        with (
            Bar(printable(self.messages.name), in_bytes=reader.in_bytes) as bar,
            writer_of(self.out, target=draft) as writer,
        ):
            while group := list(islice(asked, _GROUP)):
                results = _results(group)
                writer.write(results)
                counts.update("error" if result.error else result.band for result in results)
                done += len(results)
                bar.moved(place.done, place.total, _("%(rows)d rows") % {"rows": done})
        return counts

    def _ask(self, rows: Iterator[MessageRow]) -> Iterator[tuple[MessageRow, Outcome]]:
        """Yield each row with its outcome; one that cannot be asked goes as an empty message, to keep its place."""
        under_way: deque[MessageRow] = deque()

        def texts() -> Iterator[str]:
            for row in rows:
                under_way.append(row)
                yield "" if row.fault else row.text

        for outcome in ask_many(index_folder(), texts(), limit=self.limit, use_encoder=self.use_encoder):
            yield under_way.popleft(), outcome


def _results(group: list[tuple[MessageRow, Outcome]]) -> list[ResultRow]:
    replies = iter(join([outcome for _row, outcome in group if not isinstance(outcome, RetrievalError)]))
    return [
        _failed(row, outcome) if isinstance(outcome, RetrievalError) else _result(row, next(replies))
        for row, outcome in group
    ]


def _failed(row: MessageRow, error: RetrievalError) -> ResultRow:
    return ResultRow(id=row.id, text=row.text, error=str(row.fault.label) if row.fault else error_sentence(error))


def _result(row: MessageRow, reply: Reply) -> ResultRow:
    matches = [match_object(found, row.text) for found in reply.found]
    result = ResultRow(
        id=row.id,
        text=row.text,
        band=reply.band.value,
        guards=" ".join(guard.value for guard in reply.guards),
        encoder=reply.encoder,
        matches=json.dumps(matches, ensure_ascii=False),
    )
    return _with_best(result, reply.found[0]) if reply.found else result


def _with_best(result: ResultRow, found: Found) -> ResultRow:
    finding, match = found.finding, found.match
    return replace(
        result,
        probability=match.probability,
        key=finding.key,
        publisher=finding.publisher_name,
        rating=finding.rating,
        claim=finding.claim,
        url=finding.url,
        near_copy=match.near_copy,
        part=result.text[match.part.start : match.part.end] if match.part else "",
    )


def _file_error(error: MessageFileError) -> str:
    name = printable(str(error.path))
    if isinstance(error, MissingColumnError):
        sentence = _("%(name)s has no column “%(column)s”. There are: %(columns)s")
        return sentence % {
            "name": name,
            "column": printable(error.column),
            "columns": printable(", ".join(error.columns)) or "–",
        }
    return _("%(name)s cannot be read: %(reason)s") % {"name": name, "reason": error}
