"""Which language the command line speaks."""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.utils import translation

LANGUAGES = ("vi", "en")
DEFAULT = "vi"
_VARIABLES = ("KIEMTIN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the first wish that can be met: `--lang`, then the environment in POSIX order, else Vietnamese.

    A wish for another language (or for none: `C`, `POSIX`) is passed over; a wrong `--lang` is reported later, when
    the command line is parsed.
    """
    wishes = [_option(arguments), *(environment.get(name, "") for name in _VARIABLES)]
    spoken = (wish.replace("-", "_").split(".")[0].split("_")[0].lower() for wish in wishes)
    return next((language for language in spoken if language in LANGUAGES), DEFAULT)


def _option(arguments: Sequence[str]) -> str:
    """Return the value of `--lang` among the options before the command."""
    for at, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang":
            return arguments[at + 1] if at + 1 < len(arguments) else ""
        if not argument.startswith("-"):
            return ""
    return ""


def speak(language: str) -> None:
    """Make our texts and those of the command-line library come out in `language`."""
    translation.activate(language)
    # Click asks the standard library's gettext, which asks the environment.
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("click", str(settings.LOCALE_PATHS[0]))
    gettext.textdomain("click")
