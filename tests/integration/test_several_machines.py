"""Two machines with one database and one data folder: each has web processes, a worker and an index of its own."""

import itertools
import json
import os
import subprocess
import urllib.request
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from benchmarks.desk.server import free_port
from tests import databases
from tests.integration.conftest import KIEMTIN, Program
from tests.patience import PATIENCE, wait_for
from tests.serving import started

pytestmark = [pytest.mark.postgresql, pytest.mark.allow_hosts(["127.0.0.1"])]

CLAIM = "Uống nước lá dứa mỗi sáng thì khỏi tiểu đường trong một tuần"


_askers = itertools.count(1)  # each comes from elsewhere: nobody meets a limit


@dataclass
class Machine:
    """A running server."""

    address: str
    index: Path

    def ask(self, text):
        """Ask through the API; returns the answer."""
        number = next(_askers)
        request = urllib.request.Request(  # noqa: S310
            f"{self.address}/api/v1/questions",
            json.dumps({"text": text}).encode(),
            {"Content-Type": "application/json", "X-Forwarded-For": f"10.{number >> 8}.{number & 255}.1"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return json.load(answer)


@contextmanager
def running(data, index):
    port = free_port()
    variables = os.environ | databases.variables(data)
    variables |= {"KIEMTIN_DATA": str(data), "KIEMTIN_INDEX": str(index), "KIEMTIN_LANG": "en", "KIEMTIN_PROXIES": "1"}
    command = [KIEMTIN, "serve", "--port", str(port), "--workers", "2", "--no-encoder"]
    with started(command, variables):
        machine = Machine(f"http://127.0.0.1:{port}", index)
        wait_for(lambda: _answers(machine.address))
        yield machine


def _answers(address):
    with suppress(OSError), urllib.request.urlopen(f"{address}/en/", timeout=10) as answer:  # noqa: S310
        return answer.status == 200
    return False


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    folder = tmp_path_factory.mktemp("machines")
    data = folder / "data"
    made = Program(data)("demo", "--no-encoder", KIEMTIN_INDEX=str(folder / "first"))
    assert made.status == 0, made.err
    with ExitStack() as stack:
        yield data, [stack.enter_context(running(data, folder / name)) for name in ("first", "second")]


def rows(data, question):
    with databases.opened(data) as hand:
        return hand.execute(question).fetchall()


def test_each_has_an_index_of_its_own(machines):
    data, both = machines
    for machine in both:
        assert (machine.index / "index").is_dir()
    assert not (data / "index").exists()


def test_what_one_is_told_the_other_finds(machines, tmp_path, claim_review):
    data, (first, second) = machines
    path = tmp_path / "review.json"
    path.write_text(json.dumps(claim_review(claimReviewed=CLAIM)))
    Program(data)("import", "--no-encoder", path, KIEMTIN_INDEX=str(first.index))
    for machine in (first, second):
        claims = wait_for(lambda machine=machine: _claims(machine.ask(CLAIM)))
        assert claims == [CLAIM]


def _claims(answer):
    found = [answer["answer"], *(choice["finding"] for choice in answer["choices"])]
    return [one["claim"] for one in found if one]


def test_one_question_at_both_is_one_case(machines):
    data, both = machines
    text = "Phường mình tối mai cúp nước đến sáng thứ hai để thay ống, có phải không cả nhà"
    codes = {machine.ask(text)["code"] for machine in both}
    assert len(codes) <= 2
    stored = "SELECT case_id, asked, settled FROM questions_message WHERE text LIKE 'Phường mình tối mai cúp nước%'"
    [(case, asked, _)] = wait_for(lambda: [row for row in rows(data, stored) if row[2]])
    assert asked == len(codes)
    assert rows(data, f"SELECT count(*) FROM questions_case WHERE id = {case}") == [(1,)]  # noqa: S608


HOLD = """
import django; django.setup()
import sys
from kiemtin.database.alone import alone
with alone("test") as is_mine:
    print(is_mine, flush=True)
    sys.stdin.readline()
"""


def test_a_right_holds_between_machines_whose_folders_are_not_shared(tmp_path):
    """Even where lock files do not reach, PostgreSQL tells."""
    shared = databases.variables(tmp_path / "one")

    def hold(name):
        (tmp_path / name).mkdir()
        settings = {"KIEMTIN_DATA": str(tmp_path / name), "DJANGO_SETTINGS_MODULE": "kiemtin.config.settings"}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        python = KIEMTIN.with_name("python")
        return subprocess.Popen([python, "-c", HOLD], env=os.environ | shared | settings, **pipes)

    with hold("one") as one:
        assert one.stdout.readline() == "True\n"
        with hold("two") as two:
            assert two.stdout.readline() == "False\n"
            two.stdin.close()
        one.kill()
    with hold("three") as three:  # who dies gives it back
        assert three.stdout.readline() == "True\n"
        three.stdin.close()


def test_a_server_that_was_started_anew_is_reached_again(machines):
    """Connections that broke are opened anew by themselves."""
    data, (first, _) = machines
    name = databases.name_of(data)
    with closing(psycopg.connect(databases.address("postgres"), autocommit=True)) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    wait_for(lambda: _answers(first.address))
    assert wait_for(lambda: _asked(first, CLAIM))


def _asked(machine, text):
    with suppress(OSError):
        return machine.ask(text)
    return None
