"""People at the desk: who writes, and who approves. A decision is tried once, and what comes back is written down."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from threading import Event

from benchmarks.desk.client import Reply
from benchmarks.kills.browser import Browser, Person, is_done, led_to
from benchmarks.kills.journal import Journal
from benchmarks.kills.place import SLUG, Place

_DESK = f"/desk/{SLUG}/"
_CASE, _CHECK = re.compile(rf"{_DESK}cases/(\d+)/\""), re.compile(rf"{_DESK}checks/(\d+)/\"")
_EDIT = re.compile(r"checks/(\d+)/edit/")
_VERSION = re.compile(r'name="version"(?: id="id_version")? value="(\d+)"')
_MATCH = re.compile(r'name="match" value="(\d+)"')
_PAUSES = (0.05, 0.4)  # seconds


class Hand:
    """Somebody who is signed in and does one thing after the other; a thread's work."""

    def __init__(self, place: Place, journal: Journal, person: Person, seed: int) -> None:
        self._place, self._journal, self._random = place, journal, random.Random(seed)
        self._browser = Browser(place.port, f"198.51.100.{seed % 250}")
        self._number = 0
        if not self._browser.sign_in(person, person.codes[0] if person.codes else ""):
            raise RuntimeError(f"{person.email} cannot sign in")
        self._browser.get(_DESK)  # brings the token for forms

    def close(self) -> None:
        """Close the browser."""
        self._browser.close()

    def work(self, stop: Event) -> None:
        """Do things again and again."""
        while not stop.is_set():
            self._place.up.wait(1.0)
            self._one()
            stop.wait(self._random.uniform(*_PAUSES))

    def _one(self) -> None:
        deeds = self._deeds()
        chosen = self._random.choices(list(deeds), weights=list(deeds.values()))[0]
        chosen()

    def _deeds(self) -> dict[Callable[[], None], float]:
        """Return what is done, and how often."""
        raise NotImplementedError

    def _found(self, pattern: re.Pattern[str], path: str) -> list[str]:
        page = self._browser.get(path)
        return pattern.findall(page.body.decode()) if page is not None and page.status == 200 else []

    def _case(self) -> str:
        """Return one of the cases in the queue; empty if there is none."""
        return self._any(self._found(_CASE, f"{_DESK}?sort=latest"))

    def _any(self, numbers: list[str]) -> str:
        return self._random.choice(sorted(set(numbers))) if numbers else ""

    def _do(self, action: str, number: str, **form: str) -> Reply | None:
        """Do something to a case, and write down whether it was acknowledged."""
        return self._deed(action, f"{_DESK}cases/{number}/{action}/", number, form)

    def _do_to_check(self, action: str, number: str, **form: str) -> Reply | None:
        return self._deed(action, f"{_DESK}checks/{number}/{action}/", number, form)

    def _deed(self, action: str, path: str, number: str, form: dict[str, str]) -> Reply | None:
        about = form.get("match", number)  # both cases of a match show it; it is told with that of its message
        self._journal.tried(action, object=about)
        answer = self._browser.post(path, form)
        if led_to(answer) and "/account/" not in led_to(answer):
            self._journal.done(action, object=about)
        return answer

    def _version(self, path: str) -> str:
        found = self._found(_VERSION, path)
        return found[0] if found else ""

    def _save(self, number: str, *, submit: bool = False) -> bool:
        """Save a draft with a text that was never written before; returns whether it was acknowledged."""
        path = f"{_DESK}checks/{number}/edit/"
        if not (version := self._version(path)):
            return False
        self._number += 1
        body = f"Bản nháp {number}-{id(self)}-{self._number}."
        self._journal.tried("draft", check=number, body=body)
        answer = self._browser.post(path, _content(number, body, version) | ({"submit": "1"} if submit else {}))
        if is_done(answer) and led_to(answer):
            self._journal.done("draft", check=number, body=body)
            return True
        return False


class Writer(Hand):
    """Writes, closes, merges, decides on proposals, takes notes."""

    def _deeds(self) -> dict[Callable[[], None], float]:
        return {self._write: 5, self._close: 1.5, self._merge: 1, self._decide: 2, self._note: 1, self._correct: 1}

    def _write(self) -> None:
        if not (case := self._case()):
            return
        self._do("say-nature", case, nature="fact")
        begun = _EDIT.search(led_to(self._do("start-draft", case)))
        if begun is None:
            return
        for _ in range(self._random.randint(1, 4)):
            self._save(begun[1])
        self._submit(begun[1])

    def _correct(self) -> None:
        if check := self._any(self._found(_CHECK, f"{_DESK}checks/?state=published")):
            self._do_to_check("start-correction", check)
            self._save(check)
            self._submit(check)

    def _submit(self, check: str) -> None:
        if self._save(check) and (version := self._version(f"{_DESK}checks/{check}/")):
            self._do_to_check("submit", check, version=version)

    def _close(self) -> None:
        if case := self._case():
            self._do("close-not-checkable", case, nature="opinion")

    def _note(self) -> None:
        if case := self._case():
            self._do("note", case, text=f"Ghi chú {self._random.random()}")

    def _decide(self) -> None:
        if (case := self._case()) and (match := self._any(self._found(_MATCH, f"{_DESK}cases/{case}/"))):
            answer = self._random.choice(("yes", "no"))
            self._do("decide-match", case, match=match, answer=answer)

    def _merge(self) -> None:
        source, target = self._case(), self._case()
        if source and target and source != target:
            self._deed("merge", f"{_DESK}cases/merge/", source, {"case": source, "target": target})


class Editor(Hand):
    """Approves, publishes, withdraws, declines."""

    def _deeds(self) -> dict[Callable[[], None], float]:
        return {self._review: 8, self._decline: 1.5, self._withdraw: 0.5}

    def _review(self) -> None:
        for check in sorted(set(self._found(_CHECK, f"{_DESK}review/")))[:3]:
            if version := self._version(f"{_DESK}checks/{check}/"):
                self._do_to_check("approve", check, version=version)
            self._do_to_check("publish", check)

    def _decline(self) -> None:
        if case := self._case():
            self._do("decline", case, public_reason="Ngoài phạm vi của bàn tin.")

    def _withdraw(self) -> None:
        if check := self._any(self._found(_CHECK, f"{_DESK}checks/?state=published")):
            self._do_to_check("withdraw", check, note="Nguồn đã rút lại.")


def _content(number: str, body: str, version: str) -> dict[str, str]:
    """Return the fields of a complete draft."""
    fields = {
        "version": version,
        "claim": f"Tin số {number} lan truyền trên mạng",
        "verdict": "false",
        "summary": f"Không có bằng chứng nào cho tin số {number}.",
        "body": body,
        "topic": "health",
        "wordings": "",
        "note": "Sửa một câu.",
        "source-TOTAL_FORMS": "2",
        "source-INITIAL_FORMS": "0",
    }
    for place in ("0", "1"):
        fields |= {
            f"source-{place}-url": f"https://nguon-{place}.example/{number}",
            f"source-{place}-title": f"Báo cáo {place}",
            f"source-{place}-publisher": f"Viện {place}",
            f"source-{place}-kind": "primary",
            f"source-{place}-interest": "independent",
            f"source-{place}-shows": "Số liệu khác với tin.",
            f"source-{place}-accessed": "2026-11-20",
        }
    return fields
