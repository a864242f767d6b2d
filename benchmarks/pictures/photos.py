"""Copies of photographs among many that are no copies."""

from __future__ import annotations

import io
import time
from typing import Any

from PIL import Image

from benchmarks.pictures.scenes import COPIES, scene
from kiemtin.media.pictures import PhotoHash, has_text, is_same_photo, open_picture, photo_hash, read_text, same_photos
from kiemtin.media.pictures.hashing import fingerprint

UNRELATED = 1_000_000  # seeds from here on


def measure(originals: int, unrelated: int, read: int) -> dict[str, Any]:
    """Measure recall by kind of copy, and false matches of originals and copies with unrelated pictures.

    Originals and copies go the way of an upload; the unrelated ones are hashed as they are, in a smaller size.
    """
    others = [hashed for seed in range(unrelated) if (hashed := fingerprint(scene(UNRELATED + seed, 320, 240)))]
    known = list(enumerate(others))
    found: dict[str, int] = dict.fromkeys(COPIES, 0)
    false, compared, seconds = 0, 0, []
    hashes = [_uploaded(scene(seed)) for seed in range(originals)]
    for seed, original in enumerate(hashes):
        false += len(same_photos(original, known))
        compared += len(known)
        for name, copy in COPIES.items():
            hashed = _uploaded(copy(scene(seed)))
            found[name] += is_same_photo(original, hashed)
            start = time.perf_counter()
            false += len(same_photos(hashed, known))
            seconds.append(time.perf_counter() - start)
            compared += len(known)
    return {
        "originals": originals,
        "unrelated": len(others),
        "recall": {name: round(count / originals, 3) for name, count in found.items()},
        "false_matches": false,
        "comparisons": compared,
        "ms_a_search": round(1000 * sum(seconds) / len(seconds), 1),
        "scenes_read": read,
        "scenes_taken_for_text": sum(has_text(read_text(open_picture(_saved(scene(seed))))) for seed in range(read)),
    }


def _uploaded(image: Image.Image) -> PhotoHash:
    hashed = photo_hash(open_picture(_saved(image)))
    if hashed is None:
        raise RuntimeError("a scene is too plain")
    return hashed


def _saved(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.convert("RGB").save(file, "JPEG", quality=85)
    return file.getvalue()
