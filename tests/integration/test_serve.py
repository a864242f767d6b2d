import os
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.desk.server import free_port
from tests import databases
from tests.patience import PATIENCE, wait_for

pytestmark = pytest.mark.once

KIEMTIN = Path(sys.executable).with_name("kiemtin")


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def served(tmp_path, port):
    """Start the product on an empty data folder; yields its process."""
    variables = os.environ | {"KIEMTIN_DATA": str(tmp_path / "data"), "KIEMTIN_LANG": "en"}
    variables |= databases.variables(tmp_path / "data")
    variables.pop("KIEMTIN_ADDRESS", None)
    command = [KIEMTIN, "serve", "--port", str(port), "--no-encoder"]
    process = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    with process:  # closes its pipe and waits for it
        yield process
        process.kill()


def answers(port):
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/en/", timeout=10) as answer:
        return b"Check it" in answer.read()
    return False


def children(pid):
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                if int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid:
                    found.append(int(entry.name))
    return found


def workers(pid):
    return [child for child in children(pid) if b"config.cli\0worker" in command_of(child)]


def command_of(pid):
    """Return what a process was started with; nothing if it has just gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def gives_memory_back(pid):
    """Whether the C library of a process was told so when it started."""
    with suppress(OSError):
        told = dict(line.partition("=")[::2] for line in Path(f"/proc/{pid}/environ").read_text().split("\0"))
        return (told.get("MALLOC_MMAP_THRESHOLD_"), told.get("MALLOC_TRIM_THRESHOLD_")) == ("1048576", "8388608")
    return False


def is_running(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_one_command_starts_everything_and_its_end_ends_everything(served, port):
    wait_for(lambda: answers(port))
    (killed,) = wait_for(lambda: workers(served.pid))
    # A worker that dies is started again.
    os.kill(killed, signal.SIGKILL)
    (worker,) = wait_for(lambda: [pid for pid in workers(served.pid) if pid != killed])
    assert all(map(gives_memory_back, [served.pid, *children(served.pid)]))
    served.terminate()
    assert served.wait(PATIENCE) == 0
    wait_for(lambda: not is_running(worker))
    told = served.stdout.read()
    assert f"Kiểm Tin is at http://localhost:{port}" in told
    assert "No mail server is set" in told


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_everything_ends_even_if_the_server_is_killed(served, port):
    wait_for(lambda: answers(port))
    wait_for(lambda: workers(served.pid))
    started = children(served.pid)
    assert len(started) >= 2, "the worker and a web process"
    served.kill()
    wait_for(lambda: not any(map(is_running, started)))


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_port_that_is_taken_is_named_with_what_to_do(kiemtin):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = kiemtin("serve", "--port", taken.getsockname()[1])
    assert result.status == 2
    assert "cannot be used" in result.err
    assert "kiemtin serve --port 8001" in result.err


def test_the_worker_does_what_there_is_to_do_once(kiemtin):
    result = kiemtin("worker", "--once", "--no-encoder")
    assert result.status == 0, result.err
    assert result.err == ""
