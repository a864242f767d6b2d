"""All that the product wrote or said, and what of it should not be there."""

import io
import tarfile
import zipfile
import zlib

import pyarrow.parquet
import tantivy

from tests import databases
from tests.integration.canaries import found_in, needles, squeezed


def written(site):
    """Yield where something is written, and the text of it."""
    with databases.opened(site.data) as hand:
        for table in hand.tables():
            place = "audit" if table.startswith("audit") else "indicators" if table in INDICATORS else "database"
            for row in hand.execute(f'SELECT * FROM "{table}"').fetchall():  # noqa: S608
                yield place, " ".join(map(_text, row))
    yield from (("index", text) for text in indexed(site))
    # The files as they are: pages of the database that were freed, the log of what it will write, half-written ones.
    for folder in (site.data, site.data.parent / "export"):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                place = "export" if "export" in path.parts or "open-data" in path.parts else "files"
                place = "copies" if "copies" in path.parts else place
                yield from ((place, text) for text in _opened(path.name, path.read_bytes()))
    backup = site.data.parent / "backup.tar.gz"
    yield from (("backup", text) for text in _opened(backup.name, backup.read_bytes()))
    yield "log", site.log.read_text(errors="replace")
    yield from (("answers", content) for _, _, content in site.answers)


INDICATORS = ("questions_indicator", "questions_sighting")


def _text(value):
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _opened(name, data):
    """Yield a file as text, and what is packed in it."""
    yield data.decode("utf-8", "replace")
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from _opened(member, archive.read(member))
    elif name.endswith(".parquet"):
        yield str(pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist())
    elif name.endswith((".tar.gz", ".tgz")):
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for member in archive.getmembers():
                yield member.name
                if (file := archive.extractfile(member)) is not None:
                    yield from _opened(member.name, file.read())
    elif data[:2] == b"\x1f\x8b":
        yield from (part.decode("utf-8", "replace") for part in _unpacked(data))


def _unpacked(data):
    """Yield the members of a gzip file, as a web archive has many."""
    while data[:2] == b"\x1f\x8b":
        unpacker = zlib.decompressobj(wbits=31)
        yield unpacker.decompress(data)
        data = unpacker.unused_data


def indexed(site):
    """Yield what the indexes keep of each record; on disk it is compressed."""
    for path in site.data.glob("index*/lexical"):
        searcher = tantivy.Index.open(str(path)).searcher()
        for _, place in searcher.search(tantivy.Query.all_query(), 10_000).hits:
            yield from (bytes(value).decode() for value in searcher.doc(place).to_dict()["stored"])


def leaks(site):
    """Return where what was found: (place, way, kind)."""
    wanted = needles() | {("web", "reply-address"): squeezed("canary.answer.me@gmail.com")}
    wanted |= {("web", "agent"): "canaryphone", ("web", "network-address"): "203011399"}
    return {(place, *key) for place, text in written(site) for key in found_in(text, wanted)}
