"""What a file is, by its first bytes: its name and what a browser calls it count for nothing."""

from __future__ import annotations

from kiemtin.media.pictures.errors import Code, PictureError
from kiemtin.media.pictures.records import Format

_HEAD = 1024
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})
_STARTS = {
    b"\xff\xd8\xff": Format.JPEG,
    b"\x89PNG\r\n\x1a\n": Format.PNG,
    b"GIF87a": Format.GIF,
    b"GIF89a": Format.GIF,
}
_OTHERS = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "ZIP",
    b"PK\x05\x06": "ZIP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"BM": "BMP",
    b"8BPS": "PSD",
    b"\x00\x00\x01\x00": "ICO",
    b"\xff\x0a": "JPEG XL",
    b"\x00\x00\x00\x0cJXL ": "JPEG XL",
    b"\x00\x00\x00\x0cjP  ": "JPEG 2000",
    b"\x1aE\xdf\xa3": "video",
    b"\x1f\x8b": "GZIP",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
}


def sniff(data: bytes) -> Format:
    """Return what the bytes begin as; `PictureError` not-a-picture or unsupported (with `kind`) otherwise."""
    head = data[:_HEAD]
    for start, kind in _STARTS.items():
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.WEBP
    if head[4:8] == b"ftyp":
        return _of_brands(head)
    other = _other(head)
    if other:
        raise PictureError(Code.UNSUPPORTED, other, kind=other)
    raise PictureError(Code.NOT_A_PICTURE, "empty" if not data else "unknown first bytes")


def _of_brands(head: bytes) -> Format:
    """Tell HEIC from AVIF and from films, which share their container (ISO/IEC 14496-12, 4.3)."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))}
    if b"avif" in brands or b"avis" in brands:
        raise PictureError(Code.UNSUPPORTED, "AVIF", kind="AVIF")
    if brands & _HEIC:
        return Format.HEIC
    raise PictureError(Code.UNSUPPORTED, "video", kind="video")


def _other(head: bytes) -> str:
    for start, name in _OTHERS.items():
        if head.startswith(start):
            return name
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<svg", b"<?xml")):
        return "SVG"
    return "HTML" if text.startswith((b"<!doctype", b"<html")) else ""
