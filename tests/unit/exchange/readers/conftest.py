import pytest

from kiemtin.exchange.readers.base import Meter
from kiemtin.exchange.rows import Item


@pytest.fixture
def read():
    """Read all rows of a file: claims of the good ones in place, (line, fault) of the bad ones."""

    def all_rows(reader, path):
        return [
            [review.claim for review in row.reviews] if isinstance(row, Item) else (row.line, row.fault.value)
            for row in reader.rows(path, Meter())
        ]

    return all_rows
