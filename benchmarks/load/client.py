"""The crowd, in a process of its own: `python -m benchmarks.load.client`, told what to do as JSON on standard input.

Arrivals come at a constant rate, whatever becomes of those before them (an open loop), and each is timed from when it
was meant to begin: a server that stands still for a while is seen to.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.load.askers import Askers
from benchmarks.load.checkers import Person, publish, work
from benchmarks.load.diary import SHED, Diary, by_kind
from benchmarks.load.wire import Wire

_WARM_UP = 10.0
_TRIED = 10.0  # seconds that a sustainable rate is looked for
_AT_ONCE = 6  # questions on their way meanwhile
_SHARE = 0.5  # of what was reached then
_GROWTH = 1.5  # from step to step
_NO_MORE = 1.05  # growth of what is served that is none
_TOO_MUCH = 4.0  # times the best rate
_REST = 60.0  # seconds after which it should be as before
_CALM = 5.0  # seconds without anything unusual at the end of it
_TICK = 0.05
_LONGEST = 20_000  # visits on their way


class Crowd:
    """Everybody who comes, and what came of it."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told
        self._diary = Diary()
        self._wire = Wire(told["port"])
        pictures = [path.read_bytes() for path in sorted(Path(told["pictures"]).iterdir())]
        self._askers = Askers(self._wire, self._diary, told, pictures)
        self._visits: set[asyncio.Task[None]] = set()
        self._lags: list[float] = []
        self._dropped = 0

    async def run(self) -> dict[str, Any]:
        """Do what was told."""
        staff = [asyncio.create_task(self._check(one)) for one in range(len(self._told["checkers"]))]
        staff.append(asyncio.create_task(self._watch()))
        used, began = time.process_time(), time.perf_counter()
        try:
            await self._come(_WARM_UP, self._told["rate"] or 5.0)
            rate = self._told["rate"] or await self._sustainable()
            found: dict[str, Any] = {"rate": rate, "steady": await self._steady(rate)}
            if self._told["break"]:
                found["break"] = await self._break(rate, found["steady"]["kinds"])
        finally:
            for task in (*staff, *self._visits):
                task.cancel()
            await asyncio.gather(*staff, *self._visits, return_exceptions=True)
            self._wire.close()
        seconds = time.perf_counter() - began
        found["client"] = {
            "cpu": round((time.process_time() - used) / seconds, 2),
            "lag_p99_ms": round(1000 * float(np.percentile(self._lags, 99)), 1),
            "lag_max_ms": round(1000 * max(self._lags), 1),
            "dropped": self._dropped,
        }
        return found | {"left": self._askers.left}

    async def _steady(self, rate: float) -> dict[str, Any]:
        seconds = self._told["seconds"]
        _say(f"steady, {rate:.1f} questions a second, {seconds:.0f} s")
        editor = asyncio.create_task(self._publish(seconds))
        start, began = time.perf_counter(), time.time()
        await self._come(seconds, rate)
        published = await editor
        return {
            "seconds": seconds,
            "began": began,
            "ended": began + seconds,
            "kinds": by_kind(self._diary.between(start, start + seconds), seconds),
            "published": published,
        }

    async def _publish(self, seconds: float) -> list[dict[str, Any]]:
        """Publish the answer to each rumour, spread over the time."""
        editor = Person(self._wire, self._diary, self._told["editor"], self._told["slug"])
        done = []
        for check in self._told["checks"]:
            await asyncio.sleep(seconds / (len(self._told["checks"]) + 1))
            done.append(await publish(editor, check))
        return done

    async def _break(self, rate: float, usual: Mapping[str, Any]) -> dict[str, Any]:
        """Let more and more come, until what is served grows no more, then as many as four times that."""
        steps, best, at_best = [], 0.0, rate
        now = rate
        while True:
            now *= _GROWTH
            steps.append(await self._step(now))
            served = steps[-1]["questions_answered_per_second"]
            if served > best * _NO_MORE:
                best, at_best = served, now
            elif now >= _TOO_MUCH * best:
                break
        _say(f"rest, {rate:.1f} questions a second")
        start = time.perf_counter()
        await self._come(_REST, rate)
        return {
            "steps": steps,
            "best_per_second": best,
            "best_at": at_best,
            "recovered_s": self._recovered(start, usual),
        }

    async def _step(self, rate: float) -> dict[str, Any]:
        seconds = self._told["step"]
        _say(f"{rate:.1f} questions a second")
        start = time.perf_counter()
        await self._come(seconds, rate)
        entries = self._diary.between(start, start + seconds)
        whole = [entry for entry in entries if entry.kind.endswith(", whole")]
        asked = [entry for entry in entries if entry.kind in ("known text", "new text", "picture")]
        shed = sum(entry.status == SHED for entry in asked)
        return {
            "rate": round(rate, 1),
            "questions_answered_per_second": round(len(whole) / seconds, 2),
            "shed_share": round(shed / max(len(asked), 1), 3),
            "kinds": by_kind(entries, seconds),
        }

    def _recovered(self, start: float, usual: Mapping[str, Any]) -> float | None:
        """Return the seconds after which nobody was turned away or waited longer than usual; None if that did not come.

        Longer than usual is more than twice what 99 of 100 of the same kind took before.
        """
        entries = [
            entry for entry in self._diary.between(start, start + _REST) if "p99_ms" in usual.get(entry.kind, {})
        ]
        bad = [
            entry.start
            for entry in entries
            if not entry.is_good or 1000 * (entry.end - entry.start) > 2 * usual[entry.kind]["p99_ms"]
        ]
        last = max(bad, default=start) - start
        return round(last, 1) if last < _REST - _CALM else None

    async def _sustainable(self) -> float:
        """Return half of what comes through when there are always some on their way."""
        until = time.perf_counter() + _TRIED
        start = time.perf_counter()

        async def one() -> None:
            while time.perf_counter() < until:
                await self._askers.front_page(time.perf_counter())
                await self._askers.question(self._askers.visit(), time.perf_counter(), may_stay=False)

        await asyncio.gather(*(one() for _ in range(_AT_ONCE)))
        done = sum(entry.kind.endswith(", whole") for entry in self._diary.between(start, until))
        return max(round(_SHARE * done / _TRIED, 1), 0.5)

    async def _come(self, seconds: float, rate: float) -> None:
        """Let askers and readers come at a rate, each as often as the other."""
        start = time.perf_counter()
        for number in range(int(seconds * rate)):
            at = start + number / rate
            await asyncio.sleep(max(at - time.perf_counter(), 0))
            self._begin(self._askers.question(self._askers.visit(), at))
            self._begin(self._askers.front_page(at))
        await asyncio.sleep(max(start + seconds - time.perf_counter(), 0))

    def _begin(self, visit: Any) -> None:  # noqa: ANN401  (a coroutine)
        if len(self._visits) >= _LONGEST:
            visit.close()
            self._dropped += 1
            return
        task = asyncio.create_task(visit)
        self._visits.add(task)
        task.add_done_callback(self._visits.discard)

    async def _check(self, number: int) -> None:
        given = self._told["checkers"][number]
        person = Person(self._wire, self._diary, given["cookies"], self._told["slug"])
        await asyncio.sleep(random.uniform(0, 2))
        await work(person, given["draft"], self._told["words"], number)

    async def _watch(self) -> None:
        """Look how late this process itself is."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(_TICK)
            self._lags.append(max(time.perf_counter() - before - _TICK, 0))


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)


def main() -> None:
    """Run, and print as JSON."""
    print(json.dumps(asyncio.run(Crowd(json.load(sys.stdin)).run())))


if __name__ == "__main__":
    main()
