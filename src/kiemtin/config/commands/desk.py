"""`kiemtin desk`: make desks and list them."""

from __future__ import annotations

import click
from django.conf import settings
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from kiemtin.accounts.models import Desk
from kiemtin.checks.exceptions import WorkError
from kiemtin.config.errors import CommandError, opened
from kiemtin.desk.errors import sentence
from kiemtin.staff.actions.create_desk import create_desk

ACTOR = "command-line"


@click.group("desk", help=_("Make a desk, or list the desks."))
def desk_command() -> None:
    """Hold the commands on desks."""


@desk_command.command("create", help=_("Make the desk NAME; SLUG is its name in addresses."))
@click.argument("slug")
@click.argument("name")
@click.option(
    "--language",
    type=click.Choice([code for code, _name in settings.LANGUAGES]),
    default="vi",
    show_default=True,
    help=_("Language that it publishes in first."),
)
@click.option("--intake", is_flag=True, help=_("New questions come to this desk; one desk at most."))
@click.option("--contact", default="", help=_("Public mail address of the desk."))
def create(*, slug: str, name: str, language: str, intake: bool, contact: str) -> None:
    """Make it and say what comes next."""
    opened()
    try:
        desk = create_desk(slug=slug, name=name, language=language, is_intake=intake, contact=contact, by=ACTOR)
    except WorkError as error:
        raise CommandError(sentence(error)) from error
    click.echo(_("Desk “%(name)s”: %(address)s") % {"name": desk.name, "address": _address(desk)})
    hint = _("Give it an administrator: kiemtin person add MAIL NAME --desk %(slug)s --role administrator")
    click.echo(hint % {"slug": desk.slug})


@desk_command.command("list", help=_("List the desks."))
def list_desks() -> None:
    """Print a table."""
    opened()
    table = Table(_("Slug"), _("Name"), _("Language"), _("People"), _("Intake"))
    for desk in Desk.objects.order_by("slug"):
        intake = _("yes") if desk.is_intake else ""
        table.add_row(desk.slug, desk.name, desk.language, str(desk.memberships.count()), intake)
    Console(highlight=False).print(table)


def _address(desk: Desk) -> str:
    return f"{settings.KIEMTIN_ADDRESS}/desk/{desk.slug}/"
