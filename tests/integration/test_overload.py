"""More come at once than can wait: some are turned away with a word, the desk goes on, and then all is as before."""

import http.client
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.parse import urlencode

import pytest

from benchmarks.desk.client import Client, addresses
from benchmarks.desk.server import KIEMTIN, free_port
from kiemtin.config.admission.kinds import RULES, Kind
from tests import databases
from tests.integration.test_serve import answers
from tests.patience import PATIENCE, wait_for
from tests.serving import started

pytestmark = [pytest.mark.once, pytest.mark.allow_hosts(["127.0.0.1"])]
MOST = RULES[Kind.ASKING].waiting + RULES[Kind.ASKING].places
CROWD = MOST + 12
ROUNDS = 3
PASSWORD = "mot-cau-dai-de-nho"
STAFF = f"""
import django; django.setup()
from kiemtin.staff.actions.create_desk import create_desk
from kiemtin.staff.actions.add_person import add_person
desk = create_desk(slug="ban", name="Bàn", by="test", is_intake=True)
add_person(email="an@ban.example", name="An", desk=desk, role="checker", by="test", password="{PASSWORD}")
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """The product with one web process, and a desk with one checker."""
    port = free_port()
    data = tmp_path_factory.mktemp("overload") / "data"
    own = {"KIEMTIN_DATA": str(data), "KIEMTIN_PROXIES": "1", "DJANGO_SETTINGS_MODULE": "kiemtin.config.settings"}
    variables = os.environ | own | databases.variables(data)
    variables.pop("KIEMTIN_ADDRESS", None)
    command = [KIEMTIN, "serve", "--port", str(port), "--no-encoder"]
    with started(command, variables):
        wait_for(lambda: answers(port))
        subprocess.run([sys.executable, "-c", STAFF], env=variables, check=True, timeout=PATIENCE)
        yield port


@pytest.fixture
def checker(port):
    """The session of the checker, whom the process knows."""
    with closing(Client(port)) as checker:
        checker.sign_in("an@ban.example", PASSWORD)
        assert checker.get("/desk/ban/").status == 200
        yield checker


class Crowd:
    """So many people, who all ask at the same moment."""

    def __init__(self, port):
        self.port, self.people = port, addresses()
        self.together = threading.Barrier(CROWD)

    def ask(self, text, who):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.connect()
        self.together.wait(PATIENCE)
        headers = {"Content-Type": "application/x-www-form-urlencoded"} | who
        connection.request("POST", "/en/ask/", urlencode({"text": text}), headers)
        with closing(connection):
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()

    def come(self, number):
        with ThreadPoolExecutor(CROWD) as pool:
            texts = [f"Tin đồn số {number} của người thứ {at} về giá xăng" for at in range(CROWD)]
            told = list(pool.map(self.ask, texts, [next(self.people) for _ in texts]))
        return list(zip(texts, told, strict=True))


def test_an_overload_sheds_and_passes(checker, port):
    crowd = Crowd(port)
    seen, over = [], threading.Event()

    def work():
        while not over.is_set():
            seen.append(checker.get("/desk/ban/").status)

    desk = threading.Thread(target=work)
    desk.start()
    try:
        told = [one for number in range(ROUNDS) for one in crowd.come(number)]
    finally:
        over.set()
        desk.join(PATIENCE)
    statuses = [status for _, (status, _, _) in told]
    assert set(statuses) == {302, 503}
    # Who has a place is answered; how many of those who wait come to one in time is a matter of the machine.
    assert statuses.count(302) >= ROUNDS * RULES[Kind.ASKING].places
    for text, (status, headers, page) in told:
        if status == 503:
            assert int(headers["Retry-After"]) >= 5
            assert f"{text}</textarea>" in page
    assert seen, "the desk was looked at meanwhile"
    assert set(seen) == {200}
    with closing(Client(port)) as asker:
        for number in range(5):
            assert asker.post("/en/ask/", {"text": f"Sau đó, câu hỏi {number}"}, next(crowd.people)).status == 302


def test_idle_connections_keep_nobody_out(port):
    """The server counts open connections, idle ones too: there is room for many more than there are requests."""
    idle = [http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE) for _ in range(400)]
    try:
        for connection in idle:
            connection.connect()
        with closing(Client(port)) as reader:
            assert reader.get("/en/").status == 200
    finally:
        for connection in idle:
            connection.close()


def test_a_load_balancer_sees_that_the_process_is_there(port):
    with closing(Client(port)) as balancer:
        answer = balancer.get("/healthz")
    assert (answer.status, answer.body) == (200, b"ok\n")
