"""Makes an index, and says what is found in it."""

import numpy as np
import pytest

from kiemtin.retrieval import Index, Record
from kiemtin.retrieval.text import analyse

LENGTHS = ("words", "folded", "bigrams", "title", "text")


def made(path, encoder, records, mark=None):
    index = Index.open(path, encoder=encoder, create=True)
    index.add(records)
    index.commit(mark)
    return index


def found(index, text):
    """Ids of the records that hold the words of `text`, best first."""
    slots = index.lexical.search({"words": list(analyse(text).words)}, 10)
    ids = {stored.slot: stored.record.id for stored in index.lexical.fetch(slots)}
    return [ids[slot] for slot in slots]


def nearest(index, text):
    rows, _ = index.dense.search(index.encoder.queries([text]), 10, alive=index.alive)
    ids = {stored.slot: stored.record.id for stored in index.lexical.fetch(index.dense.owners[rows].tolist())}
    return [ids[slot] for slot in index.dense.owners[rows].tolist() if slot in ids]


def numbers(index):
    """What scores depend on, term frequencies aside."""
    statistics = index.statistics
    return {
        "records": (len(index), statistics.records),
        "average": {name: pytest.approx(statistics.average[name]) for name in LENGTHS},
        "grams": (statistics.grams.records, statistics.grams.frequency.tobytes()),
        "rows": int(np.count_nonzero(np.ones(len(index.dense.owners)) if index.alive is None else index.alive)),
    }


NEW_TOM = Record("tom", "Uống trà xanh với tôm gây ngộ độc", "Không có bằng chứng.")
