"""Files of messages for `kiemtin match`."""

from __future__ import annotations

from functools import partial

from fuzz.harness import Harness, file, must, storable
from kiemtin.exchange.messages.base import Place
from kiemtin.exchange.messages.exceptions import MessageFileError
from kiemtin.exchange.messages.registry import reader_of


def read(ending: str, data: bytes) -> None:
    """Read all rows of a file with a name that ends so."""
    path = file(data, f"messages{ending}")
    try:
        for row in reader_of(path).rows(path, "text", Place()):
            try:
                f"{row.id}{row.text}".encode()
            except UnicodeEncodeError:
                must(False, "a row can be written into a file")
            must(row.fault is not None or storable(row.text.replace("\0", "")), "a text without fault is whole")
    except MessageFileError:
        pass


HARNESSES = (
    Harness("messages-csv", "a CSV file given to `kiemtin match`", partial(read, ".csv"), words=(b"id,text\n", b'"')),
    Harness("messages-jsonl", "a JSONL file given to `kiemtin match`", partial(read, ".jsonl"), words=(b'"text":"',)),
    Harness("messages-parquet", "a Parquet file given to `kiemtin match`", partial(read, ".parquet")),
)
