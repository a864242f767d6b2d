"""Django's settings. Everything that a desk may change comes from the environment.

Environment
-----------
KIEMTIN_DATA
    Folder of everything that is kept: database, index, secret key. Default: `kiemtin-data` in the current
    folder. It is made by the first command that needs it, never by reading this module.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from kiemtin.config.secret_key import secret_key

KIEMTIN_DATA = Path(os.environ.get("KIEMTIN_DATA") or "kiemtin-data").absolute()

# Read from the data folder, or made there, when something is first signed: not by every command.
SECRET_KEY = SimpleLazyObject(partial(secret_key, KIEMTIN_DATA))

INSTALLED_APPS = ["kiemtin.audit", "kiemtin.checks", "kiemtin.matching", "kiemtin.exchange"]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": KIEMTIN_DATA / "kiemtin.sqlite3",
        "OPTIONS": {
            # Take the write lock at BEGIN: two writers wait for each other instead of failing half way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # WAL: readers never wait for the import. A committed transaction is in the operating system's hands
            # and outlives kill -9 with NORMAL too; FULL also syncs the log at each commit, so that it outlives
            # a power cut. That matters here beyond the lost batch: the index remembers up to where it has
            # followed the database, and a database that forgets a commit would leave the index ahead of it.
            # It costs one sync a batch of 500 rows.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

USE_I18N = True
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]

# Commands print for people and set the exit status; a log handler of Django's would write between the lines.
LOGGING_CONFIG = None
