"""Opening: what is kept, what is dropped, and what hostile bytes come to."""

from __future__ import annotations

import gc
import hashlib
import io
import os
import struct
import subprocess
import sys
import threading
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kiemtin.media.pictures import Code, Format, Limits, Opened, PictureError, open_picture, opening, reopen
from tests.examples import examples
from tests.unit.media.pictures.drawing import encoded

SIZE = (64, 48)
HTML = b'{"width": 1, "height": 1, "sent_width": 1, "sent_height": 1}\n<html>'
FORMS = {"JPEG": Format.JPEG, "PNG": Format.PNG, "WEBP": Format.WEBP, "HEIF": Format.HEIC, "GIF": Format.GIF}


def striped(size: tuple[int, int] = SIZE) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    return image


def pixels(picture: Opened) -> Image.Image:
    image = Image.open(io.BytesIO(picture.data))
    image.load()
    return image


def is_near(found: object, wanted: tuple[int, int, int]) -> bool:
    return isinstance(found, tuple) and all(abs(a - b) < 40 for a, b in zip(found, wanted, strict=True))


def refused(data: bytes, limits: Limits = Limits()) -> Code:  # noqa: B008
    with pytest.raises(PictureError) as caught:
        open_picture(data, limits=limits)
    return caught.value.code


def code_of(data: bytes) -> Code | None:
    """Return the code of the error, None for a picture."""
    try:
        open_picture(data)
    except PictureError as error:
        return error.code
    return None


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rows: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", FORMS)
def test_each_format_is_opened(form: str) -> None:
    found = open_picture(encoded(striped(), form))
    assert found.format is FORMS[form]
    assert (found.width, found.height, found.sent_width, found.sent_height) == (*SIZE, *SIZE)
    image = pixels(found)
    assert (image.format, image.mode, image.size) == ("WEBP", "RGB", SIZE)
    assert is_near(image.getpixel((10, 20)), (255, 0, 0))
    assert is_near(image.getpixel((54, 20)), (0, 0, 255))


def test_of_a_film_the_first_picture_counts() -> None:
    film = encoded(striped(), "GIF", save_all=True, append_images=[Image.new("RGB", SIZE, "green")])
    assert is_near(pixels(open_picture(film)).getpixel((10, 20)), (255, 0, 0))


def test_where_and_with_what_it_was_taken_is_dropped() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Nguyễn Văn A"
    exif[0x8825] = {1: "N", 2: (10.0, 46.0, 0.0), 3: "E", 4: (106.0, 40.0, 0.0)}
    comment, xmp = b"comment-of-a-person", b"<x:xmpmeta>xmp-of-a-person</x:xmpmeta>"
    sent = encoded(striped(), "JPEG", exif=exif, comment=comment, xmp=xmp, icc_profile=b"icc-of-a-person" * 20)
    assert b"GPS" not in sent  # told by tags, not by words: so the tags are looked at
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)
    found = open_picture(sent)
    image = pixels(found)
    assert not image.getexif()
    assert {"exif", "xmp", "icc_profile", "comment"}.isdisjoint(image.info)
    assert b"person" not in found.data
    assert b"Nguy" not in found.data


@pytest.mark.parametrize(("orientation", "corner"), [(1, (5, 24)), (3, (58, 24)), (6, (24, 5)), (8, (24, 58))])
def test_it_is_turned_upright(orientation: int, corner: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = open_picture(encoded(striped(), "JPEG", exif=exif))
    size = SIZE if orientation < 5 else SIZE[::-1]
    assert (found.width, found.height) == (found.sent_width, found.sent_height) == size
    assert is_near(pixels(found).getpixel(corner), (255, 0, 0))


def test_a_heic_on_its_side_is_turned_once() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert open_picture(encoded(striped(), "HEIF", exif=exif.tobytes())).width == SIZE[1]


def test_what_is_transparent_becomes_white() -> None:
    image = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    assert is_near(pixels(open_picture(encoded(image, "PNG"))).getpixel((5, 5)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_other_kinds_of_pixels_are_taken(mode: str) -> None:
    image = Image.new("L", SIZE, 255).convert(mode) if mode != "I;16" else Image.new(mode, SIZE, 65_000)
    data = encoded(image, "JPEG" if mode == "CMYK" else "PNG")
    assert is_near(pixels(open_picture(data)).getpixel((5, 5)), (255, 255, 255))


def test_a_large_picture_is_made_smaller() -> None:
    found = open_picture(encoded(Image.new("L", (5000, 3000)), "JPEG"))
    assert (found.width, found.height) == (3600, 2160)
    assert (found.sent_width, found.sent_height) == (5000, 3000)


def test_a_long_screenshot_keeps_its_letters() -> None:
    assert open_picture(encoded(Image.new("L", (1080, 9000)), "PNG")).height == 9000


def test_the_phone_that_adds_a_second_picture() -> None:
    sent = encoded(striped(), "MPO", save_all=True, append_images=[striped()])
    assert open_picture(sent).format is Format.JPEG


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.NOT_A_PICTURE),
        (b"hello there", Code.NOT_A_PICTURE),
        (b"%PDF-1.7\n", Code.UNSUPPORTED),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', Code.UNSUPPORTED),
        (b"\xef\xbb\xbf \n<svg/>", Code.UNSUPPORTED),
        (b"<!doctype html>", Code.UNSUPPORTED),
        (b"II*\x00" + bytes(40), Code.UNSUPPORTED),
        (b"PK\x03\x04" + bytes(40), Code.UNSUPPORTED),
        (b"\x00\x00\x00\x1cftypavif" + bytes(16), Code.UNSUPPORTED),
        (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avif" + bytes(4), Code.UNSUPPORTED),
        (b"\x00\x00\x00\x18ftypisom" + bytes(12), Code.UNSUPPORTED),
        (b"\x00\x00\x00\x18ftypheic" + bytes(12), Code.BROKEN),
        (b"\xff\xd8\xff\xe0" + bytes(100), Code.BROKEN),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), Code.BROKEN),
        (b"GIF89a", Code.BROKEN),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Code.BROKEN),
    ],
)
def test_what_is_no_picture_is_told(data: bytes, code: Code) -> None:
    assert refused(data) is code


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_that_is_cut_off_is_broken(form: str) -> None:
    noise = Image.effect_noise((200, 150), 80).convert("RGB")
    data = encoded(noise, form)
    assert refused(data[: len(data) // 2]) is Code.BROKEN


def test_a_file_that_is_too_large_is_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_run", pytest.fail)
    assert refused(b"\xff\xd8\xff" + bytes(10 * 1024 * 1024)) is Code.TOO_LARGE


def test_a_bomb_by_its_dimensions() -> None:
    assert refused(png(100_000, 100_000, zlib.compress(b"\0" * 1000))) is Code.TOO_MANY_PIXELS


def test_a_bomb_that_is_true() -> None:
    rows = zlib.compress((b"\0" + bytes(3 * 9000)) * 9000, 9)
    assert len(rows) < 300_000
    assert refused(png(9000, 9000, rows)) is Code.TOO_MANY_PIXELS


def test_a_bomb_in_a_text_of_a_png() -> None:
    bomb = chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000), 9))
    data = encoded(striped(), "PNG")
    # Either way is right: the text is not unpacked, or the picture not taken.
    assert code_of(data[:33] + bomb + data[33:]) in {None, Code.BROKEN}


def test_memory_is_bounded() -> None:
    data = encoded(Image.new("RGBA", (6000, 6000), (1, 2, 3, 4)), "PNG")
    assert open_picture(data).width == 2160
    assert refused(data, Limits(memory=150_000_000)) is Code.TOO_MANY_PIXELS


def test_time_is_bounded() -> None:
    data = encoded(Image.effect_noise((5000, 5000), 80), "PNG")
    assert refused(data, Limits(size=len(data), seconds=0.12)) is Code.TOO_SLOW


def test_a_page_behind_a_picture_does_not_survive() -> None:
    page = b"<script>alert(1)</script>"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("x.html", page)
    for form in ("GIF", "JPEG", "PNG"):
        found = open_picture(encoded(striped(), form) + page + archive.getvalue())
        assert b"script" not in found.data
        assert b"PK\x03\x04" not in found.data
        assert found.data[:4] == b"RIFF"
        assert found.data[8:12] == b"WEBP"


def test_a_script_in_a_comment_of_a_gif_does_not_survive() -> None:
    data = encoded(striped(), "GIF", comment=b"*/=1;<script>alert(1)</script>/*")
    assert b"<script>" in data
    assert b"<script>" not in open_picture(data).data


@pytest.mark.parametrize(("form", "name"), [("PNG", "jpg"), ("GIF", "png")])
def test_a_wrong_ending_says_nothing(form: str, name: str) -> None:
    assert open_picture(encoded(striped(), form)).format is FORMS[form], name


@examples(25)
@given(
    start=st.sampled_from(
        [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypheic", b""]
    ),
    rest=st.binary(max_size=400),
)
def test_random_bytes_give_a_typed_error(start: bytes, rest: bytes) -> None:
    wanted = {Code.NOT_A_PICTURE, Code.UNSUPPORTED, Code.BROKEN, Code.TOO_MANY_PIXELS}
    assert code_of(start + rest) in wanted


@examples(20)
@given(form=st.sampled_from(sorted(FORMS)), at=st.floats(0, 1), flip=st.integers(1, 255))
def test_a_flipped_byte_gives_a_picture_or_a_typed_error(form: str, at: float, flip: int) -> None:
    data = bytearray(encoded(striped(), form))
    data[int(at * (len(data) - 1))] ^= flip
    assert code_of(bytes(data)) in {None, Code.NOT_A_PICTURE, Code.UNSUPPORTED, Code.BROKEN, Code.TOO_MANY_PIXELS}


def test_the_process_knows_nothing_of_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}
    run = opening.subprocess.run

    def watched(command: list[str], **options: object) -> object:
        seen.update(options, command=command)
        return run(command, **options)  # type: ignore[call-overload]

    monkeypatch.setenv("KIEMTIN_SECRET", "secret")
    monkeypatch.setattr(opening.subprocess, "run", watched)
    open_picture(encoded(striped(), "PNG"))
    assert seen["env"] == {"MALLOC_ARENA_MAX": "1"}
    assert "-I" in seen["command"]  # type: ignore[operator]


@pytest.mark.parametrize("deed", ["open('/proc/self/status')", "__import__('_socket').socket()"])
def test_the_process_can_open_nothing(deed: str) -> None:
    code = f"""
import sys, runpy, errno, _socket
worker = runpy.run_path({str(opening._WORKER)!r}, run_name="worker")
worker["bound"](5, 10**9, 10**6)
try:
    {deed}
except OSError as error:
    sys.exit(error.errno == errno.EMFILE and 7)
"""
    assert subprocess.run([sys.executable, "-I", "-c", code], check=False).returncode == 7


def test_nothing_is_left_open_and_nothing_written(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    gc.collect()  # what earlier tests have left open is not let go in between
    before = len(os.listdir("/proc/self/fd"))
    open_picture(encoded(striped(), "PNG"))
    refused(b"GIF89a")
    assert len(os.listdir("/proc/self/fd")) == before
    assert not os.listdir(str(tmp_path))


def test_without_files_in_memory_it_works_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "memfd_create")
    assert open_picture(encoded(striped(), "PNG")).width == SIZE[0]


def test_many_threads_at_once() -> None:
    data, found = encoded(striped(), "JPEG"), []
    threads = [threading.Thread(target=lambda: found.append(open_picture(data))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({hashlib.sha256(one.data).digest() for one in found}) == 1
    assert len(found) == 6


def test_too_many_at_once_are_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_places", threading.BoundedSemaphore(1))
    with opening._place(1):
        assert refused(encoded(striped(), "PNG"), Limits(seconds=0.05)) is Code.BUSY


@pytest.mark.parametrize(
    "output", [b"", b"{}", b'{"code": "who-knows"}\n', b"\xff\n", b"[]\n", b'{"width": 1}\nx', HTML]
)
def test_what_a_conquered_process_says_is_not_believed(output: bytes) -> None:
    with pytest.raises(PictureError) as caught:
        opening._result(Format.PNG, Limits(), 0, output)
    assert caught.value.code is Code.BROKEN


def test_a_stored_picture_is_taken_as_it_is() -> None:
    found = open_picture(encoded(striped(), "PNG"))
    again = reopen(found.data)
    assert (again.data, again.width, again.height) == (found.data, found.width, found.height)
    with pytest.raises(PictureError):
        reopen(encoded(striped(), "PNG"))
