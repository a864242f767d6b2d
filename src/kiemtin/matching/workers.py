"""The same question for many messages, on all cores: messages in, answers out, in order.

Knows no Django: each worker process opens the index and nothing else. Workers are started afresh (`spawn`), since a
process that has loaded a model or opened an index cannot safely be copied.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path

from kiemtin.matching.caution import held_back
from kiemtin.matching.exceptions import WorkerError
from kiemtin.matching.opening import open_index
from kiemtin.retrieval import Answer, Matcher, Options
from kiemtin.retrieval.errors import MessageError

Outcome = Answer | MessageError
"""What came of one message."""

CHUNK = 32
_AHEAD = 3  # chunks a worker may have waiting: keeps it busy, and keeps memory constant

_matcher: Matcher | None = None  # of this worker process


def ask_many(
    folder: Path, messages: Iterable[str], *, limit: int = 1, use_encoder: bool = True, workers: int | None = None
) -> Iterator[Outcome]:
    """Yield the outcome of each message, in order; reads only a little ahead.

    Parameters
    ----------
    folder
        Of the index.
    workers
        Processes; None means one a core.

    Raises
    ------
    WorkerError
        A worker process died.
    """
    count = workers or os.cpu_count() or 1
    rest = iter(messages)
    chunks = iter(lambda: list(islice(rest, CHUNK)), [])
    with ProcessPoolExecutor(
        count, multiprocessing.get_context("spawn"), initializer=_start, initargs=(folder, use_encoder)
    ) as pool:
        waiting: deque[Future[list[Outcome]]] = deque()
        try:
            for chunk in chunks:
                waiting.append(pool.submit(_ask, chunk, limit))
                if len(waiting) >= count * _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise WorkerError("a worker process ended before its work was done") from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _start(folder: Path, use_encoder: bool) -> None:
    global _matcher  # noqa: PLW0603  (a worker's state is its process)
    os.environ["OMP_NUM_THREADS"] = "1"  # the workers are the threads
    _matcher = Matcher(open_index(folder, use_encoder=use_encoder), options=Options(encoder=use_encoder))


def _ask(messages: list[str], limit: int) -> list[Outcome]:
    return [_outcome(message, limit) for message in messages]


def _outcome(message: str, limit: int) -> Outcome:
    if _matcher is None:
        raise RuntimeError("the worker was not started")
    try:
        return held_back(_matcher.ask(message, limit=limit), records=len(_matcher.index))
    except MessageError as error:
        return error
