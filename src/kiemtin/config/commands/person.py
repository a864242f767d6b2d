"""`kiemtin person`: give people a role in a desk, and help who cannot get in."""

from __future__ import annotations

import click
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from kiemtin.accounts.enums import SECOND_FACTOR, Role
from kiemtin.accounts.models import Desk, Membership, User
from kiemtin.checks.exceptions import WorkError
from kiemtin.config.commands.desk import ACTOR
from kiemtin.config.errors import CommandError, opened
from kiemtin.config.links import password_link
from kiemtin.desk.errors import sentence
from kiemtin.staff.actions.add_person import add_person
from kiemtin.staff.actions.drop_second_factor import drop_second_factor
from kiemtin.staff.actions.note_link import note_link


@click.group("person", help=_("Give a person a role in a desk, or help one who cannot get in."))
def person_command() -> None:
    """Hold the commands on people."""


@person_command.command("add", help=_("Give the person with the mail address EMAIL a role in a desk."))
@click.argument("email")
@click.argument("name")
@click.option("--desk", "slug", required=True, metavar="SLUG", help=_("The desk, by its name in addresses."))
@click.option("--role", type=click.Choice(Role.values), required=True, help=_("What the person is there."))
def add(*, email: str, name: str, slug: str, role: str) -> None:
    """Add them; somebody new gets a link at which they choose a password."""
    opened()
    _check_address(email)
    desk = Desk.objects.filter(slug=slug).first()
    if desk is None:
        raise CommandError(_("There is no desk “%(slug)s”. See: kiemtin desk list") % {"slug": slug})
    try:
        user = add_person(email=email, name=name, desk=desk, role=role, by=ACTOR)
    except WorkError as error:
        raise CommandError(sentence(error)) from error
    said = {"name": user.name, "role": Role(role).label, "desk": desk.name}
    click.echo(_("%(name)s is now in “%(desk)s”: %(role)s.") % said)
    if not user.has_usable_password():
        _echo_link(user)
    if role in SECOND_FACTOR:
        click.echo(_("At the first sign-in this role sets up a second factor: a passkey or an app."))


@person_command.command("link", help=_("Print a link at which the person with the address EMAIL chooses a password."))
@click.argument("email")
@click.option(
    "--drop-second-factor",
    is_flag=True,
    help=_("Also take passkeys, app and recovery codes away, for who has lost them all."),
)
def link(*, email: str, drop_second_factor: bool) -> None:
    """Print the link, for who cannot be reached by mail."""
    opened()
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(_("Nobody has the address %(email)s.") % {"email": email})
    if drop_second_factor:
        _drop(user)
    _echo_link(user)


@person_command.command("list", help=_("List the people and their roles."))
def list_people() -> None:
    """Print a table."""
    opened()
    table = Table(_("Name"), _("Mail address"), _("Desk"), _("Role"))
    for membership in Membership.objects.select_related("user", "desk").order_by("desk__slug", "user__name"):
        row = (membership.user.name, membership.user.email, membership.desk.slug, str(Role(membership.role).label))
        table.add_row(*row)
    Console(highlight=False).print(table)


def _check_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(_("%(email)s is no mail address.") % {"email": email}) from error


def _drop(user: User) -> None:
    drop_second_factor(user=user, by=ACTOR)
    click.echo(_("The second factor of %(name)s is taken away.") % {"name": user.name})


def _echo_link(user: User) -> None:
    note_link(user=user, by=ACTOR)
    click.echo(_("Choose a password (once, within three days):"))
    click.echo(password_link(user))
