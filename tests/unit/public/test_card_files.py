import errno
import io

import pytest
from PIL import Image

from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.public import card_files
from kiemtin.public.card_files import card


def files(data):
    return sorted(path.name for path in (data / "cards").iterdir())


def test_a_picture_is_drawn_once_and_again_when_it_is_missing(published, data, monkeypatch):
    check = published()
    first = card(check, check.latest, "wide")
    assert Image.open(io.BytesIO(first)).size == (1200, 630)
    monkeypatch.setattr(card_files, "draw_card", lambda *_: b"drawn again")
    assert card(check, check.latest, "wide") == first
    for path in (data / "cards").iterdir():
        path.unlink()
    assert card(check, check.latest, "wide") == b"drawn again"


def test_a_new_revision_takes_the_place_of_the_old_picture(published, corrected, data):
    check = published()
    card(check, check.latest, "wide")
    card(check, check.latest, "square")
    check = corrected(check)
    card(check, check.latest, "wide")
    assert [name.split("-")[1:3] for name in files(data)] == [["r1", "square"], ["r2", "wide"]]


def test_a_failed_write_leaves_nothing_behind(published, data, monkeypatch):
    check = published()

    def broken(self, target):
        raise OSError("disk full")

    monkeypatch.setattr("pathlib.Path.replace", broken)
    with pytest.raises(OSError, match="disk full"):
        card(check, check.latest, "wide")
    assert files(data) == []


def test_on_a_full_disk_it_is_drawn_and_not_kept(published, data, monkeypatch):
    check = published()

    def full(self, target):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("pathlib.Path.replace", full)
    assert Image.open(io.BytesIO(card(check, check.latest, "wide"))).size == (1200, 630)
    assert files(data) == []


def content_of(check, monkeypatch):
    drawn = []
    monkeypatch.setattr(card_files, "draw_card", lambda content, shape: drawn.append(content) or b"")
    card(check, check.latest, "wide")
    return drawn[0]


def test_a_card_speaks_the_language_of_its_check(published, monkeypatch, settings):
    settings.KIEMTIN_ADDRESS = "https://kiemtin.example"
    content = content_of(check := published(), monkeypatch)
    assert (content.verdict, content.verdict_label) == ("false", "Sai")
    assert content.address == f"kiemtin.example/checks/{check.pk}"
    assert content.publisher == "Nguồn Thật"
    assert content.note == ""


def test_a_card_of_sample_content_says_so(published, corrected, desk, monkeypatch):
    desk.is_sample = True
    desk.save()
    check = published()
    assert content_of(check, monkeypatch).note == "Nội dung mẫu"
    assert content_of(corrected(check), monkeypatch).note.startswith("Nội dung mẫu · Đính chính ngày")


def test_a_corrected_and_a_withdrawn_card_say_so(published, corrected, editor, monkeypatch):
    check = corrected(published())
    assert content_of(check, monkeypatch).note.startswith("Đính chính ngày")
    withdraw(fact_check=check, by=editor, note="Nguồn sai.")
    check.refresh_from_db()
    content = content_of(check, monkeypatch)
    assert content.verdict == "withdrawn"
    assert content.note.startswith("Đã rút ngày")
