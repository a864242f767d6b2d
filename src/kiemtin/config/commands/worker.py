"""`kiemtin worker`: do the work behind the pages."""

from __future__ import annotations

import os
import signal
import sys
import threading
from functools import partial
from types import FrameType
from uuid import uuid4

import click
from django.conf import settings
from django.utils.translation import gettext as _

from kiemtin.audit.pulse import EVERY
from kiemtin.config import memory
from kiemtin.config.chores import chores, pulse
from kiemtin.config.errors import opened
from kiemtin.config.running import running
from kiemtin.config.worker import finish, keep_beating, work

_NICENESS = 10  # whoever asks or works at the desk goes first


@click.command("worker", help=_("Do the work behind the pages: index, cases, replies."))
@click.option("--once", is_flag=True, help=_("Do what there is to do now, and end."))
@click.option("--no-encoder", is_flag=True, help=_("Match by words only, without vectors."))
@click.option("--parent", type=int, default=0, metavar="PID", help=_("End when the process PID is gone."))
def worker_command(*, once: bool, no_encoder: bool, parent: int) -> None:
    """Work until interrupted; what is in hand is finished first."""
    if not once and not memory.is_told():
        os.execv(sys.executable, [sys.executable, "-m", "kiemtin.config.cli", *sys.argv[1:]])  # noqa: S606  (ourselves)
    opened()
    if no_encoder:
        os.environ["KIEMTIN_ENCODER"] = "none"
    stop, leave_word = threading.Event(), partial(pulse, uuid4().hex)
    if once:
        stop.set()
        keep_beating(leave_word, stop, every=EVERY)
        sys.exit(0 if finish(chores()) else 1)
    os.nice(_NICENESS)
    _stop_on_signals(stop)
    if parent:
        threading.Thread(target=_watch, args=(parent, stop), daemon=True).start()
    threading.Thread(target=keep_beating, args=(leave_word, stop), kwargs={"every": EVERY}, daemon=True).start()
    with running(settings.KIEMTIN_DATA):
        work(chores(is_to_end=stop.is_set), stop)


def _stop_on_signals(stop: threading.Event) -> None:
    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)


def _watch(parent: int, stop: threading.Event) -> None:
    """Wait until this process has another parent than the one that started it, which is then gone."""
    while os.getppid() == parent:
        stop.wait(1.0)
    stop.set()
