"""The command `kiemtin`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click
import django
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiemtin import __version__
from kiemtin.config.language import LANGUAGES, choose_language, speak

# Where each command lives and what it does, so that a call loads one command and the list loads none.
COMMANDS: dict[str, tuple[str, str | Promise]] = {
    "import": ("import_:import_command", gettext_lazy("Import published checks from files and folders.")),
    "source": ("source:source_command", gettext_lazy("Follow the reviews of other publishers, and other desks.")),
    "ask": ("ask:ask_command", gettext_lazy("Say which published check answers a message.")),
    "match": ("match:match_command", gettext_lazy("Do the same for a file of messages.")),
    "eval": ("eval:eval_command", gettext_lazy("Measure the matching on a data set in BEIR form.")),
    "index": ("index:index_command", gettext_lazy("Bring the index up to the database, or make it anew.")),
    "export": ("export:export_command", gettext_lazy("Write the open data into a folder.")),
    "verify": ("verify:verify_command", gettext_lazy("Check the public log of a site from outside.")),
    "backup": ("backup:backup_command", gettext_lazy("Put everything that cannot be made again into one file.")),
    "restore": ("restore:restore_command", gettext_lazy("Make a data folder of a backup, and compare.")),
    "doctor": ("doctor:doctor_command", gettext_lazy("Say what is not safe or not whole yet, and what to do.")),
    "demo": ("demo:demo_command", gettext_lazy("Load the sample library and make demonstration people.")),
    "desk": ("desk:desk_command", gettext_lazy("Make a desk, or list the desks.")),
    "person": ("person:person_command", gettext_lazy("Give a person a role in a desk, or help one who cannot get in.")),
    "serve": ("serve:serve_command", gettext_lazy("Serve the site and the desk, and do the work behind them.")),
    "worker": ("worker:worker_command", gettext_lazy("Do the work behind the pages: index, cases, replies.")),
}


class LazyGroup(click.Group):
    """Loads a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None if there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command = getattr(import_module(f"kiemtin.config.commands.{module}"), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}.{name} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, str(about)) for name, (_where, about) in COMMANDS.items()])


def build() -> click.Group:
    """Return the command group in the active language."""
    group = LazyGroup(
        "kiemtin",
        help=_("Kiểm Tin answers a doubted message from published fact-checks."),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    group.params.append(_language_option())
    return click.version_option(__version__, help=_("Show the version."), prog_name="Kiểm Tin")(group)


def _language_option() -> click.Option:
    return click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help=_("Language of the program (else from KIEMTIN_LANG, LC_ALL, LC_MESSAGES, LANG)."),
    )


def prepare(arguments: Sequence[str]) -> None:
    """Start Django and choose the language; after this the command modules can be loaded."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiemtin.config.settings")
    django.setup()
    speak(choose_language(arguments, os.environ))


def main() -> None:
    """Run the command line; the entry point `kiemtin`."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter shows a question mark; it is no reason to stop.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    prepare(sys.argv[1:])
    build().main(prog_name="kiemtin")


if __name__ == "__main__":
    main()
