"""Workers as processes: killed at each step of handing a mail over, and two of them at once."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from benchmarks.desk.server import free_port
from tests import databases
from tests.patience import PATIENCE, wait_for

KIEMTIN = Path(sys.executable).with_name("kiemtin")
pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])


class Speaking(SMTP):
    """Tells its handler of the goodbye too."""

    async def smtp_QUIT(self, arg):  # noqa: N802  (aiosmtpd's name)
        await self.event_handler.reached("QUIT")
        await super().smtp_QUIT(arg)


class Post(Controller):
    """A mail server that kills who speaks to it at a step, once, and remembers what it took."""

    def __init__(self):
        self.taken, self.step, self.worker, self.count = [], "", None, threading.Semaphore(0)
        super().__init__(self, hostname="127.0.0.1", port=free_port())

    def factory(self):
        return Speaking(self)

    async def reached(self, step):
        if step == self.step:
            self.step = ""
            os.kill(self.worker.pid, signal.SIGKILL)
            while Path(f"/proc/{self.worker.pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                await asyncio.sleep(0.01)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        session.host_name = hostname
        await self.reached("EHLO")
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        await self.reached("RCPT")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.taken.append(message_from_bytes(envelope.content)["Message-ID"].strip())
        self.count.release()
        await self.reached("DATA")  # it is ours now, and the other side will never hear of it
        return "250 OK"


@pytest.fixture
def post():
    server = Post()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def environment(tmp_path, post):
    return {name: value for name, value in os.environ.items() if not name.startswith("LC_")} | {
        "KIEMTIN_DATA": str(tmp_path / "data"),
        "KIEMTIN_MAIL": f"smtp://127.0.0.1:{post.port}?tls=none",
        "KIEMTIN_ENCODER": "none",
        "KIEMTIN_LANG": "en",
        **databases.variables(tmp_path / "data"),
    }


@pytest.fixture
def behind(environment):
    """Make work for the worker, or look how it stands; see `behind`."""

    def run(*arguments):
        command = [sys.executable, "-m", "tests.integration.behind", *map(str, arguments)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def worker(environment):
    """Start a worker; it is gone at the end of the test."""
    started = []

    def start(*arguments):
        process = subprocess.Popen([KIEMTIN, "worker", *arguments], env=environment, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    ("step", "was_taken", "copies"),
    [
        ("EHLO", 0, 1),
        ("RCPT", 0, 1),
        ("DATA", 1, 2),  # the one moment at which nobody can know: RFC 5321, 4.2.5
        ("QUIT", 1, 1),
    ],
)
def test_killed_while_sending_it_sends_again_unless_it_knows(behind, worker, post, step, was_taken, copies):
    (message_id,) = behind("decline", 1)["ids"]
    post.step, post.worker = step, worker()
    assert post.worker.wait(PATIENCE) == -signal.SIGKILL
    assert post.taken == [message_id] * was_taken
    after = behind("tell")["replies"]
    assert after == ({"sent": 1} if step == "QUIT" else {"sending": 1})
    behind("elapse")
    assert worker("--once").wait(PATIENCE) == 0
    assert post.taken == [message_id] * copies, "the same Message-ID, so that it can be seen as one"
    assert behind("tell")["replies"] == {"sent": 1}


def test_a_worker_that_is_stopped_finishes_the_mail_in_hand(behind, worker, post):
    behind("decline", 2)

    async def stop(step):
        if step == "RCPT" and post.step:
            post.step = ""
            told.append(Path(f"/proc/{post.worker.pid}/environ").read_bytes())
            post.worker.terminate()

    told = []
    post.reached, post.step, post.worker = stop, "RCPT", worker()
    assert post.worker.wait(PATIENCE) == 0
    assert len(post.taken) == 1
    assert behind("tell")["replies"] == {"sent": 1, "queued": 1}
    assert b"\0MALLOC_TRIM_THRESHOLD_=8388608\0" in b"\0" + told[0], "as below `kiemtin serve`"


def test_two_workers_at_once_do_nothing_twice(behind, worker, post):
    count = 30
    behind("decline", count)
    behind("ask", count)
    two = [worker(), worker()]
    for _ in range(count):
        assert post.count.acquire(timeout=PATIENCE), "a mail"
    # A picture in hand would be begun again when its lease has run out.
    wait_for(lambda: behind("tell")["pictures"] == {"read": 3}, "the end of the pictures")
    for process in two:
        process.terminate()
        assert process.wait(PATIENCE) == 0, process.stderr.read()
    assert worker("--once").wait(PATIENCE) == 0  # what they were stopped before
    after = behind("tell")
    assert after["replies"] == {"sent": count}
    assert Counter(post.taken) == Counter(after["ids"])
    assert (after["unsettled"], len(after["moved"]), set(after["moved"].values())) == (0, count, {1})
    assert (after["pictures"], after["read_twice"]) == ({"read": 3}, 0)
    assert after["workers"] == 3
