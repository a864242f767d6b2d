"""The disk is full, the database is gone or held, while the product serves: nothing that was acknowledged is lost."""

import contextlib
import json
import shutil
import subprocess
import threading

import pytest

from benchmarks.kills.browser import Browser
from benchmarks.kills.checking import Writer
from benchmarks.kills.journal import Journal
from benchmarks.kills.place import SLUG, Place, wait_for
from benchmarks.kills.texts import Texts
from tests import databases
from tests.postgresql import server

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
NOTHING_STORED = "Nothing of what you sent was stored"
SOON = 400


class Desk:
    """A place with its checker signed in, and a journal of what was acknowledged."""

    def __init__(self, place, journal):
        self.place, self.journal, self.texts = place, journal, Texts(1)
        people = place.people()
        journal.done("begun", **json.loads(place.python("benchmarks.kills.elapse").stdout))
        place.start()
        self.browser, self.checker = Browser(place.port), Writer(place, journal, people["checker"], 1)
        self.receipts, self._number = [], 0

    def ask(self, text=""):
        """Ask as somebody new; returns the answer. What is acknowledged must be there in the end."""
        self._number += 1
        text = text or self.texts.new()
        self.journal.tried("ask", text=text, asker=self._number)
        sender = Browser(self.place.port, f"10.0.{self._number >> 8}.{self._number & 255}")
        answer = sender.post("/en/ask/", {"text": text, "website": ""})
        sender.close()
        if answer.status == 302:
            self.receipts.append(answer.headers["Location"])
            self.journal.done("ask", text=text, asker=self._number, code=self.receipts[-1].split("/")[-2])
        return answer

    def get(self, path):
        answer = self.browser.get(path)
        return answer.status, answer.body.decode(errors="replace")

    def draft(self):
        """Begin a fact-check; returns its number."""
        wait_for(self.checker._case, "a case")
        case = self.checker._case()
        self.checker._do("say-nature", case, nature="fact")
        return self.checker._do("start-draft", case).headers["Location"].split("/")[-3]

    def log(self):
        return self.place.log.read_text(encoding="utf-8")

    def compare(self):
        """Stop, let the worker do what is left, and return what is not as it was acknowledged."""
        self.place.kill_all()
        assert self.place.python("benchmarks.kills.elapse").returncode == 0
        assert self.place.run("worker", "--once", "--no-encoder").returncode == 0
        assert self.place.run("index", "--no-encoder").returncode == 0
        mails = self.journal.path.with_name("mails.json")
        mails.write_text("{}")
        told = self.place.python("benchmarks.kills.compare", str(self.journal.path), str(mails))
        return json.loads(told.stdout)["wrong"]


@contextlib.contextmanager
def desk_in(folder, tmp_path):
    journal = Journal(tmp_path / "journal.ndjson")
    with Place(folder, mail_port=9) as place:
        place.log = tmp_path / "log.txt"
        desk = Desk(place, journal)
        try:
            yield desk
        finally:
            desk.browser.close()
            desk.checker.close()
            journal.close()


@pytest.fixture
def desk(tmp_path, own_database):
    with desk_in(tmp_path, tmp_path) as made:
        yield made


# The disk is full


@pytest.fixture
def small_disk(tmp_path):
    """A file system of a few megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("a file system of a test's own can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(path):
    """Leave no room, to the last byte."""
    with path.open("wb", buffering=0) as ballast:
        for size in (1 << 20, 4096, 1):
            with contextlib.suppress(OSError):
                while ballast.write(b"x" * size):
                    pass


@pytest.mark.sqlite
def test_on_a_full_disk_nothing_is_acknowledged_and_reading_goes_on(small_disk, tmp_path):
    with desk_in(small_disk, tmp_path) as desk:
        assert desk.ask().status == 302
        check = desk.draft()
        assert desk.checker._save(check)
        fill(small_disk / "ballast")
        # The log of the database has some room of its own at first.
        answers = [desk.ask(), *iter_until_full(desk)]
        full = answers[-1]
        assert (full.status, full.headers["Retry-After"]) == (503, "60")
        assert {answer.status for answer in answers} <= {302, 503}
        said = full.body.decode()
        assert NOTHING_STORED in said
        assert "Send it again" in said
        _reading_goes_on(desk)
        assert not desk.checker._save(check)
        problem = desk.browser.post("/api/v1/questions", {"text": "x"})
        assert (problem.status, problem.headers["Content-Type"]) == (503, "application/problem+json")
        wait_for(lambda: "SQLITE_FULL" in desk.log(), "the worker's word")
        _commands_say_so(desk, small_disk)
        assert "Traceback" not in desk.log()
        (small_disk / "ballast").unlink()
        # Without a restart.
        wait_for(lambda: desk.ask().status == 302, "room")
        assert desk.checker._save(check)
        assert desk.compare() == []


def iter_until_full(desk):
    for _ in range(SOON):
        answer = desk.ask()
        yield answer
        if answer.status == 503:
            return
    raise AssertionError("it takes everything")


def _reading_goes_on(desk):
    for path in ("/en/", "/en/checks/", "/api/v1/checks", *desk.receipts[-2:]):
        assert desk.get(path)[0] == 200, path
    for path in (f"/en/desk/{SLUG}/", f"/en/desk/{SLUG}/checks/"):
        assert desk.checker._browser.get(path).status == 200, path
    check = json.loads(desk.get("/api/v1/checks")[1])["items"][0]["id"]
    assert desk.get(f"/checks/{check}/card-wide-r1.png")[0] == 200, "a card is drawn, and not kept"
    assert not list(desk.place.data.glob("cards/*"))


def _commands_say_so(desk, disk):
    doctor = desk.place.run("doctor", "--json")
    found = {one["code"]: one["level"] for one in json.loads(doctor.stdout)["findings"]}
    assert found["disk"] == "wrong"
    backup = desk.place.run("backup", str(disk / "backups"))
    assert backup.returncode == 2
    assert list(disk.glob("backups/*")) == []
    assert not (desk.place.data / ".backup.part").exists()


# The database is gone, or held


def everybody_is_told(desk):
    """Who asks, reads, calls or works at the desk gets 503, and nothing is stored."""
    answer = desk.ask()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
    assert NOTHING_STORED in answer.body.decode()
    status, said = desk.get("/en/checks/?q=x")
    assert (status, "This page cannot be shown just now" in said) == (503, True)
    assert desk.browser.get("/api/v1/checks").headers["Content-Type"] == "application/problem+json"
    assert desk.checker._browser.get(f"/en/desk/{SLUG}/").status == 503


@pytest.mark.sqlite
def test_a_database_that_is_gone_is_missed_and_found_again(desk):
    assert desk.ask().status == 302
    file = desk.place.data / "kiemtin.sqlite3"
    away = desk.place.data.with_name("away")
    away.mkdir()
    for part in desk.place.data.glob("kiemtin.sqlite3*"):
        shutil.move(part, away / part.name)
    everybody_is_told(desk)
    wait_for(lambda: "SQLITE_CANTOPEN" in desk.log(), "the worker's word")
    assert not file.exists(), "no empty one is made in its place"
    for part in away.iterdir():
        shutil.move(part, desk.place.data / part.name)
    assert desk.ask().status == 302
    assert desk.get(desk.receipts[0])[0] == 200
    assert "Traceback" not in desk.log()
    assert desk.compare() == []


@pytest.mark.postgresql
def test_a_server_that_goes_is_missed_and_found_again(tmp_path, monkeypatch):
    with server(is_durable=True) as postgresql:
        monkeypatch.setenv("DATABASE_URL", postgresql.address)
        with desk_in(tmp_path, tmp_path) as desk:
            assert desk.ask().status == 302
            postgresql.stop()
            try:
                everybody_is_told(desk)
            finally:
                postgresql.start()
            assert desk.ask().status == 302
            assert desk.get(desk.receipts[0])[0] == 200
            assert "Traceback" not in desk.log()
            assert desk.compare() == []


@pytest.mark.sqlite
def test_a_database_that_is_no_database_is_told_as_what_it_is(desk):
    assert desk.ask().status == 302
    file = desk.place.data / "kiemtin.sqlite3"
    good = file.with_name("good")
    file.rename(good)
    file.write_bytes(b"not a database at all, and long enough to be looked at" * 100)
    assert desk.ask().status == 503
    assert desk.get("/en/checks/")[0] == 503
    file.unlink()
    good.rename(file)
    assert desk.ask().status == 302
    assert "Traceback" not in desk.log()


def test_a_database_that_somebody_holds_is_waited_for_and_then_told(desk):
    assert desk.ask().status == 302
    with databases.opened(desk.place.data) as other:
        other.execute("BEGIN" if databases.SERVER else "BEGIN IMMEDIATE")
        if databases.SERVER:
            other.execute("LOCK TABLE questions_message IN EXCLUSIVE MODE")
        answers = []
        asking = threading.Thread(target=lambda: answers.append(desk.ask()))
        asking.start()
        assert desk.get("/en/checks/")[0] == 200, "who only reads waits for nobody"
        assert desk.get(desk.receipts[0])[0] == 200
        asking.join(60)
        other.execute("ROLLBACK")
    assert answers[0].status == 503
    assert NOTHING_STORED in answers[0].body.decode()
    assert desk.ask().status == 302
    assert "Traceback" not in desk.log()
    assert desk.compare() == []
