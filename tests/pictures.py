"""Pictures for tests, and what a reader of pictures would say of them."""

from io import BytesIO

from PIL import Image, ImageDraw

from kiemtin.media.pictures import Box, Line, Opened, PhotoHash, Read


def png(size=(400, 300), colour="white", **fields):
    """The bytes of a plain picture with a dark bar in it."""
    image = Image.new("RGB", size, colour)
    ImageDraw.Draw(image).rectangle((20, 20, size[0] // 2, 60), fill="black")
    out = BytesIO()
    image.save(out, fields.pop("format", "PNG"), **fields)
    return out.getvalue()


def said(text, confidence=0.95):
    """What was read from a picture."""
    lines = tuple(Line(one, confidence, Box(0, at * 20, 200, 18)) for at, one in enumerate(text.split("\n")) if one)
    return Read(text, confidence if text else 0.0, lines)


class FakeReader:
    """Stands for the reading of pictures: says what a test wants."""

    def __init__(self, monkeypatch, module):
        self.text, self.photo, self.error, self.seen = "", None, None, []
        monkeypatch.setattr(module, "read_text", self._read)
        monkeypatch.setattr(module, "has_text", lambda read: bool(read.text))
        monkeypatch.setattr(module, "photo_hash", lambda opened: self.photo)

    def _read(self, opened):
        assert isinstance(opened, Opened)
        self.seen.append(opened)
        if self.error is not None:
            raise self.error
        return said(self.text)


PHOTO = PhotoHash(((0x0F0F0F0F0F0F0F0F, 0x00FF00FF00FF00FF),))
