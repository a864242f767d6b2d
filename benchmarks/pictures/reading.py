"""Reads the screenshots: as the product does, and with tesseract alone."""

from __future__ import annotations

import os
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from statistics import median
from typing import Any

from benchmarks.pictures.errors import edits
from benchmarks.pictures.shots import Shot
from kiemtin.media.pictures import PictureError, has_text, open_picture, read_text

WORKERS = 2


def ours(data: bytes) -> tuple[str, bool]:
    """Return the text as the product reads it, and whether it takes it for a picture with text."""
    try:
        read = read_text(open_picture(data))
    except PictureError:
        return "", False
    return read.text, has_text(read)


def plain(data: bytes) -> tuple[str, bool]:
    """Return the text as tesseract reads it from the picture as it was sent."""
    command = ["tesseract", "-", "-", "-l", "vie+eng"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, input=data, capture_output=True, env=environment, check=False)
    text = done.stdout.decode("utf-8", "replace")
    return text, bool(text.strip())


def read_all(shots: Sequence[Shot], reader: Callable[[bytes], tuple[str, bool]]) -> dict[str, Any]:
    """Read one picture after the other; returns texts, errors by kind, and seconds a picture."""
    texts, seconds, with_text = {}, [], 0
    for shot in shots:
        start = time.perf_counter()
        texts[shot.query], is_text = reader(shot.data)
        seconds.append(time.perf_counter() - start)
        with_text += is_text
    return {
        "texts": texts,
        "errors": _errors(shots, texts),
        "with_text": with_text,
        "seconds": {
            "median": round(median(seconds), 2),
            "mean": round(sum(seconds) / len(seconds), 2),
            "longest": round(max(seconds), 2),
        },
    }


def pictures_a_minute(shots: Sequence[Shot]) -> float:
    """Read with two processes at once."""
    with ProcessPoolExecutor(WORKERS) as pool:
        list(pool.map(ours, [shot.data for shot in shots[:WORKERS]]))  # they start and import
        start = time.perf_counter()
        list(pool.map(ours, [shot.data for shot in shots]))
        return round(60 * len(shots) / (time.perf_counter() - start), 1)


def _errors(shots: Iterable[Shot], texts: dict[str, str]) -> dict[str, dict[str, float]]:
    """Return the character error rate of all, by kind, by look and by side."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for shot in shots:
        wrong, letters = edits(shot.text, texts[shot.query])
        inside, _ = edits(shot.text, texts[shot.query], ends_free=True)
        for group in ("all", shot.kind, f"look {shot.look}", "dark" if shot.dark else "light"):
            for place, value in enumerate((wrong, inside, letters, 1)):
                sums[group][place] += value
    return {
        group: {
            "cer": round(wrong / letters, 4),
            "cer_ends_free": round(inside / letters, 4),
            "letters": letters,
            "pictures": count,
        }
        for group, (wrong, inside, letters, count) in sums.items()
    }
