"""`kiemtin demo`: fill a new installation with the sample library, demonstration people and a few questions."""

from __future__ import annotations

import os
from uuid import uuid4

import click
from django.utils.translation import gettext as _

from kiemtin.config.chores import chores, pulse
from kiemtin.config.commands.index import catch_up
from kiemtin.config.demonstration import ACTOR, NewPerson, ask_samples, make_desk, make_people, write_pages
from kiemtin.config.errors import CommandError, opened
from kiemtin.config.worker import finish
from kiemtin.exchange.actions.load_samples import Loaded, load_samples
from kiemtin.exchange.exceptions import SampleError


@click.command("demo", help=_("Load the sample library and make demonstration people."))
@click.option("--no-encoder", is_flag=True, help=_("Match by words only, without vectors."))
def demo_command(*, no_encoder: bool) -> None:
    """Make the sample desk, its people, checks and questions; what is there already stays as it is."""
    opened()
    if no_encoder:
        os.environ["KIEMTIN_ENCODER"] = "none"
    desk = make_desk()
    people = make_people(desk)
    write_pages(desk, people.editor)
    try:
        loaded = load_samples(desk=desk, author=people.checker, approver=people.editor, by=ACTOR)
    except SampleError as error:
        raise CommandError(
            _("The sample library of this installation is damaged: %(reason)s") % {"reason": error}
        ) from error
    click.echo(_library_line(loaded))
    catch_up(use_encoder=not no_encoder)
    if ask_samples(desk):
        pulse(uuid4().hex)  # as a worker does before it looks at what there is to do
        finish(chores())
    if people.new:
        _show(people.new)


def _library_line(loaded: Loaded) -> str:
    count = loaded.added + loaded.changed + loaded.unchanged
    return _("Sample library: %(count)d fact-checks (%(new)d new).") % {"count": count, "new": loaded.added}


def _show(people: list[NewPerson]) -> None:
    """Print who can sign in: once, for only the hashes are stored."""
    click.echo()
    click.echo(_("Demonstration people. Their passwords are shown this once:"))
    for person in people:
        click.echo(
            f"  {person.role.label!s:<16} {person.email:<32} {person.password}   {' '.join(person.codes)}".rstrip()
        )
    click.echo(_("The numbers are one-time codes: editors and administrators sign in with a second factor."))
    click.echo(_("Never use them for anything but trying: they are for a desk with sample content."))
