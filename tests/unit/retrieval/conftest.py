"""A tiny offline encoder, a model with round numbers and a small library: what is expected can be reckoned by hand."""

import zlib

import numpy as np
import pytest

from kiemtin.retrieval import Index, Model, Record
from kiemtin.retrieval.calibrate import EXTRA, Calibration
from kiemtin.retrieval.features import SIGNALS
from kiemtin.retrieval.fusion import CASES, Weights
from kiemtin.retrieval.model import Variant
from kiemtin.retrieval.text import fold

LIBRARY = (
    Record(
        "tom", "Ăn tôm cùng vitamin C sinh ra thạch tín gây chết người", "Không có ca ngộ độc nào như vậy.", lang="vi"
    ),
    Record("chanh", "Uống nước chanh nóng chữa khỏi ung thư", "Nước chanh không chữa được ung thư.", lang="vi"),
    Record("app", "Công an gọi điện yêu cầu cài ứng dụng định danh", "Kẻ gian chiếm quyền điện thoại.", lang="vi"),
    Record("phat", "Phạt 5 triệu đồng nếu không đổi căn cước trước ngày 1/7", "Không có quy định này.", lang="vi"),
    Record(
        "garlic", "Garlic water cures the flu within three days", "No trial shows that garlic cures flu.", lang="en"
    ),
)


class BagEncoder:
    """Each folded word adds one to one of 64 places; rows have length 1."""

    name = "bag"
    dim = 64

    def queries(self, texts):
        return self._encode(texts)

    def passages(self, texts):
        return self._encode(texts)

    def _encode(self, texts):
        out = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(out, texts, strict=True):
            for word in fold(text).lower().split():
                row[zlib.crc32(word.strip(".,?!").encode()) % self.dim] += 1
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9).astype(np.float32)


def weights_of(names, given):
    return np.array([given.get(name, 0.0) for name in names])


def round_model():
    """Score 10 · folded + 10 · covers_title + 5 · cosine; probability σ(8 · covers_title - 4): 0.98 at 1."""
    fuse = weights_of(SIGNALS, {"folded": 10.0, "covers_title": 10.0, "cosine": 5.0})
    names = (*SIGNALS, *EXTRA)
    trust = weights_of(names, {"covers_title": 8.0})
    variant = Variant(
        Weights(SIGNALS, dict.fromkeys(CASES, (0.0, fuse))),
        Calibration(
            names,
            dict.fromkeys(CASES, (-4.0, trust)),
            answer=dict.fromkeys(CASES, 0.9),
            maybe=dict.fromkeys(CASES, 0.3),
        ),
    )
    return Model(hybrid=variant, lexical=variant, centres={}, made={})


def filled(index, records=LIBRARY):
    index.add(records)
    index.commit()
    return index


@pytest.fixture(scope="session")
def bag():
    return BagEncoder()


@pytest.fixture(scope="session")
def model():
    return round_model()


@pytest.fixture(scope="session")
def library():
    return LIBRARY


@pytest.fixture(scope="session")
def hybrid_index(bag):
    """The library with vectors; not to be changed."""
    return filled(Index.in_memory(encoder=bag))


@pytest.fixture(scope="session")
def lexical_index():
    """The library without vectors; not to be changed."""
    return filled(Index.in_memory(encoder=None))
