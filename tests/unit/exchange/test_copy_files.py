import io

import pytest
from PIL import Image

from kiemtin.exchange.copy_files import NotACopyError, as_stored


def picture(form="JPEG", mode="RGB", **fields):
    written = io.BytesIO()
    Image.new(mode, (30, 20), "red").save(written, format=form, **fields)
    return written.getvalue()


def test_a_pdf_stays_as_it_is():
    assert as_stored(b"%PDF-1.7\nx") == (b"%PDF-1.7\nx", "application/pdf")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_drawn_afresh(form):
    data, media_type = as_stored(picture(form))
    assert media_type == "image/webp"
    with Image.open(io.BytesIO(data)) as drawn:
        assert (drawn.format, drawn.size) == ("WEBP", (30, 20))


def test_nothing_but_its_pixels_comes_along():
    exif = Image.Exif()
    exif[0x010E] = "Nguyen Van A, 10.7769, 106.7009"
    data, _ = as_stored(picture(exif=exif, icc_profile=b"may cua Nguyen") + b"PK\x03\x04 something behind it")
    assert b"Nguyen" not in data
    assert b"behind" not in data
    with Image.open(io.BytesIO(data)) as drawn:
        assert not drawn.getexif()


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>%PDF-", b"MZ\x90", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture()[:60], picture("BMP")],
    ids=["nothing", "page", "program", "svg", "cut", "bmp"],
)
def test_anything_else_is_refused(content):
    with pytest.raises(NotACopyError):
        as_stored(content)
