import pytest

from kiemtin.exchange.opendata.swap import built


def test_a_new_folder_takes_the_place_of_the_old_one_whole(tmp_path):
    folder = tmp_path / "deep" / "export"
    for content in ("one", "two"):
        with built(folder) as draft:
            assert not (folder / content).exists()
            (draft / content).write_text(content)
    assert [path.name for path in folder.iterdir()] == ["two"]
    assert list(folder.parent.iterdir()) == [folder]


def test_what_fails_leaves_the_old_one_and_nothing_beside_it(tmp_path):
    folder = tmp_path / "export"
    with built(folder) as draft:
        (draft / "kept").touch()
    with pytest.raises(FileNotFoundError), built(folder) as draft:
        (draft / "half" / "way").touch()
    assert [path.name for path in tmp_path.rglob("*")] == ["export", "kept"]


def test_what_a_crash_left_is_swept_away(tmp_path):
    (tmp_path / ".export.part-abc").mkdir()
    (tmp_path / ".other.part-abc").mkdir()
    with built(tmp_path / "export"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == [".other.part-abc", "export"]
