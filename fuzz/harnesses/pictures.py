"""Pictures of strangers: their headers, their decoding, their looks; files that are handed in as copies."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
from PIL import Image
from pillow_heif import options as heif_options

from fuzz.harness import Harness, must
from kiemtin.exchange.copy_files import NotACopyError, as_stored
from kiemtin.media.pictures import PictureError, open_picture, worker
from kiemtin.media.pictures.hashing import fingerprint
from kiemtin.media.pictures.opening import OUTPUT
from kiemtin.media.pictures.reading.pieces import of_working_size, plain, take_apart
from kiemtin.media.pictures.reading.sheets import sheet_of
from kiemtin.media.pictures.reading.table import rows
from kiemtin.media.pictures.records import Box, PhotoHash
from kiemtin.media.pictures.sniffing import sniff

_PIXELS = 4_000_000
_HIDDEN = ("exif", "icc_profile", "xmp")


@cache
def _ready() -> None:
    heif_options.DECODE_THREADS = 1
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = None


def pictures(data: bytes) -> None:
    """Unpack a picture as the worker does, but in this process: what only ends the worker ends the fuzzer."""
    _ready()
    try:
        kind = sniff(data)
    except PictureError:
        return
    try:
        facts, clean = worker.clean(data, {"kind": kind, "pixels": _PIXELS, "output": OUTPUT})
    except Exception:  # the worker tells of any as `broken`
        return
    with Image.open(io.BytesIO(clean), formats=["WEBP"]) as image:
        must(image.size == (facts["width"], facts["height"]), "a picture is as large as is said")
        must(not any(image.info.get(name) for name in _HIDDEN), "nothing but pixels is left")
        must(not dict(image.getexif()), "no EXIF is left")
    must(len(clean) <= OUTPUT, "a picture has a bound")


def opened(data: bytes) -> None:
    """Open a picture as the product does, in its bounded process."""
    try:
        found = open_picture(data)
    except PictureError:
        return
    must(found.data[:4] == b"RIFF" and found.width > 0 < found.height, "what is opened is a picture")


def looks(data: bytes) -> None:
    """Take a fingerprint of pixels, and take them apart for reading: two bytes of width and height, then grey."""
    if len(data) < 3:
        return
    width, height = data[0] % 96 + 1, data[1] % 96 + 1
    grey = np.resize(np.frombuffer(data[2:], np.uint8), (height, width))
    image = Image.fromarray(grey).resize((width * 4, height * 4), Image.Resampling.NEAREST)
    photo = fingerprint(image)
    must(photo is None or PhotoHash.parse(str(photo)) == photo, "a fingerprint is read as it is written")
    working = of_working_size(image.convert("RGB"))
    parts = take_apart(working)
    for pieces in (parts.bubbles, [parts.ground], [plain(working)]):
        sheet = sheet_of(pieces)
        if sheet is not None:
            sheet.in_picture(Box(0, 0, sheet.page.shape[1], sheet.page.shape[0]))


def readings(data: bytes) -> None:
    """Read tesseract's table of words: what it says of a picture follows from the picture."""
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    words = data.decode("utf-8", errors="replace").split("\n")[:50]
    lines = [f"5\t1\t{at % 3}\t1\t{at % 5}\t1\t1\t2\t30\t40\t9{at % 9}\t{word}" for at, word in enumerate(words)]
    for row in rows(head + "\n".join(lines).replace("\r", " ")):
        must(row.text.strip() and 0 <= row.confidence <= 1, "a line has words and a confidence")


def copies(data: bytes) -> None:
    """Store a file that somebody hands in as a copy of a source."""
    try:
        stored, kind = as_stored(data)
    except NotACopyError:
        return
    must(kind in ("application/pdf", "image/webp"), "a copy is a PDF or a picture")
    must(stored == data if kind == "application/pdf" else stored[:4] == b"RIFF", "a picture is drawn afresh")


_WORDS = (
    b"\x89PNG\r\n\x1a\n",
    b"IHDR",
    b"IDAT",
    b"iTXt",
    b"eXIf",
    b"acTL",
    b"GIF89a",
    b"RIFF",
    b"WEBPVP8 ",
    b"WEBPVP8L",
    b"WEBPVP8X",
    b"\xff\xd8\xff\xe1",
    b"Exif\0\0",
    b"\xff\xc0",
    b"ftypheic",
    b"meta",
    b"iloc",
)
HARNESSES = (
    Harness("pictures", "pictures' headers and decoding, in the fuzzer's own process", pictures, words=_WORDS),
    Harness("opened", "pictures through the bounded process that opens them", opened, words=_WORDS),
    Harness("looks", "pixels: fingerprints, surfaces, ink, sheets for tesseract", looks, longest=9_218),
    Harness("readings", "words that tesseract reads", readings, longest=2_048),
    Harness("copies", "files handed in as copies of sources (PDF, pictures)", copies, words=(b"%PDF-1.7", *_WORDS)),
)
