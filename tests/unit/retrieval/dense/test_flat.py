import numpy as np
import pytest

from kiemtin.retrieval.dense import FlatIndex
from kiemtin.retrieval.dense.flat import EXACT_UP_TO
from kiemtin.retrieval.errors import IndexFormatError

DIM = 64
FILES = {"codes.i8": DIM, "rests.u8": DIM // 4, "scales.f32": 4, "owners.u32": 4}


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def random_units(rows, dim=DIM, seed=1):
    return unit(np.random.default_rng(seed).standard_normal((rows, dim)))


def axes(*places):
    return np.eye(DIM, dtype=np.float32)[list(places)]


def filled(folder, vectors, centre=None):
    index = FlatIndex(folder, dim=vectors.shape[1], centre=centre)
    index.add(vectors, np.arange(len(vectors)))
    index.commit()
    return index


def found(index, query):
    """Rows and scores of the best twenty."""
    return [part.tolist() for part in index.search(query, 20)]


def test_cosine_by_hand():
    index = filled(None, np.stack([axes(0)[0], unit(axes(0) + axes(1))[0], axes(1)[0], -axes(0)[0]]))
    rows, scores = index.search(axes(0), 4)
    assert rows.tolist() == [0, 1, 2, 3]
    # 1, cos 45° = √½, 0 and -1.
    assert scores == pytest.approx([1, 0.5**0.5, 0, -1], abs=1e-6)


@pytest.mark.parametrize("on_disk", [False, True])
def test_a_byte_a_dimension_is_close_to_the_real_cosine(tmp_path, on_disk):
    vectors, centre = random_units(500), random_units(1, seed=9)[0] * np.float32(0.8)
    index = filled(tmp_path if on_disk else None, vectors, centre)
    query = random_units(1, seed=2)[0]
    assert np.abs(index.score(query, np.arange(500)) - vectors @ query).max() < 0.01


def test_rounding_does_not_change_the_length_of_a_row():
    vectors = random_units(200)
    index = filled(None, vectors, vectors.mean(axis=0))
    own = [index.score(vector, np.array([row]))[0] for row, vector in enumerate(vectors)]
    assert own == pytest.approx([1.0] * 200, abs=1e-4)


def test_the_estimate_goes_with_the_real_cosine_wherever_a_row_lies():
    random = np.random.default_rng(4)
    shift = random.standard_normal(128)
    spread = random.uniform(0.3, 3, (2_000, 1))
    vectors = unit(random.standard_normal((2_000, 128)) * spread + 1.5 * shift)
    index = filled(None, vectors, vectors.mean(axis=0))
    query = unit(random.standard_normal((1, 128)) + shift)[0]
    assert np.corrcoef(index._estimate(query), vectors @ query)[0, 1] > 0.95


def test_the_best_of_several_queries_counts():
    index = filled(None, axes(0, 1, 2))
    rows, scores = index.search(unit(np.stack([axes(0)[0] + axes(1)[0], axes(1)[0]])), 2)
    assert rows.tolist() == [1, 0]
    assert scores == pytest.approx([1, 0.5**0.5], abs=1e-3)


def test_at_most_k_and_none_of_nothing():
    index = filled(None, random_units(20))
    assert len(index.search(random_units(1, seed=3), 7)[0]) == 7
    assert len(index.search(np.empty((0, DIM), np.float32), 7)[0]) == 0
    assert len(FlatIndex(None, dim=DIM).search(axes(0), 7)[0]) == 0


def test_rows_of_removed_records_are_not_found():
    index = filled(None, axes(0, 1, 2))
    alive = np.array([False, True, True])
    assert index.search(axes(0), 3, alive=alive)[0].tolist() == [1, 2]


@pytest.fixture(scope="module")
def crowd():
    """More rows than are scored one by one: 2,100 crowds of 10 around a centre that is not zero."""
    random = np.random.default_rng(4)
    hearts = random.standard_normal((2_100, 128))
    shift = random.standard_normal(128) * 3
    vectors = unit(np.repeat(hearts, 10, axis=0) + 0.35 * random.standard_normal((21_000, 128)) + shift)
    queries = unit(hearts[::21] + 0.35 * random.standard_normal((100, 128)) + shift)
    assert len(vectors) > EXACT_UP_TO
    return vectors, queries


def recall(index, crowd, alive):
    vectors, queries = crowd
    hits = 0
    for query in queries:
        exact = vectors @ query
        exact[~alive] = -2
        hits += len(set(index.search(query[None], 10, alive=alive)[0].tolist()) & set(np.argsort(-exact)[:10].tolist()))
    return hits / (10 * len(queries))


def test_the_shortlist_finds_what_an_exact_search_finds(crowd):
    index = filled(None, crowd[0], centre=crowd[0].mean(axis=0))
    assert recall(index, crowd, np.ones(21_000, bool)) >= 0.98


def test_the_shortlist_is_filled_with_rows_that_stand(crowd):
    index = filled(None, crowd[0], centre=crowd[0].mean(axis=0))
    alive = np.arange(21_000) // 10 % 2 == 0
    found, _ = index.search(crowd[1][1:2], 10, alive=alive)
    assert len(found) == 10
    assert alive[found].all()


def test_when_almost_nothing_stands_only_that_is_found(crowd):
    index = filled(None, crowd[0])
    alive = np.zeros(21_000, bool)
    alive[[5, 700]] = True
    assert sorted(index.search(crowd[1][:1], 10, alive=alive)[0].tolist()) == [5, 700]


def test_the_best_row_of_an_owner_plain_and_around_the_centre():
    centre = axes(2)[0] * np.float32(0.5)
    index = FlatIndex(None, dim=DIM, centre=centre)
    index.add(np.stack([axes(0)[0], axes(1)[0], unit(axes(0) + axes(1))[0]]), [3, 7, 7])
    index.commit()
    plain, centred = index.best(axes(0)[0], 7)
    assert plain == pytest.approx(0.5**0.5, abs=5e-3)
    # (e0 - c)·(v - c) with v = (e0 + e1)/√2 and c = e2/2: √½ + ¼, over lengths √1.25 · √1.25.
    assert centred == pytest.approx((0.5**0.5 + 0.25) / 1.25, abs=5e-3)
    assert index.best(axes(0)[0], 3) == pytest.approx((1, 1), abs=5e-3)
    assert index.best(axes(0)[0], 5) == (0.0, 0.0)


def test_what_was_added_shows_after_the_commit_only(tmp_path):
    index = FlatIndex(tmp_path, dim=DIM)
    index.add(axes(0), [4])
    assert (len(index), len(index.search(axes(0), 1)[0])) == (0, 0)
    assert index.commit() == 1
    assert index.owners.tolist() == [4]
    assert index.commit() == 1


def test_reopened_it_says_the_same(tmp_path):
    vectors, query = random_units(300), random_units(2, seed=5)
    first = filled(tmp_path, vectors[:100])
    first.add(vectors[100:], np.arange(100, 300))
    first.commit()
    again, memory = FlatIndex(tmp_path, dim=DIM, rows=300), filled(None, vectors)
    for index in (first, again):
        assert index.owners.tolist() == list(range(300))
        assert index.search(query, 20)[0].tolist() == memory.search(query, 20)[0].tolist()
        assert np.array_equal(index._bits, memory._bits)


def test_what_another_process_appends_is_seen_and_ranked_like_the_rest(tmp_path):
    vectors, query = random_units(EXACT_UP_TO + 600, seed=3), random_units(3, seed=5)
    writer, reader = filled(tmp_path, vectors[:-300]), FlatIndex(tmp_path, dim=DIM)
    assert len(reader.search(query, 20)[0]) == 0
    reader.see(len(vectors) - 300)
    reader.search(query, 20)  # what is worked out for a search is there before more comes
    writer.add(vectors[-300:], np.arange(len(vectors) - 300, len(vectors)))
    reader.see(writer.commit())
    fresh = FlatIndex(tmp_path, dim=DIM, rows=len(vectors))
    for asked in (query, vectors[-2:-1]):
        assert found(reader, asked) == found(fresh, asked)
    assert reader.search(vectors[-2:-1], 1)[0].tolist() == [len(vectors) - 2]


@pytest.mark.parametrize("rows", [0, 40, 100, 160])
def test_files_that_took_the_place_of_others_are_worked_out_anew(tmp_path, rows):
    reader, query = filled(tmp_path / "live", random_units(100)), random_units(1, seed=5)
    reader.search(query, 20)
    filled(tmp_path / "other", random_units(160, seed=8))
    for name in FILES:
        (tmp_path / "other" / name).replace(tmp_path / "live" / name)
    reader.see(rows)
    fresh = FlatIndex(tmp_path / "live", dim=DIM, rows=rows)
    assert len(reader) == rows
    assert found(reader, query) == found(fresh, query)
    every = np.arange(rows)
    assert reader.score(query[0], every).tolist() == fresh.score(query[0], every).tolist()
    assert np.array_equal(reader._bits, fresh._bits)


@pytest.mark.parametrize("left_behind", [1, DIM, 5 * DIM + 3])
def test_bytes_that_a_crash_left_behind_do_not_count(tmp_path, left_behind):
    vectors = random_units(10)
    filled(tmp_path, vectors[:6])
    for name in FILES:
        with (tmp_path / name).open("ab") as file:
            file.write(b"\x7f" * left_behind)
    index = FlatIndex(tmp_path, dim=DIM, rows=6)
    assert len(index) == 6
    index.add(vectors[6:], np.arange(6, 10))
    assert index.commit() == 10
    assert {name: (tmp_path / name).stat().st_size for name in FILES} == {n: 10 * w for n, w in FILES.items()}
    again = FlatIndex(tmp_path, dim=DIM, rows=10)
    assert again.search(vectors[8][None], 1)[0].tolist() == [8]
    assert again.owners.tolist() == list(range(10))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("missing", [1, 10_000])
def test_a_file_that_is_too_short_is_refused(tmp_path, name, missing):
    filled(tmp_path, random_units(6))
    size = (tmp_path / name).stat().st_size
    with (tmp_path / name).open("r+b") as file:
        file.truncate(max(size - missing, 0))
    with pytest.raises(IndexFormatError, match=name):
        FlatIndex(tmp_path, dim=DIM, rows=6)


def test_adding_nothing_loses_nothing(tmp_path):
    index = filled(tmp_path, random_units(6))
    index.add(np.empty((0, DIM), np.float32), [])
    assert index.commit() == 6
    assert len(FlatIndex(tmp_path, dim=DIM, rows=6)) == 6


def test_a_vector_that_is_the_centre_is_no_division_by_zero():
    centre = random_units(1)[0]
    index = filled(None, centre[None], centre)
    assert index.score(centre, np.array([0])) == pytest.approx([1], abs=1e-5)
    assert index.best(centre, 0) == (pytest.approx(1, abs=1e-5), 0.0)


def test_bits_are_packed_in_words_of_64():
    with pytest.raises(IndexFormatError):
        FlatIndex(None, dim=100)


def test_the_two_bits_more_settle_what_bytes_cannot_tell_apart():
    # Neighbours a thousandth apart: bytes alone mix them up.
    query = random_units(1, seed=4)[0]
    vectors = unit(query + 0.4 * random_units(400, seed=5))
    exact = np.argsort(-(vectors @ query), kind="stable")[:20]
    index = filled(None, vectors)
    found, _ = index.search(query[None], 20)
    by_bytes = np.argsort(-index.score(query, np.arange(400)), kind="stable")[:20]
    assert len(set(found) & set(exact)) >= 19
    assert np.mean(found == exact) > np.mean(by_bytes == exact)
