"""`kiemtin doctor`: what is not safe or not whole yet, and what to do."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kiemtin import __version__
from kiemtin.config.doctor.examination import examine
from kiemtin.config.doctor.finding import Finding, Level

_SIGNS = {Level.WRONG: ("✗", gettext_lazy("wrong")), Level.NOTE: ("!", gettext_lazy("note")), Level.GOOD: ("✓", "")}
_COLOURS = {Level.WRONG: "red", Level.NOTE: "yellow", Level.GOOD: "green"}


@click.command("doctor", help=_("Say what is not safe or not whole yet, and what to do."))
@click.option("--json", "as_json", is_flag=True, help=_("Write JSON, for programs."))
@click.pass_context
def doctor_command(context: click.Context, *, as_json: bool) -> None:
    """Look at everything, change nothing; exit status 1 if something is wrong."""
    found = list(examine())
    wrong = sum(one.level is Level.WRONG for one in found)
    if as_json:
        click.echo(
            json.dumps(
                {"version": __version__, "wrong": wrong, "findings": [asdict(one) for one in found]},
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        _show(found, wrong)
    context.exit(1 if wrong else 0)


def _show(found: list[Finding], wrong: int) -> None:
    """Print the worst first; a sign and a word say how bad it is, colour only beside them."""
    click.echo(_("Kiểm Tin %(version)s") % {"version": __version__})
    for level, (sign, word) in _SIGNS.items():
        for one in (each for each in found if each.level is level):
            mark = f"{sign} {word}:" if word else sign
            click.echo(f"{click.style(mark, fg=_COLOURS[level])} {one.sentence}")
            if one.advice:
                click.echo(f"    → {one.advice}")
    if wrong:
        click.echo(ngettext("%(count)d thing is wrong.", "%(count)d things are wrong.", wrong) % {"count": wrong})
    else:
        click.echo(_("Nothing is wrong."))
