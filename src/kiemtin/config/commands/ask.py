"""`kiemtin ask`: say which published check answers a message."""

from __future__ import annotations

import json
import sys

import click
from django.utils.translation import gettext as _
from rich.console import Console

from kiemtin.config.errors import opened, reported
from kiemtin.config.reply_json import reply_object
from kiemtin.config.reply_text import print_reply
from kiemtin.matching.ask import Library, Reply
from kiemtin.matching.exceptions import RetrievalError
from kiemtin.matching.labels import error_sentence

_READ_AT_MOST = 4 << 20  # bytes of standard input: more than the longest message, so that its length is judged later


@click.command("ask", help=_("Say which published check answers a MESSAGE (or standard input)."))
@click.argument("words", metavar=_("[MESSAGE]"), nargs=-1)
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON object."))
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help=_("At most so many matches."))
@click.option("--no-encoder", is_flag=True, help=_("Match by words only, without vectors."))
def ask_command(*, words: tuple[str, ...], as_json: bool, limit: int, no_encoder: bool) -> None:
    """Answer one message; exit status 0 in every band, 2 if it could not be asked."""
    message = _message(words)
    opened()
    with reported(), Library.opened(use_encoder=not no_encoder) as library:
        _warn(library)
        reply = _ask(library, message, limit, as_json)
    if as_json:
        click.echo(_dump(reply_object(reply, message)))
    else:
        print_reply(Console(soft_wrap=False, highlight=False), reply, message)


def _message(words: tuple[str, ...]) -> str:
    if words and words != ("-",):
        return " ".join(words)
    if not words and sys.stdin.isatty():
        raise click.UsageError(_("Give a message, or pipe one in."))
    return sys.stdin.buffer.read(_READ_AT_MOST).decode("utf-8", errors="replace")


def _warn(library: Library) -> None:
    if behind := library.behind:
        sentence = _("%(count)d changes are not in the index yet. Run: kiemtin index")
        click.echo(sentence % {"count": behind}, err=True)


def _ask(library: Library, message: str, limit: int, as_json: bool) -> Reply:
    try:
        return library.ask(message, limit=limit)
    except RetrievalError as error:
        if as_json:
            click.echo(_dump({"error": {"code": error.code, "message": error_sentence(error)}}))
        raise


def _dump(value: object) -> str:
    """Return JSON that any terminal and any file can hold; halves of characters are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() and _is_encodable(text) else json.dumps(value)


def _is_encodable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)
