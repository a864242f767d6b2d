"""Unpacks one picture of a stranger in a process of its own: standard input to standard output.

    python -I worker.py '{"kind": "jpeg", "pixels": 50000000, …}' < picture > result

The result is one line of JSON, then the clean picture; or a line with the code of an error alone. It is run by its path
and not as a part of `kiemtin`, so that it starts quickly and has nothing of the product in its memory. From the moment
the picture is touched it can open no file and no socket and start no process (root excepted, as always).
"""

from __future__ import annotations

import io
import json
import math
import resource
import sys
from typing import Any

# Everything that Pillow would load when it first needs it: later it cannot be loaded any more.
from PIL import GifImagePlugin, Image, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin
from pillow_heif import HeifImagePlugin
from pillow_heif import options as heif_options

PLUGINS = (GifImagePlugin, HeifImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
NAMES = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF", "gif": "GIF"}
SHORTER, LONGER, AREA = 2_160, 16_383, 16_000_000  # pixels that are kept: a phone's longest screenshots, WebP's side
ORIENTATION = 0x0112
TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ON_ITS_SIDE = range(5, 9)
QUALITIES = (90, 75, 50)


class RefusedError(Exception):
    """The picture is not taken; the text is the code."""


def main() -> None:
    """Do it, within the bounds given as JSON."""
    options: dict[str, Any] = json.loads(sys.argv[1])
    data = sys.stdin.buffer.read()
    heif_options.DECODE_THREADS = 1
    heif_options.THUMBNAILS = heif_options.DEPTH_IMAGES = heif_options.AUX_IMAGES = False
    Image.preinit()  # else it is done when the first picture is opened
    Image.MAX_IMAGE_PIXELS = None  # counted below, with the caller's bound
    bound(options["seconds"], options["memory"], options["output"] + 4096)
    if options["kind"] != "heic":  # whose decoder works in a thread of its own, which counts as a process
        lower(resource.RLIMIT_NPROC, 0)
    try:
        facts, picture = clean(data, options)
    except RefusedError as refused:
        facts, picture = {"code": str(refused)}, b""
    except MemoryError:
        facts, picture = {"code": "too-many-pixels"}, b""
    except Exception as error:
        facts, picture = {"code": "broken", "detail": type(error).__name__}, b""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + picture)


def bound(seconds: float, memory: int, output: int) -> None:
    """Let the system hold this process to its bounds; none can be raised again, except by root."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: math.ceil(seconds),
        resource.RLIMIT_FSIZE: output,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 0,  # what is open stays open; nothing can be opened
    }
    for what, limit in limits.items():
        lower(what, limit)


def lower(what: int, limit: int) -> None:
    """Lower one of the system's limits to `limit`; one that is lower already stays."""
    hard = resource.getrlimit(what)[1]
    lowest = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(what, (lowest, lowest))


def clean(data: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Unpack a picture and encode its pixels afresh; returns its facts and the WebP."""
    image: Image.Image = Image.open(io.BytesIO(data), formats=[NAMES[options["kind"]]])
    if image.width * image.height > options["pixels"]:
        raise RefusedError("too-many-pixels")
    sent, lossless = image.size, options["kind"] in {"png", "gif"}
    kept = fitting(*sent)
    image.draft("RGB", kept)  # a JPEG unpacks no more than is kept
    image.load()
    orientation = orientation_of(image)
    image = plain(image)
    if image.size != kept:
        image = image.resize(kept, Image.Resampling.LANCZOS)
    image = on_white(image)
    if orientation in TURNED:
        image = image.transpose(TURNED[orientation])
    if orientation in ON_ITS_SIDE:
        sent = sent[::-1]
    facts = {"width": image.width, "height": image.height, "sent_width": sent[0], "sent_height": sent[1]}
    return facts, encoded(image, options["output"], lossless=lossless)


def fitting(width: int, height: int) -> tuple[int, int]:
    """Return the size that is kept of a picture."""
    scale = min(1.0, SHORTER / min(width, height), LONGER / max(width, height), math.sqrt(AREA / (width * height)))
    return max(1, round(width * scale)), max(1, round(height * scale))


def orientation_of(image: Image.Image) -> int:
    """Return EXIF's orientation, 1 for none and for EXIF that cannot be read. HEIC comes upright and says 1."""
    try:
        found = image.getexif().get(ORIENTATION, 1)
    except Exception:
        return 1
    return found if found in TURNED else 1


def plain(image: Image.Image) -> Image.Image:
    """Return it as grey, RGB or RGBA, whatever it came as."""
    if image.mode.startswith("I"):  # 16 bits a pixel
        image = image.convert("I").point(lambda value: value / 256)
        return image.convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L" if image.mode in {"1", "L"} else "RGB")


def on_white(image: Image.Image) -> Image.Image:
    """Return it as RGB; what is transparent becomes white."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def encoded(image: Image.Image, most: int, *, lossless: bool) -> bytes:
    """Return it as WebP of at most `most` bytes: without loss if it came so and fits, as a screenshot does."""
    settings = [{"lossless": True, "quality": 20, "method": 1}] if lossless else []
    settings += [{"quality": quality, "method": 2} for quality in QUALITIES]
    for setting in settings:
        file = io.BytesIO()
        image.save(file, "WEBP", exif=b"", icc_profile=b"", xmp=b"", **setting)
        if file.tell() <= most:
            return file.getvalue()
    raise RefusedError("too-many-pixels")


if __name__ == "__main__":
    main()
