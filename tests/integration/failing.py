"""A desk that serves while what it stands on fails, with a journal of what it acknowledged; and disks that are full."""

import contextlib
import json

from benchmarks.kills.browser import Browser
from benchmarks.kills.checking import Writer
from benchmarks.kills.journal import Journal
from benchmarks.kills.place import Place, wait_for
from benchmarks.kills.texts import Texts
from tests.demonstration import demonstration

NOTHING_STORED = "Nothing of what you sent was stored"
NOTHING_STORED_VI = "Nội dung bạn gửi chưa được lưu"


class _Ready(Place):
    def _demonstration(self):
        return demonstration(self.data)


class Desk:
    """A place with its checker signed in, and a journal of what was acknowledged."""

    def __init__(self, place, journal):
        self.place, self.journal, self.texts = place, journal, Texts(1)
        people = place.people()
        journal.done("begun", **json.loads(place.python("benchmarks.kills.elapse").stdout))
        place.start()
        self.browser, self.checker = Browser(place.port), Writer(place, journal, people["checker"], 1)
        self.editor = people["editor"]
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

    def show(self, picture, path="/en/ask/"):
        """Ask about a picture as somebody new; returns the answer."""
        self._number += 1
        sender = Browser(self.place.port, f"10.1.{self._number >> 8}.{self._number & 255}")
        answer = sender.post(path, {"text": "", "website": ""}, file=("picture", picture))
        sender.close()
        return answer

    def get(self, path):
        answer = self.browser.get(path)
        return answer.status, answer.body.decode(errors="replace")

    def draft(self):
        """Begin a fact-check; returns its number."""
        case = wait_for(self.checker._case, "a case")
        self.checker._do("say-nature", case, nature="fact")
        return self.checker._do("start-draft", case).headers["Location"].split("/")[-3]

    def doctor(self):
        """Return code → levels of what the doctor finds."""
        found = {}
        for one in json.loads(self.place.run("doctor", "--json").stdout)["findings"]:
            found.setdefault(one["code"], set()).add(one["level"])
        return found

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
def desk_in(folder, tmp_path, kind=_Ready):
    with contextlib.closing(Journal(tmp_path / "journal.ndjson")) as journal, kind(folder, mail_port=9) as place:
        place.log = tmp_path / "log.txt"
        desk = Desk(place, journal)
        try:
            yield desk
        finally:
            desk.browser.close()
            desk.checker.close()


def fill(path):
    """Leave no room, to the last byte."""
    with path.open("wb", buffering=0) as ballast:
        for size in (1 << 20, 4096, 1):
            with contextlib.suppress(OSError):
                while ballast.write(b"x" * size):
                    pass
