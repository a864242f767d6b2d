"""The sample library, made once a process and copied: to make it takes longer than most tests that begin with it."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests import databases

KIEMTIN = Path(sys.executable).with_name("kiemtin")


def demonstration(data):
    """Make a data folder as `kiemtin demo --no-encoder` does; returns what that printed, in English."""
    made, told = _made()
    shutil.copytree(made, data)
    databases.copy(made, data)
    return told


@cache
def _made():
    folder = Path(tempfile.mkdtemp(prefix="kiemtin-demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    data = folder / "data"
    databases.prepare(data)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "KIEMTIN_"))}
    environment |= {"KIEMTIN_DATA": str(data), "KIEMTIN_LANG": "en", "COLUMNS": "200", **databases.variables(data)}
    command = [KIEMTIN, "demo", "--no-encoder"]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return data, told.stdout
