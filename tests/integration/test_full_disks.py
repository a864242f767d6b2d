"""A disk beside that of the database is full: that of the indexes, of the copies of sources, of backups."""

import hashlib
import json

import pytest

from benchmarks.kills.checking import Editor
from benchmarks.kills.place import SLUG, wait_for
from tests import databases
from tests.integration.failing import NOTHING_STORED_VI, desk_in, fill
from tests.pictures import png

pytestmark = [pytest.mark.once, pytest.mark.allow_hosts(["127.0.0.1"])]


def test_while_the_disk_of_the_indexes_is_full_all_is_stored_and_found_later(
    small_disk, tmp_path, own_database, monkeypatch
):
    monkeypatch.setenv("KIEMTIN_INDEX", str(small_disk))
    with desk_in(tmp_path, tmp_path) as desk:
        assert desk.ask().status == 302
        check = desk.draft()
        fill(small_disk / "ballast")
        claim = _published(desk, check)
        wait_for(lambda: "index failed: OSError (ENOSPC)" in desk.log(), "the worker's word")
        assert not _is_answered(desk, claim, check), "it cannot be known yet"
        assert desk.doctor()["index"] == {"wrong"}
        assert "wrong" in desk.doctor()["disk"]
        by_hand = desk.place.run("index", "--no-encoder")
        assert by_hand.returncode == 2
        assert "could not be written" in by_hand.stderr or "Another process" in by_hand.stderr
        assert "Traceback" not in desk.log()
        (small_disk / "ballast").unlink()
        wait_for(lambda: desk.doctor()["index"] == {"good"}, "the index")
        wait_for(lambda: _is_answered(desk, claim, check), "the answer")
        assert desk.compare() == []


def _published(desk, check):
    """Let a draft be approved and published; returns its claim."""
    assert desk.checker._save(check)
    desk.checker._submit(check)
    editor = Editor(desk.place, desk.journal, desk.editor, 2)
    editor._review()
    editor.close()
    assert desk.get(f"/api/v1/checks/{check}")[0] == 200, "it is public at once"
    return json.loads(desk.get(f"/api/v1/checks/{check}")[1])["claim"]


def _is_answered(desk, claim, check):
    """Ask about a claim; returns whether its check is the answer. What is asked is taken in any case."""
    assert desk.ask(claim).status == 302
    return f"/checks/{check}/" in desk.get(desk.receipts[-1])[1]


def test_while_the_disk_of_the_copies_is_full_a_copy_is_whole_or_not_there(small_disk, tmp_path, own_database):
    with desk_in(tmp_path, tmp_path) as desk:
        (desk.place.data / "copies").symlink_to(small_disk)
        assert desk.ask().status == 302
        check = desk.draft()
        assert desk.checker._save(check)
        fill(small_disk / "ballast")
        refused = _handed_in(desk, check)
        assert (refused.status, refused.headers["Retry-After"]) == (503, "60")
        assert NOTHING_STORED_VI in refused.body.decode()
        assert _files(small_disk) == []
        assert _copies(desk) == []
        assert "Traceback" not in desk.log()
        (small_disk / "ballast").unlink()
        assert _handed_in(desk, check).status == 302
        [file] = _files(small_disk)
        assert _copies(desk) == [(file.name,)]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == file.name
        assert desk.compare() == []


def _handed_in(desk, check):
    form = {"url": f"https://nguon-0.example/{check}", "licence": "named-only"}
    return desk.checker._browser.post(f"/desk/{SLUG}/checks/{check}/copies/hand-in/", form, file=("file", png()))


def _files(disk):
    return [path for path in disk.rglob("*") if path.is_file() and path.name != "ballast"]


def _copies(desk):
    with databases.opened(desk.place.data) as hand:
        return [tuple(row) for row in hand.execute("SELECT sha256 FROM checks_storedcopy").fetchall()]


@pytest.mark.sqlite
@pytest.mark.parametrize("room", [0, 1 << 20, 4 << 20])
def test_a_backup_that_has_no_room_leaves_the_one_before(kiemtin, checks, small_disk, room):
    """The copy of the database does not fit; or it does, and what is packed does not."""
    assert kiemtin("import", "--no-encoder", checks).status == 0
    (kiemtin.data / "copies" / "ab").mkdir(parents=True)
    (kiemtin.data / "copies" / "ab" / ("ab" * 32)).write_bytes(hashlib.shake_256(b"x").digest(3 << 20))
    target = small_disk / "backup"
    target.write_bytes(b"the one before")
    fill(small_disk / "ballast")
    with (small_disk / "ballast").open("r+b") as file:
        file.truncate((small_disk / "ballast").stat().st_size - room)
    done = kiemtin("backup", "--replace", target)
    assert done.status == 2
    assert "No space left on device" in done.err
    assert target.read_bytes() == b"the one before"
    assert [path.name for path in small_disk.iterdir()] == ["ballast", "backup"]


@pytest.mark.sqlite
def test_a_full_disk_is_no_damaged_database(kiemtin, checks, small_disk, tmp_path):
    """With nothing running, what SQLite puts beside a database has no room."""
    kiemtin.data = small_disk / "data"
    assert kiemtin("import", "--no-encoder", checks).status == 0
    fill(small_disk / "ballast")
    done = kiemtin("backup", tmp_path / "backup")
    assert done.status == 2
    assert "No space left on device" in done.err
    assert not (tmp_path / "backup").exists()
    (small_disk / "ballast").unlink()
    assert kiemtin("backup", tmp_path / "backup").status == 0
