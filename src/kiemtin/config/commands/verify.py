"""`kiemtin verify`: check the public log of a site from outside."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from pathlib import Path

import click
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kiemtin.audit.verifying.check_log import Seen, check_log
from kiemtin.audit.verifying.differences import Code, Difference
from kiemtin.audit.verifying.memory import (
    Memory,
    MemoryFileError,
    place_of,
    recall,
    remember,
)
from kiemtin.audit.verifying.site import Site, SiteError, Trouble
from kiemtin.config.errors import CommandError
from kiemtin.config.progress import Bar
from kiemtin.config.terminal import printable

_TROUBLES: dict[Trouble, str | Promise] = {
    Trouble.BAD_ADDRESS: gettext_lazy("“%(detail)s” is no address of a site."),
    Trouble.UNREACHABLE: gettext_lazy("The site cannot be reached: %(detail)s"),
    Trouble.NO_LOG: gettext_lazy("The site has no public log: there is no %(detail)s."),
    Trouble.REFUSED: gettext_lazy("The site refuses to answer (status %(detail)s)."),
    Trouble.TOO_LARGE: gettext_lazy("The site sends more than a log can be: %(detail)s"),
    Trouble.UNREADABLE: gettext_lazy("What the site sends cannot be read: %(detail)s"),
}
_SENTENCES: dict[Code, str | Promise] = {
    Code.LOG_GONE: gettext_lazy("The site has no public log any more."),
    Code.KEY_CHANGED: gettext_lazy("The site signs with another key than before: now %(now)s"),
    Code.BAD_SIGNATURE: gettext_lazy("The signed head is not signed by the key of the site."),
    Code.ORIGIN_CHANGED: gettext_lazy("It is another log than before: “%(now)s” in place of “%(was)s”."),
    Code.SHRUNK: gettext_lazy("Entries were taken out: there were %(was)s, now there are %(now)s."),
    Code.HISTORY_REWRITTEN: gettext_lazy(
        "The log was rewritten: its first %(was)s entries are not those that were signed before. "
        "Keep what was remembered: both heads are signed by the site."
    ),
    Code.ENTRY_CHANGED: gettext_lazy("Entry %(entry)d is another one than before."),
    Code.ENTRIES_MISSING: gettext_lazy("The entries from %(was)s to %(now)s are missing, though the head counts them."),
    Code.ROOT_WRONG: gettext_lazy(
        "The entries do not fit the signed head: an entry was changed, taken out, put in or moved."
    ),
    Code.TILE_WRONG: gettext_lazy("The hashes from %(was)s to %(now)s are not those of the entries."),
    Code.ENTRY_UNREADABLE: gettext_lazy("Entry %(entry)d cannot be read."),
    Code.VERSION_SKIPPED: gettext_lazy(
        "%(what)s: version %(revision)d does not follow on the one before it in the log (entry %(entry)d)."
    ),
    Code.CONTENT_CHANGED: gettext_lazy("%(what)s: version %(revision)d is not what was published (entry %(entry)d)."),
    Code.CONTENT_GONE: gettext_lazy("%(what)s: version %(revision)d is no longer there (entry %(entry)d)."),
    Code.NOT_LOGGED: gettext_lazy("%(what)s: it is published, and the log knows nothing of it."),
    Code.OTHER_VERSION: gettext_lazy(
        "%(what)s: version %(now)s is given as the latest one, in the log it is version %(was)s."
    ),
    Code.NOT_GIVEN: gettext_lazy("%(what)s: it is no longer given, and the log does not say that it was withdrawn."),
    Code.WITHDRAWN_GIVEN: gettext_lazy("%(what)s: it was withdrawn and is given all the same."),
    Code.REASON_CHANGED: gettext_lazy(
        "%(what)s: the reason for declining it is not what was published (entry %(entry)d)."
    ),
    Code.DECLINED_AGAIN: gettext_lazy(
        "%(what)s: it is declined, and the log says that it was reopened (entry %(entry)d)."
    ),
}
_SUBJECTS: dict[str, str | Promise] = {
    "check": gettext_lazy("Fact-check %(name)s"),
    "alert": gettext_lazy("Scam alert %(name)s"),
    "page": gettext_lazy("Page %(name)s"),
    "case": gettext_lazy("Case %(name)s"),
}


@click.command("verify", help=_("Check the public log of the site at ADDRESS from outside."))
@click.argument("address", metavar="ADDRESS")
@click.option(
    "--head",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=_("Compare with what this file holds, and remember there; else in your own folder, by the name of the site."),
)
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON object."))
@click.pass_context
def verify_command(ctx: click.Context, *, address: str, path: Path | None, as_json: bool) -> None:
    """Exit status 0 if all is as it was signed, 1 if something differs, 2 if it could not be looked at."""
    try:
        with Site(address) as site:
            place = path or place_of(site.address)
            memory = recall(place)
            seen = _checked(site, memory)
    except SiteError as error:
        raise CommandError(printable(str(_TROUBLES[error.trouble]) % {"detail": error.detail})) from error
    except MemoryFileError as error:
        raise CommandError(_unusable(place, error)) from error
    is_kept = not seen.differences and _remember(place, memory, seen, site.address)
    if as_json:
        click.echo(json.dumps(_object(site.address, seen), ensure_ascii=False))
    else:
        _tell(seen, place if is_kept else None)
    ctx.exit(1 if seen.differences else 0)


def _checked(site: Site, memory: Memory | None) -> Seen:
    with Bar(_("Entries")) as bar:
        return check_log(site, memory, progress=bar.moved)


def _remember(place: Path, memory: Memory | None, seen: Seen, address: str) -> bool:
    """Remember what is right; False for a signed head that somebody keeps as text, which stays as it is."""
    try:
        is_ours = memory is None or bool(memory.key)
        if is_ours:
            remember(place, seen.memory, address=address)
        return is_ours
    except MemoryFileError as error:
        raise CommandError(_unusable(place, error)) from error


def _unusable(place: Path, error: Exception) -> str:
    return _("The file %(file)s cannot be used: %(reason)s") % {"file": place, "reason": error}


def _tell(seen: Seen, place: Path | None) -> None:
    count = ngettext("%(count)d entry, head %(root)s", "%(count)d entries, head %(root)s", seen.size)
    click.echo(printable(f"{seen.origin}: " + count % {"count": seen.size, "root": _root(seen)}))
    if seen.since < 0:
        click.echo(_("It is seen for the first time: what came before cannot be judged."))
        click.echo(printable(_("Key: %(key)s") % {"key": seen.key}))
    else:
        since = ngettext(
            "Compared with a head of %(count)d entry.", "Compared with a head of %(count)d entries.", seen.since
        )
        click.echo(since % {"count": seen.since})
    for difference in seen.differences:
        click.echo(printable(f"✗ {_sentence(difference)}"))
    if seen.differences:
        failed = ngettext("%(count)d difference.", "%(count)d differences.", len(seen.differences))
        click.echo(failed % {"count": len(seen.differences)})
        return
    click.echo(_("Everything is as it was signed, and what is published is what was logged."))
    if place is not None:
        click.echo(_("Remembered in %(file)s. Keep it where nobody of the site can write.") % {"file": place})


def _sentence(difference: Difference) -> str:
    kind, _slash, name = difference.subject.partition("/")
    what = str(_SUBJECTS.get(kind, "%(name)s")) % {"name": name or "?"}
    return str(_SENTENCES[difference.code]) % {**asdict(difference), "what": what}


def _object(address: str, seen: Seen) -> dict[str, object]:
    return {
        "address": address,
        "origin": seen.origin,
        "size": seen.size,
        "root": _root(seen),
        "key": seen.key,
        "compared_with": seen.since if seen.since >= 0 else None,
        "ok": not seen.differences,
        "differences": [{**asdict(one), "code": one.code.value, "message": _sentence(one)} for one in seen.differences],
    }


def _root(seen: Seen) -> str:
    return base64.b64encode(seen.root).decode("ascii")
