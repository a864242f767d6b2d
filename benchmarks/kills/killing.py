"""Whom to kill, and what to wait for afterwards."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.kills.importing import Importer
from benchmarks.kills.place import Place, kill
from benchmarks.patience import wait_for


@dataclass
class Killer:
    """Kills processes of a place; the server is well again when a method returns."""

    place: Place
    importer: Importer
    chance: random.Random

    def kill(self, victim: str) -> bool:
        """Kill it; returns whether it was there to be killed."""
        deeds: dict[str, Callable[[], bool]] = {
            "web": self._web,
            "worker": self._worker,
            "second worker": self._second,
            "import": self._import,
            "server": self._server,
            "all": self._all,
        }
        return deeds[victim]()

    def _web(self) -> bool:
        if not (webs := self.place.webs()):
            return False
        chosen = self.chance.choice(webs)
        kill(chosen)
        self.place.wait_until_gone([chosen])
        self.place.wait_until_well()
        return True

    def _worker(self) -> bool:
        if not (worker := self.place.worker()):
            return False
        kill(*worker)
        self.place.wait_until_gone(worker)
        self.place.wait_until_well()
        return True

    def _second(self) -> bool:
        if not (second := self.place.second()):
            return False
        kill(*second)
        self.place.wait_until_gone(second)
        self.place.wait_until_well()
        return True

    def _import(self) -> bool:
        pids = self.importer.pids()
        kill(*pids)
        return bool(pids)

    def _server(self) -> bool:
        """Kill the one that the others are children of: they end by themselves."""
        self.place.up.clear()
        pids = self.place.everything()
        kill(*self.place.server())
        second = self.place.second()
        kill(*second)
        self.place.wait_until_gone(pids)
        self.place.start()
        return True

    def _all(self) -> bool:
        pids = self.importer.pids()
        self.place.up.clear()
        kill(*pids, *self.place.everything())
        self.place.kill_all()
        wait_for(lambda: not self.importer.pids(), "the end of the import")
        self.place.start()
        return True
