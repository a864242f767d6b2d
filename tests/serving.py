"""Programs that run while a test goes on."""

import subprocess
from contextlib import contextmanager

from tests.patience import PATIENCE


@contextmanager
def started(command, environment, *, output=subprocess.DEVNULL):
    """Start a program, which ends with the test, whatever becomes of that; yields its process."""
    with subprocess.Popen(command, env=environment, stdout=output, stderr=output) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
