"""`kiemtin index`: bring the index up to the database."""

from __future__ import annotations

import time

import click
from django.utils.translation import gettext as _

from kiemtin.config.errors import opened, reported
from kiemtin.config.progress import Bar
from kiemtin.matching.actions.follow import Followed, follow, is_behind
from kiemtin.matching.opening import installed_encoder
from kiemtin.questions.shelf import MESSAGES
from kiemtin.retrieval.errors import IndexLockedError

_PATIENCE, _PAUSE = 30.0, 0.2  # seconds


@click.command("index", help=_("Bring the index up to the database, or make it anew."))
@click.option("--anew", is_flag=True, help=_("Make the index anew, whatever is there."))
@click.option("--no-encoder", is_flag=True, help=_("Make and keep an index without vectors."))
def index_command(*, anew: bool, no_encoder: bool) -> None:
    """Follow the database and say what it took."""
    opened()
    followed = bring_up(use_encoder=not no_encoder, anew=anew)
    click.echo(_("Index: %(count)d changes taken over.") % {"count": followed.changes})


def catch_up(*, use_encoder: bool) -> None:
    """Bring the indexes up as part of something else: another process that does so just now is waited for a while.

    It is a worker most often, which takes over all that is stored; so nothing is left undone where it takes longer.
    """
    until = time.monotonic() + _PATIENCE
    with reported():
        while True:
            try:
                _bring_up(use_encoder=use_encoder, anew=False)
            except IndexLockedError:
                if time.monotonic() < until:
                    time.sleep(_PAUSE)
                    continue
                click.echo(_("Another process is still bringing the index up; it goes on with that."), err=True)
            return


def bring_up(*, use_encoder: bool, anew: bool = False) -> Followed:
    """Bring the indexes up, or say why that cannot be done."""
    with reported():
        return _bring_up(use_encoder=use_encoder, anew=anew)


def _bring_up(*, use_encoder: bool, anew: bool) -> Followed:
    """Bring the indexes of what is published and of messages up, with progress bars; without the encoder, say so."""
    encoder = installed_encoder() if use_encoder else None
    with Bar(_("Index")) as bar:
        if use_encoder and encoder is None:
            bar.say(_("The encoder is not installed: the index is made without vectors."))
        followed = follow(encoder=encoder, progress=bar.moved, anew=anew)
        if followed.made_anew:
            bar.say(_("The index was made anew."))
    if anew or is_behind(MESSAGES):
        with Bar(_("Index of messages")) as bar:
            of_messages = follow(encoder=encoder, shelf=MESSAGES, progress=bar.moved, anew=anew)
        followed = Followed(followed.changes + of_messages.changes, followed.made_anew)
    return followed
