import json
import stat
import subprocess

import pytest

from tests import databases
from tests.patience import PATIENCE


def rows(program, question):
    with databases.opened(program.data) as database:
        return database.execute(question).fetchall()


def test_a_clean_file(kiemtin, checks):
    result = kiemtin("import", "--no-encoder", checks)
    assert result.status == 0, result.err
    assert "6 added, 0 changed, 0 unchanged" in result.out
    assert "checks.ndjson:" in result.err  # progress, as lines since this is no terminal
    assert "Index: 6 / 6" in result.err
    assert rows(kiemtin, "SELECT count(*) FROM checks_externalreview") == [(6,)]


def test_bad_rows_are_reported_skipped_counted_and_in_the_exit_status(kiemtin, checks):
    with checks.open("ab") as file:
        file.write(b'\nnot json\n{"@type": "ClaimReview", "url": "https://example.org/x"}\n')
    result = kiemtin("import", "--no-encoder", checks)
    assert result.status == 1
    assert f"{checks}:7: it is not valid JSON" in result.err.splitlines()
    assert f"{checks}:8: it has no claim text (claimReviewed)" in result.err.splitlines()
    assert "2 of 8 rows were left out." in result.out
    again = kiemtin("import", "--no-encoder", checks)
    assert again.status == 1
    assert "imported before" in again.out


def test_the_same_file_twice_changes_nothing(kiemtin, checks):
    kiemtin("import", "--no-encoder", checks)
    before = rows(kiemtin, "SELECT * FROM checks_externalreview")
    assert kiemtin("import", "--no-encoder", checks).status == 0
    result = kiemtin("import", "--no-encoder", "--again", checks)
    assert "0 added, 0 changed, 6 unchanged" in result.out
    assert rows(kiemtin, "SELECT * FROM checks_externalreview") == before


def test_a_truncated_feed_says_where_it_ends(kiemtin, tmp_path, claim_review):
    path = tmp_path / "feed.json"
    path.write_text(json.dumps({"dataFeedElement": [{"item": [claim_review()]}] * 2})[:-40])
    result = kiemtin("import", "--no-encoder", path)
    assert result.status == 1
    assert f"{path}:1: the file ends in the middle; everything before was kept (near byte " in result.err
    assert "1 added" in result.out


def test_several_files_one_of_them_missing(kiemtin, checks, tmp_path):
    result = kiemtin("import", "--no-encoder", tmp_path / "nowhere", checks)
    assert result.status == 1
    assert f"{tmp_path / 'nowhere'}: it cannot be read (No such file or directory)" in result.err
    assert "6 added" in result.out


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"{", b'[{"@type": "Article"}]', b"\x00\xff"])
def test_nothing_that_can_be_read(kiemtin, tmp_path, content):
    path = tmp_path / "x"
    path.write_bytes(content)
    result = kiemtin("import", "--no-encoder", path)
    assert result.status == 2
    assert str(path) in result.err
    assert "Traceback" not in result.err


def test_a_beir_folder(kiemtin, tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "corpus.jsonl").write_text('{"_id": "a", "title": "Tin đồn", "text": "x"}\n', encoding="utf-8")
    assert kiemtin("import", "--no-encoder", folder).status == 0
    assert rows(kiemtin, "SELECT key, publisher_name FROM checks_externalreview") == [("beir:set:a", "set")]


def test_a_data_folder_that_cannot_be_used(kiemtin, checks, tmp_path):
    kiemtin.data.write_text("a file in the way")
    result = kiemtin("import", checks)
    assert result.status == 2
    assert "The data folder" in result.err
    assert "Traceback" not in result.err


@pytest.mark.sqlite
def test_a_database_that_is_none(kiemtin, checks):
    kiemtin.data.mkdir()
    (kiemtin.data / "kiemtin.sqlite3").write_text("not a database " * 100)
    result = kiemtin("import", checks)
    assert result.status == 2
    assert "Traceback" not in result.err


def test_two_that_start_at_once_on_a_new_folder(kiemtin, checks, tmp_path, claim_review):
    other = tmp_path / "other.json"
    other.write_text(json.dumps(claim_review(url="https://example.org/other")))
    import os

    from tests.integration.conftest import KIEMTIN

    environment = os.environ | {"KIEMTIN_DATA": str(kiemtin.data), "KIEMTIN_LANG": "en"}
    environment |= databases.variables(kiemtin.data)
    started = [
        subprocess.Popen(
            [str(KIEMTIN), "import", "--no-encoder", str(path)], env=environment, stdout=-1, stderr=-1, text=True
        )
        for path in (checks, other)
    ]
    said = [process.communicate(timeout=PATIENCE) for process in started]
    assert "Traceback" not in str(said)
    assert rows(kiemtin, "SELECT count(*) FROM checks_externalreview") == [(7,)]
    assert kiemtin("index", "--no-encoder").status == 0  # one of the two may have found the index taken
    assert '"claim": "Tỏi chữa được Covid-19"' in kiemtin("ask", "--json", "--no-encoder", "Tỏi chữa được Covid").out


def test_the_data_folder_is_its_owner_s_and_the_database_guards_its_log(kiemtin, checks):
    kiemtin("import", "--no-encoder", checks)
    if not databases.SERVER:
        assert rows(kiemtin, "PRAGMA journal_mode") == [("wal",)]
    with databases.opened(kiemtin.data) as database, pytest.raises(Exception, match="append-only"):
        database.execute("DELETE FROM audit_event")
    assert not (kiemtin.data / "secret-key").exists()
    assert stat.S_IMODE(kiemtin.data.stat().st_mode) == 0o700
