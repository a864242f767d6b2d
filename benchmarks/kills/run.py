"""One run: a place under load, kills at random moments, comparisons in between."""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

from benchmarks.kills.asking import Asker
from benchmarks.kills.browser import Browser
from benchmarks.kills.checking import Editor, Writer
from benchmarks.kills.importing import Feed, Importer
from benchmarks.kills.journal import DONE, TRIED, Journal, read
from benchmarks.kills.killing import Killer
from benchmarks.kills.place import SLUG, Place, kill
from benchmarks.kills.post import Post
from benchmarks.kills.texts import Texts
from benchmarks.patience import wait_for

_ASKERS = 4
_DECK = {"web": 3, "worker": 2, "second worker": 1, "import": 2, "server": 1, "all": 1}


@dataclass(frozen=True)
class Plan:
    """How many kills, how many between two comparisons, the seed, and the longest pause before a kill in seconds."""

    kills: int = 200
    every: int = 20
    seed: int = 1
    longest: float = 2.5


@dataclass
class Found:
    """What a run found."""

    kills: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    comparisons: int = 0
    gave_up: int = 0
    receipts: int = 0
    while_sending: set[str] = field(default_factory=set)
    rows: dict[str, int] = field(default_factory=dict)


class Run:
    """One run. Its threads and processes are ended when `do` returns."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self._folder, self._plan, self._found = folder, plan, Found()
        self._chance, self._journal = random.Random(plan.seed), Journal(folder / "journal.ndjson")
        self._opened: set[str] = set()
        self._victims = _dealt(self._chance)

    def do(self) -> dict[str, Any]:
        """Do it, and return what was found."""
        began = time.monotonic()
        with Post(self._plan.seed) as post, Feed() as feed, self._place(post, feed) as place:
            self._through(place, post, feed)
        self._journal.close()
        return self._result(post, time.monotonic() - began)

    def _place(self, post: Post, feed: Feed) -> Place:
        return Place(self._folder, mail_port=post.port, feeds=feed.host)

    def _through(self, place: Place, post: Post, feed: Feed) -> None:
        people = place.people()
        _must(place.run("source", "add", "Báo Kiểm", f"http://{feed.host}/feed.json", "--desk", SLUG, *_FEED))
        self._journal.done("begun", event=self._elapse(place)["event"])
        place.start()
        importer = Importer(place, self._journal, self._folder)
        killer, texts = Killer(place, importer, self._chance), Texts(self._plan.seed)
        hands = [
            Writer(place, self._journal, people["checker"], 1),
            Writer(place, self._journal, people["administrator"], 2),
            Editor(place, self._journal, people["editor"], 3),
        ]
        askers = [Asker(place, self._journal, texts, 10 + number) for number in range(_ASKERS)]
        while sum(self._found.kills.values()) < self._plan.kills:
            left = self._plan.kills - sum(self._found.kills.values())
            stop = Event()
            threads = [Thread(target=one.work, args=(stop,), daemon=True) for one in (*hands, *askers, importer)]
            for thread in threads:
                thread.start()
            try:
                self._kill(killer, min(self._plan.every, left))
            finally:
                stop.set()
                kill(*importer.pids())
            for thread in threads:
                thread.join()
            self._compare(place, post)
            self._found.gave_up = place.gave_up
        for hand in hands:
            hand.close()

    def _kill(self, killer: Killer, count: int) -> None:
        for _ in range(count):
            victim = next(self._victims)
            time.sleep(self._chance.uniform(0.05, self._plan.longest))
            wait_for(lambda victim=victim: killer.kill(victim), f"something to kill: {victim}")
            self._found.kills[victim] += 1

    def _compare(self, place: Place, post: Post) -> None:
        """Kill everything once more, let what is left be done, and compare."""
        place.kill_all()
        self._found.while_sending |= set(self._elapse(place)["sending"])
        _must(place.run("worker", "--once", "--no-encoder"))
        _must(place.run("index", "--no-encoder"))  # that of messages follows when the next one comes
        mails = self._folder / "mails.json"
        mails.write_text(json.dumps(post.copies()), encoding="utf-8")
        told = json.loads(_must(place.python("benchmarks.kills.compare", str(self._journal.path), str(mails))).stdout)
        self._found.wrong += told["wrong"]
        self._found.rows = told["rows"]
        place.start()
        self._open_receipts(place)
        verified = place.run("verify", place.address, "--head", str(self._folder / "head"))
        if verified.returncode:
            self._found.wrong.append(f"kiemtin verify: {verified.stdout}{verified.stderr}")
        self._found.comparisons += 1
        print(f"{dict(self._found.kills)} {told['rows']} {told['wrong'][:5]}", file=sys.stderr, flush=True)

    def _elapse(self, place: Place) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(_must(place.python("benchmarks.kills.elapse")).stdout)
        return told

    def _open_receipts(self, place: Place) -> None:
        """Open the receipt of each question that was acknowledged since the last time."""
        browser = Browser(place.port, "192.0.2.9")
        codes = {entry["code"] for entry in read(self._journal.path) if entry.stage == DONE and entry.what == "ask"}
        for code in sorted(codes - self._opened):
            answer = browser.get(f"/en/r/{code}/")
            if answer is None or answer.status != 200:
                answer = browser.get(f"/r/{code}/")
            if answer is None or answer.status != 200:
                self._found.wrong.append(f"the receipt {code} answers {answer.status if answer else 'nothing'}")
            self._found.receipts += 1
        self._opened |= codes
        browser.close()

    def _result(self, post: Post, seconds: float) -> dict[str, Any]:
        copies = post.copies()
        more = {message_id: count - 1 for message_id, count in copies.items() if count > 1}
        if strange := more.keys() - self._found.while_sending:
            self._found.wrong.append(f"{len(strange)} mails went twice though no worker was killed over them")
        return {
            "kills": dict(self._found.kills),
            "killed": sum(self._found.kills.values()),
            "comparisons": self._found.comparisons,
            "server_gave_up_and_was_started_again": self._found.gave_up,
            "acknowledged": self._journal.counts(DONE),
            "tried": self._journal.counts(TRIED),
            "receipts_opened": self._found.receipts,
            "rows": self._found.rows,
            "mails": {
                "replies": len(copies),
                "taken": sum(copies.values()),
                "killed_while_sending": len(self._found.while_sending),
                "went_twice_with_the_same_message_id": sum(more.values()),
            },
            "wrong": self._found.wrong,
            "seconds": round(seconds),
        }


def _dealt(chance: random.Random) -> Iterator[str]:
    """Yield victims as cards of a deck, shuffled each time: so many kills have each of them so often."""
    while True:
        deck = [victim for victim, count in _DECK.items() for _ in range(count)]
        chance.shuffle(deck)
        yield from deck


_FEED = ("--kind", "datafeed", "--licence", "CC BY 4.0", "--every", "6h", "--language", "vi")


def _must(done: Any) -> Any:  # noqa: ANN401  (a completed process)
    if done.returncode:
        raise RuntimeError(f"{done.args} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done
