"""The installed command."""

import json

import pytest

from tests.demonstration import demonstration


@pytest.fixture
def filled(kiemtin):
    demonstration(kiemtin.data)
    return kiemtin


def test_it_writes_a_package_and_says_what_is_in_it(filled, tmp_path):
    done = filled("export", tmp_path / "out")
    assert done.status == 0, done.err
    assert "checks: 96 rows" in done.out
    descriptor = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    assert {resource["name"] for resource in descriptor["resources"]} >= {"checks", "checks-parquet"}
    assert "bài kiểm chứng" in (tmp_path / "out" / "README.vi.md").read_text()


def test_two_processes_write_the_same_bytes_whatever_their_language(filled, tmp_path):
    assert filled("export", tmp_path / "one", lang="vi").status == 0
    assert filled("export", tmp_path / "two", lang="en", TZ="America/Lima", PYTHONHASHSEED="7").status == 0
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) == 18
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


def test_a_folder_with_something_else_in_it_is_refused(filled, tmp_path):
    (tmp_path / "mine.txt").touch()
    done = filled("export", tmp_path)
    assert done.status == 2
    assert "holds something else than an export" in done.err
    assert (tmp_path / "mine.txt").exists()


def test_the_demonstration_already_has_its_month(filled):
    (month,) = (filled.data / "open-data").glob("*-*")
    assert (month / "package" / "datapackage.json").exists()
