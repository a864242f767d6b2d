"""What matching and reading need: encoder, reader of pictures, index."""

from __future__ import annotations

import os
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kiemtin.config.doctor.finding import Finding, Level
from kiemtin.matching.actions.follow import is_behind
from kiemtin.matching.opening import installed_encoder
from kiemtin.matching.published import PUBLISHED
from kiemtin.media.pictures import availability


def encoder() -> Iterator[Finding]:
    """Look whether texts can be compared by meaning."""
    if os.environ.get("KIEMTIN_ENCODER") == "none":
        yield Finding(
            "encoder",
            Level.NOTE,
            _("The encoder is switched off (KIEMTIN_ENCODER): other wordings of a claim are found less often."),
            _("Take KIEMTIN_ENCODER out of the environment."),
        )
    elif installed_encoder() is None:
        yield Finding(
            "encoder",
            Level.NOTE,
            _("The encoder is not installed: other wordings of a claim are found less often."),
            "make setup",
        )
    else:
        yield Finding("encoder", Level.GOOD, _("The encoder is there: messages are matched by meaning too."))


def pictures() -> Iterator[Finding]:
    """Look whether text in pictures can be read."""
    reader = availability()
    if reader:
        yield Finding("pictures", Level.GOOD, _("Text in pictures can be read."))
    else:
        yield Finding(
            "pictures",
            Level.NOTE,
            _("Text in pictures cannot be read; missing: %(missing)s") % {"missing": ", ".join(reader.missing)},
            reader.command,
        )


def index() -> Iterator[Finding]:
    """Look whether what is published can be found. The index of messages follows when the next message comes."""
    if is_behind(PUBLISHED):
        yield Finding(
            "index",
            Level.WRONG,
            _("The index does not know all that is published yet."),
            _("If this stays for more than a minute, the worker is not running: kiemtin worker, or kiemtin index"),
        )
    else:
        yield Finding("index", Level.GOOD, _("The index knows all that is published."))
