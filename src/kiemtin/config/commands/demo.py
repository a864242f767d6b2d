"""`kiemtin demo`: load the sample library and answer three messages."""

from __future__ import annotations

from importlib.resources import as_file, files

import click
from django.utils.translation import gettext as _
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from kiemtin.config.commands.import_ import ACTOR, BarListener
from kiemtin.config.commands.index import bring_up
from kiemtin.config.errors import CommandError, opened, reported
from kiemtin.config.progress import Bar
from kiemtin.config.reply_text import print_reply
from kiemtin.exchange.actions.import_file import Imported, import_file
from kiemtin.exchange.exceptions import ImportFileError
from kiemtin.matching.ask import Library

# As people send them: one for each band (a test holds that).
MESSAGES = (
    "Bấm ngược mã PIN ở cây rút tiền thì công an tới ngay phải không mn?",
    "Nghe nói trái đất sẽ tối đen 15 ngày liền trong tháng 12, đúng không mọi người?",
    "Đội tuyển nào vô địch World Cup 1998 vậy mọi người?",
)


@click.command("demo", help=_("Load the sample library and answer three messages."))
@click.option("--no-encoder", is_flag=True, help=_("Match by words only, without vectors."))
def demo_command(*, no_encoder: bool) -> None:
    """Import the samples of the package, follow, and ask."""
    opened()
    imported = _import_samples()
    click.echo(_("Sample library: %(count)d checks in two languages.") % {"count": imported.rows - imported.bad})
    bring_up(use_encoder=not no_encoder)
    console = Console(highlight=False)
    with reported(), Library(use_encoder=not no_encoder) as library:
        for message in MESSAGES:
            console.print()
            console.print(Panel(Text(message), title=_("Message"), title_align="left"))
            print_reply(console, library.ask(message), message)
    console.print()
    console.print(Text(_("Ask your own with `kiemtin ask`. All checks shown here are sample content.")))


def _import_samples() -> Imported:
    try:
        with as_file(files("kiemtin") / "samples" / "checks") as folder, Bar(_("Samples"), in_bytes=True) as bar:
            return import_file(path=folder, by=ACTOR, listener=BarListener(bar))
    except (ImportFileError, FileNotFoundError) as error:
        raise CommandError(_("The sample library is not in this installation.")) from error
