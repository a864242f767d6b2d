"""A source whose content is fetched whole: a data feed, another desk's checks, the tables of Cofacts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction

from kiemtin.exchange.actions.import_file import digest_of, import_file
from kiemtin.exchange.exceptions import ImportFileError
from kiemtin.exchange.fetching.fetcher import Answer, Limits, Validators
from kiemtin.exchange.following import follow_missing, looks_gone
from kiemtin.exchange.intake import Intake
from kiemtin.exchange.looking import Look, Report
from kiemtin.exchange.models import ImportRun, ReviewSource
from kiemtin.exchange.readers.base import Meter, Reader
from kiemtin.exchange.readers.cofacts import CofactsTables
from kiemtin.exchange.readers.document import ClaimReviewDocument
from kiemtin.exchange.readers.lines import ClaimReviewLines
from kiemtin.exchange.readers.tables import is_zip
from kiemtin.exchange.rows import CUT_SHORT, BadRow, Row
from kiemtin.exchange.sources import Outcome

FEED_LIMITS = Limits(size=1 << 30, seconds=600.0)
DESK_LIMITS = Limits(size=256 << 20, seconds=60.0)

_FEEDS: tuple[Reader, ...] = (ClaimReviewLines(), ClaimReviewDocument())
_TABLES: tuple[Reader, ...] = (CofactsTables(),)


def read_feed(look: Look) -> Report:
    """Fetch a feed if it has changed, and take what is in it."""
    return _read(look, FEED_LIMITS, _FEEDS)


def read_desk(look: Look) -> Report:
    """Do the same for another desk: its feed is looked at often and is never large."""
    return _read(look, DESK_LIMITS, _FEEDS)


def read_tables(look: Look) -> Report:
    """Fetch the tables: one zip file with all of them, or each from its own address."""
    addresses = look.source.address.split()
    if len(addresses) == 1:
        return _read(look, FEED_LIMITS, _TABLES)
    folder = look.folder / "tables"
    folder.mkdir()
    for address in addresses:
        fetched = look.folder / "table"
        look.fetcher.get(address, into=fetched, limits=FEED_LIMITS)
        look.go_on()
        name = Path(urlsplit(address).path).name.partition(".")[0]
        fetched.rename(folder / f"{name}.{'zip' if is_zip(fetched) else 'csv'}")
    return _taken(look, folder, _TABLES, Validators())


def _read(look: Look, limits: Limits, readers: Sequence[Reader]) -> Report:
    source, path = look.source, look.folder / "content"
    known = Validators(source.etag, source.last_modified)
    answer: Answer = look.fetcher.get(source.address, into=path, limits=limits, known=known)
    if answer.is_same:
        return Report(Outcome.SAME, validators=known)
    return _taken(look, path, readers, answer.validators)


def _taken(look: Look, path: Path, readers: Sequence[Reader], validators: Validators) -> Report:
    reader = next((one for one in readers if one.recognises(path)), None)
    if reader is None:
        return Report(Outcome.UNREADABLE)
    watched = _Watched(reader)
    intake = Intake(look.source, _begun(look, digest_of(path, reader, Intake(look.source, 0).salt)))
    try:
        imported = import_file(path=path, by=look.by, listener=_Ear(look), reader=watched, store=intake)
    except ImportFileError:
        return Report(Outcome.UNREADABLE)
    if imported.was_finished:
        report = Report(Outcome.SAME)
        is_whole = not look.source.is_cut_short
    else:
        counts = imported.reviews
        report = Report(added=counts.added, changed=counts.changed, unchanged=counts.unchanged, bad=imported.bad)
        report.left_out = intake.left_out
        is_whole = imported.is_whole and not watched.is_cut_short
        ReviewSource.objects.filter(pk=look.source.pk).update(is_cut_short=not is_whole)
    _follow(look, intake.round, report, is_whole)
    # What is not whole or not certain is fetched again next time, whatever its server says of it.
    report.validators = validators if is_whole and not report.in_doubt else Validators()
    return report


def _follow(look: Look, round_: int, report: Report, is_whole: bool) -> None:
    gone = looks_gone(look)
    followed = follow_missing(source=look.source, round_=round_, is_whole=is_whole, is_gone=gone, by=look.by)
    report.withdrawn, report.in_doubt = followed.withdrawn, followed.in_doubt
    if not is_whole:
        report.outcome = Outcome.PARTLY
    elif followed.in_doubt:
        report.outcome = Outcome.DOUBTFUL
    elif followed.withdrawn:
        report.outcome = Outcome.TAKEN


@transaction.atomic
def _begun(look: Look, digest: str) -> int:
    """Return the round of this content: a new one, unless it is the content that is here or under way."""
    source = ReviewSource.objects.select_for_update().get(pk=look.source.pk)
    if source.content != digest:
        # Content that was here before is read again from its beginning; one run a source is kept.
        ImportRun.objects.filter(digest__in=[source.content, digest]).delete()
        source.content, source.round, source.is_cut_short = digest, source.round + 1, True
        source.save(update_fields=["content", "round", "is_cut_short"])
    return source.round


class _Watched:
    """A reader that remembers whether it saw the content break off, also before the place where an import goes on."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.name = reader.name
        self.is_cut_short = False

    def recognises(self, path: Path) -> bool:
        return self._reader.recognises(path)

    def files(self, path: Path) -> list[Path]:
        return self._reader.files(path)

    def rows(self, path: Path, meter: Meter) -> Iterator[Row]:
        for row in self._reader.rows(path, meter):
            if isinstance(row, BadRow) and row.fault in CUT_SHORT:
                self.is_cut_short = True
            yield row


@dataclass(frozen=True, slots=True)
class _Ear:
    """Hears of an import that goes on. Its bad rows are counted by the import; nobody reads them line by line here."""

    look: Look

    def moved(self, done: int, total: int, rows: int) -> None:
        self.look.go_on()

    def left_out(self, row: BadRow) -> None:
        pass
