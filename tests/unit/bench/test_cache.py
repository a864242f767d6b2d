import sqlite3
from pathlib import Path

import numpy as np
import pytest

from kiemtin.bench.cache import CachedEncoder, EmbeddingCache, default_folder
from kiemtin.bench.errors import CacheUnusableError


class CountingEncoder:
    """Vectors made of a text's length and kind; notes what it was asked."""

    def __init__(self, name="tiny", dim=3):
        self.name, self.dim, self.asked = name, dim, []

    def _encode(self, texts, sign):
        self.asked.append(list(texts))
        return np.array([[sign * len(text)] * self.dim for text in texts], np.float32)

    def queries(self, texts):
        return self._encode(texts, 1)

    def passages(self, texts):
        return self._encode(texts, -1)


@pytest.fixture
def cache(tmp_path):
    with EmbeddingCache(tmp_path / "made" / "on demand") as cache:
        yield cache


def test_rows_come_back_in_the_order_asked(cache):
    encoder = CachedEncoder(CountingEncoder(), cache)
    encoder.passages(["bb"])
    vectors = encoder.passages(["a", "bb", "ccc", "a"])
    assert vectors.tolist() == [[-1.0] * 3, [-2.0] * 3, [-3.0] * 3, [-1.0] * 3]
    assert vectors.dtype == np.float32
    assert vectors.flags.writeable


def test_a_text_is_encoded_once(cache):
    inner = CountingEncoder()
    for encoder in (CachedEncoder(inner, cache), CachedEncoder(inner, cache)):
        encoder.queries(["a", "b", "a"])
    assert inner.asked == [["a", "b"]]


def test_queries_passages_and_encoders_are_kept_apart(cache):
    one, other = CountingEncoder("one"), CountingEncoder("other")
    assert CachedEncoder(one, cache).queries(["ab"])[0, 0] == 2.0
    assert CachedEncoder(one, cache).passages(["ab"])[0, 0] == -2.0
    CachedEncoder(other, cache).queries(["ab"])
    assert other.asked == [["ab"]]


def test_what_was_kept_is_there_when_opened_again(tmp_path):
    inner = CountingEncoder()
    for _ in range(2):
        with EmbeddingCache(tmp_path) as cache:
            assert CachedEncoder(inner, cache).queries(["a"]).tolist() == [[1.0] * 3]
    assert inner.asked == [["a"]]


def test_an_interruption_keeps_what_was_encoded(tmp_path):
    class Interrupted(CountingEncoder):
        def passages(self, texts):
            if self.asked:
                raise KeyboardInterrupt
            return super().passages(texts)

    texts = [str(n) for n in range(1000)]
    with EmbeddingCache(tmp_path) as cache:
        with pytest.raises(KeyboardInterrupt):
            CachedEncoder(Interrupted(), cache).passages(texts)
        again = CountingEncoder()
        CachedEncoder(again, cache).passages(texts)
    assert 0 < sum(map(len, again.asked)) < 1000


def test_a_vector_of_another_length_is_made_again(cache):
    CachedEncoder(CountingEncoder(dim=3), cache).queries(["a"])
    assert CachedEncoder(CountingEncoder(dim=5), cache).queries(["a"]).shape == (1, 5)


def test_nothing_to_encode(cache):
    inner = CountingEncoder()
    assert CachedEncoder(inner, cache).queries([]).shape == (0, 3)
    assert inner.asked == []


def test_lone_surrogates_and_nul_have_a_key(cache):
    assert CachedEncoder(CountingEncoder(), cache).queries(["\ud800", "\0"]).shape == (2, 3)


def test_without_a_folder_it_lives_in_memory():
    inner = CountingEncoder()
    with EmbeddingCache(None) as cache:
        encoder = CachedEncoder(inner, cache)
        encoder.queries(["a"])
        encoder.queries(["a"])
    assert len(inner.asked) == 1


def test_a_file_that_is_no_cache_is_a_typed_error(tmp_path):
    (tmp_path / "embeddings.sqlite3").write_bytes(b"not a database at all" * 100)
    with pytest.raises(CacheUnusableError) as caught:
        EmbeddingCache(tmp_path)
    assert caught.value.params["path"] == tmp_path / "embeddings.sqlite3"


def test_a_folder_that_cannot_be_made_is_a_typed_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CacheUnusableError):
        EmbeddingCache(tmp_path / "file" / "below")


def test_a_table_of_another_shape_is_a_typed_error(tmp_path):
    database = sqlite3.connect(tmp_path / "embeddings.sqlite3")
    database.execute("CREATE TABLE embedding (other TEXT)")
    database.close()
    with EmbeddingCache(tmp_path) as cache, pytest.raises(CacheUnusableError):
        CachedEncoder(CountingEncoder(), cache).queries(["a"])


def test_the_default_folder_can_be_named():
    assert default_folder({"KIEMTIN_CACHE": "some/where"}) == Path("some/where")
    assert default_folder({"KIEMTIN_CACHE": ""}) == default_folder({}) == Path.home() / ".cache/kiemtin"
