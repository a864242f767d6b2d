"""Progress on standard error: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from django.utils.translation import gettext as _
from rich.console import Console
from rich.filesize import decimal
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text

_STEPS = 20  # lines that a whole piece of work writes where there is no terminal


class _Rate(ProgressColumn):
    """Pieces a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else _("%(count).0f/s") % {"count": speed})


class Bar:
    """Progress of one piece of work. A context manager.

    Parameters
    ----------
    title
        What is being done.
    in_bytes
        Whether `moved` counts bytes; else pieces.
    """

    def __init__(self, title: str, *, in_bytes: bool = False) -> None:
        self._title = title
        self._in_bytes = in_bytes
        self._console = Console(stderr=True)
        self._step = -1
        counts = (DownloadColumn(), TransferSpeedColumn()) if in_bytes else (MofNCompleteColumn(), _Rate())
        words = [TextColumn(f"{{task.{name}}}", markup=False) for name in ("description", "fields[note]")]
        columns = (words[0], BarColumn(), *counts, words[1], TimeRemainingColumn())
        self._bar = Progress(*columns, console=self._console, transient=True, disable=not self._console.is_terminal)
        self._task = self._bar.add_task(title, total=None, note="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def moved(self, done: int, total: int, note: str = "") -> None:
        """Tell that `done` of `total` is done; `note` says more about it."""
        if self._console.is_terminal:
            self._bar.update(self._task, completed=done, total=total, note=note)
            return
        step = _STEPS * done // total if total else _STEPS
        if step > self._step:
            self._step = step
            shown = (decimal(done), decimal(total)) if self._in_bytes else (str(done), str(total))
            self.say(f"{self._title}: {shown[0]} / {shown[1]}" + (f", {note}" if note else ""))

    def say(self, line: str) -> None:
        """Write a line, above the bar where there is one."""
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)
