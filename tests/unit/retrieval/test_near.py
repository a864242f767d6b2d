import shutil

import numpy as np
import pytest

from kiemtin.retrieval.errors import IndexFormatError
from kiemtin.retrieval.near import AT_LEAST, COMMON, MAX_SEGMENTS, SAMPLE, NearIndex, sample
from kiemtin.retrieval.text import analyse, shingle_hashes

RUMOUR = (
    "Khẩn cấp: từ 0 giờ ngày mai ngân hàng sẽ khóa toàn bộ tài khoản của những ai chưa cập nhật sinh trắc học, mọi "
    "người gửi ngay ảnh căn cước và mã xác nhận cho số 0912345678 để được mở lại, phí mở lại là 500 nghìn đồng, ai "
    "đọc được tin này hãy chia sẻ cho người thân trong gia đình biết trước khi quá muộn nhé cả nhà yêu của tôi ơi"
)


def hashes(text):
    return shingle_hashes(analyse(text).folded)


def words(seed, count=60):
    return " ".join(f"tu{n}" for n in np.random.default_rng(seed).integers(0, 10**6, count))


@pytest.fixture(scope="module")
def crowd():
    """The rumour as number 7 among two hundred other texts."""
    index = NearIndex(None)
    for n in range(200):
        index.add(hashes(RUMOUR if n == 7 else words(n)), n)
    index.commit()
    return index


def changed(text, old, new):
    assert old in text
    return text.replace(old, new)


COPIES = {
    "same": RUMOUR,
    "without diacritics": " ".join(analyse(RUMOUR).folded),
    "shouted": RUMOUR.upper() + "!!! 😱😱",
    "cut at the end": RUMOUR[: len(RUMOUR) // 2],
    "cut at the front": RUMOUR[len(RUMOUR) // 2 :],
    "extended": f"Mình mới nhận được cái này: {RUMOUR} {words(991, 200)}",
    "a number changed": changed(RUMOUR, "500 nghìn", "900 nghìn"),
    "numbers changed": changed(changed(RUMOUR, "0 giờ", "12 giờ"), "0912345678", "0987654321"),
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES.keys())
def test_copies_are_found_first(crowd, copy):
    best = crowd.search(hashes(copy), 5)[0]
    assert best.owner == 7
    assert 0 < best.contained <= 1


def test_how_much_of_the_known_text_a_message_holds(crowd):
    whole = crowd.search(hashes(RUMOUR), 1)[0]
    assert (whole.contained, whole.shared) == (1.0, len(sample(hashes(RUMOUR))))
    assert crowd.search(hashes(COPIES["extended"]), 1)[0].contained == 1.0
    assert 0.2 < crowd.search(hashes(COPIES["cut at the end"]), 1)[0].contained < 0.8


def test_another_text_is_no_copy(crowd):
    assert crowd.search(hashes("hôm nay trời đẹp, cả nhà đi chơi công viên rồi ăn kem"), 5) == []
    assert crowd.search(hashes(""), 5) == []
    assert NearIndex(None).search(hashes(RUMOUR), 5) == []


def test_at_most_k_best_first():
    index = NearIndex(None)
    lines = [words(n, 100) for n in range(6)]
    for n in range(6):
        index.add(hashes(" ".join(lines[: n + 1])), n)
    index.commit()
    found = index.search(hashes(" ".join(lines[:3])), 4)
    assert len(found) == 4
    assert [c.contained for c in found[:3]] == [1.0, 1.0, 1.0]
    assert found[0].owner == 2


def test_the_sample_keeps_an_eighth_and_a_dozen_at_least():
    many = np.arange(0, 2**32, 2**20, dtype=np.uint32)
    assert len(sample(many)) == len(many) // 8
    assert (sample(many) < SAMPLE).all()
    high = np.arange(2**31, 2**31 + 50, dtype=np.uint32)
    assert sample(high).tolist() == high[:AT_LEAST].tolist()
    assert len(sample(high[:3])) == 3


def test_a_shingle_of_every_text_says_nothing():
    footer, index = hashes("chia se ngay"), NearIndex(None)
    for n in range(COMMON + 1):
        index.add(footer, n)
    index.commit()
    assert index.search(footer, 5) == []


def test_what_was_added_shows_after_the_commit_only(tmp_path):
    index = NearIndex(tmp_path)
    index.add(hashes(RUMOUR), 1)
    assert index.search(hashes(RUMOUR), 1) == []
    assert index.commit() == ("segment-00000001",)
    assert index.search(hashes(RUMOUR), 1)[0].owner == 1
    assert index.commit() == ("segment-00000001",)


@pytest.mark.parametrize("on_disk", [False, True])
def test_many_commits_are_merged_and_everything_is_still_found(tmp_path, on_disk):
    index = NearIndex(tmp_path if on_disk else None)
    for n in range(3 * MAX_SEGMENTS):
        index.add(hashes(words(n)), n)
        index.commit()
        assert len(index.segments) <= MAX_SEGMENTS
        assert len(set(index.segments)) == len(index.segments)
    for n in range(3 * MAX_SEGMENTS):
        found = index.search(hashes(words(n)), 3)
        assert [(c.owner, c.contained) for c in found] == [(n, 1.0)]
        (half,) = index.search(hashes(" ".join(words(n).split()[:30])), 3)
        assert half.contained < 0.9


def test_segments_that_shrink_are_merged_before_there_are_too_many():
    index = NearIndex(None)
    for size in range(MAX_SEGMENTS + 1, -1, -1):
        index.add(np.arange(3**size, dtype=np.uint32), size)
        index.commit()
    assert len(index.segments) == MAX_SEGMENTS
    assert [c.owner for c in index.search(np.array([2], np.uint32), 20)] == list(range(1, MAX_SEGMENTS + 2))


def test_reopened_it_finds_the_same_and_sweeps_the_rest(tmp_path):
    index = NearIndex(tmp_path)
    for n in range(MAX_SEGMENTS + 3):
        index.add(hashes(words(n)), n)
        index.commit()
    before = set(tmp_path.iterdir())
    index.sweep()
    assert {p.stem for p in tmp_path.iterdir()} == set(index.segments)
    assert len(before) > len(index.segments)
    again = NearIndex(tmp_path, segments=index.segments)
    for n in range(MAX_SEGMENTS + 3):
        assert again.search(hashes(words(n)), 3) == index.search(hashes(words(n)), 3)


def test_a_segment_of_an_unfinished_commit_does_not_count_and_is_written_over(tmp_path):
    index = NearIndex(tmp_path)
    index.add(hashes(words(1)), 1)
    counting = index.commit()
    index.add(hashes(words(2)), 2)
    index.commit()
    again = NearIndex(tmp_path, segments=counting)
    assert again.search(hashes(words(2)), 1) == []
    again.add(hashes(words(3)), 2)
    again.commit()
    assert again.search(hashes(words(2)), 1) == []
    assert again.search(hashes(words(3)), 1)[0].owner == 2


@pytest.mark.parametrize("damage", ["missing", "short", "foreign"])
def test_a_damaged_segment_is_refused(tmp_path, damage):
    index = NearIndex(tmp_path)
    index.add(hashes(RUMOUR), 1)
    (name,) = index.commit()
    file = tmp_path / f"{name}.npy"
    if damage == "missing":
        file.unlink()
    elif damage == "short":
        file.write_bytes(file.read_bytes()[:-40])
    else:
        shutil.copy(__file__, file)
    with pytest.raises(IndexFormatError):
        NearIndex(tmp_path, segments=(name,))
