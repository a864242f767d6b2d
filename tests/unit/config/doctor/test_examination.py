import pytest

from kiemtin.config.doctor import examination, matching
from kiemtin.config.doctor.finding import Finding, Level
from kiemtin.media.pictures import Availability


def good(code):
    return lambda: [Finding(code, Level.GOOD, "…")]


def broken():
    raise ValueError("\x1b[2J secret\nline")


def test_a_look_that_fails_is_a_line_like_the_others(monkeypatch, data):
    monkeypatch.setattr(examination, "ALWAYS", (good("one"), broken, good("two")))
    monkeypatch.setattr(examination, "WITH_DATA", ())
    monkeypatch.setattr(examination, "WITH_TABLES", ())
    found = list(examination.examine())
    assert [one.code for one in found] == ["one", "broken", "two"]
    assert found[1].level is Level.WRONG
    assert "ValueError" in found[1].sentence
    assert "\x1b" not in found[1].sentence


@pytest.mark.parametrize("code", ["integrity", "migrations"])
def test_tables_of_another_form_are_not_looked_into(monkeypatch, data, code):
    (data / "kiemtin.sqlite3").touch()
    monkeypatch.setattr(examination, "ALWAYS", ())
    monkeypatch.setattr(examination, "WITH_TABLES", (good("tables"),))
    monkeypatch.setattr(examination, "WITH_DATA", (good("data"),))
    assert [one.code for one in examination.examine()] == ["data", "tables"]
    monkeypatch.setattr(examination, "WITH_DATA", (lambda: [Finding(code, Level.WRONG, "…")],))
    assert [one.code for one in examination.examine()] == [code]


def test_the_encoder_is_told_to_be_off_missing_or_there(monkeypatch, tiny_encoder):
    monkeypatch.setenv("KIEMTIN_ENCODER", "none")
    (off,) = matching.encoder()
    monkeypatch.delenv("KIEMTIN_ENCODER")
    monkeypatch.setattr(matching, "installed_encoder", lambda: None)
    (missing,) = matching.encoder()
    monkeypatch.setattr(matching, "installed_encoder", lambda: tiny_encoder)
    (there,) = matching.encoder()
    assert [one.level for one in (off, missing, there)] == [Level.NOTE, Level.NOTE, Level.GOOD]
    assert "switched off" in off.sentence


def test_what_is_missing_to_read_pictures_is_named(monkeypatch):
    monkeypatch.setattr(matching, "availability", lambda: Availability(("vie",), "apt-get install tesseract-ocr-vie"))
    (missing,) = matching.pictures()
    monkeypatch.setattr(matching, "availability", Availability)
    (there,) = matching.pictures()
    assert (missing.level, there.level) == (Level.NOTE, Level.GOOD)
    assert "missing: vie" in missing.sentence
    assert missing.advice == "apt-get install tesseract-ocr-vie"


@pytest.mark.django_db
def test_an_index_that_lags_is_told(data, published):
    from kiemtin.matching.actions.follow import follow

    (found,) = matching.index()
    assert found.level is Level.GOOD
    published()
    (found,) = matching.index()
    assert found.level is Level.WRONG
    follow(encoder=None)
    (found,) = matching.index()
    assert found.level is Level.GOOD
