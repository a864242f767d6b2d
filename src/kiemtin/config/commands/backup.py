"""`kiemtin backup`: everything that cannot be made again, in one file."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.filesize import decimal

from kiemtin.audit.record import record
from kiemtin.config.backup.database import Installation
from kiemtin.config.backup.errors import BackupError
from kiemtin.config.backup.inventory import DATABASES, KEYS, Found
from kiemtin.config.backup.manifest import Manifest
from kiemtin.config.backup.placing import finish
from kiemtin.config.backup.writing import write_file, write_stream
from kiemtin.config.backup_labels import backup_sentence
from kiemtin.config.database import installation_here
from kiemtin.config.errors import CommandError
from kiemtin.config.terminal import printable

ACTOR = "command-line"
VERB = "backup.made"
_STREAM = "-"


@click.command("backup", help=_("Put everything that cannot be made again into one file."))
@click.argument("file", metavar=_("FILE"), type=click.Path(path_type=Path, allow_dash=True))
@click.option("--replace", is_flag=True, help=_("Replace FILE if it is there."))
@click.pass_context
def backup_command(context: click.Context, *, file: Path, replace: bool) -> None:
    """Write it while others go on working, and say what is in it and what is not."""
    here = installation_here()
    data = here.data
    try:
        finish(here)
        manifest, found, target = _write(here, file, replace=replace)
    except BackupError as error:
        raise CommandError(backup_sentence(error, data=data)) from error
    except OSError as error:
        message = _("The backup cannot be written: %(reason)s")
        raise CommandError(message % {"reason": error.strerror or str(error)}) from error
    _say(target, manifest, found)
    _note(manifest)
    context.exit(1 if found.unknown else 0)


def _write(here: Installation, file: Path, *, replace: bool) -> tuple[Manifest, Found, Path | None]:
    if str(file) == _STREAM:
        if sys.stdout.isatty():
            raise CommandError(_("A backup is not for the screen: name a file, or lead the output into a program."))
        return *write_stream(here, sys.stdout.buffer, beside=here.data / "backup"), None
    target = _named(file)
    if here.data.resolve() in target.resolve().parents:
        raise CommandError(_("A backup in the data folder would be lost with it: name a place elsewhere."))
    if target.exists() and not replace:
        message = _("%(file)s is there already. Another name, or --replace.")
        raise CommandError(message % {"file": printable(str(target))})
    return *write_file(here, target), target


def _named(file: Path) -> Path:
    """Return the file to write: in a folder, one that is named by the time."""
    return file / f"kiemtin-{timezone.localtime():%Y%m%d-%H%M%S}.tar.gz" if file.is_dir() else file


def _say(target: Path | None, manifest: Manifest, found: Found) -> None:
    """Tell on standard error, where the backup itself may be what goes out."""
    keys = [member.name for member in manifest.members if member.name in KEYS]
    others = sum(member.name not in (*DATABASES, *KEYS) for member in manifest.members)
    said = {"rows": manifest.row_count, "keys": ", ".join(keys) or "–", "files": others}
    click.echo(
        _("In the backup: rows of the database: %(rows)d; keys: %(keys)s; other files: %(files)d") % said, err=True
    )
    if found.again:
        click.echo(_("Left out, because it is made again: %(names)s") % {"names": ", ".join(found.again)}, err=True)
    if found.unknown:
        names = printable(", ".join(found.unknown[:10])) + (" …" if len(found.unknown) > 10 else "")
        click.echo(_("NOT in the backup, because nothing is known of it: %(names)s") % {"names": names}, err=True)
    if target:
        named = {"file": printable(str(target)), "size": decimal(target.stat().st_size)}
        click.echo(_("Backup: %(file)s (%(size)s)") % named, err=True)
    click.echo(_("It holds the keys too: whoever has it can read reply addresses. Keep it as you keep keys."), err=True)


def _note(manifest: Manifest) -> None:
    """Write into the log that there is one, for `kiemtin doctor`; a database of an older form may refuse that."""
    detail = {"made": manifest.made.isoformat(), "rows": manifest.row_count, "files": len(manifest.members)}
    try:
        record(by=ACTOR, verb=VERB, object_type="backup", desk="", detail=detail)
    except DatabaseError:
        click.echo(_("The backup is whole. It could not be noted in the log of this database."), err=True)
