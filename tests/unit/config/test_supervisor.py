import os
import signal
import subprocess
import sys

import pytest

from kiemtin.config.supervisor import pause_after


def status_of(code):
    """What the system says of a process that ran this."""
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        return os.waitpid(process.pid, 0)[1]


def test_a_worker_that_ends_as_soon_as_it_starts_is_started_ever_more_rarely():
    failed, pauses = status_of("raise SystemExit(1)"), []
    for _ in range(7):
        pauses.append(pause_after(failed, 1.5, before=pauses[-1] if pauses else 0.0))
    assert pauses == [2, 4, 8, 16, 32, 60, 60]
    assert pause_after(failed, 31, before=60) == 2


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_one_that_was_killed_is_started_again_soon(number):
    killed = status_of(f"import os; os.kill(os.getpid(), {int(number)})")
    assert pause_after(killed, 1.5, before=16) == 2
