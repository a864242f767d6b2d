"""What is said when the program, or a language, is missing or fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from kiemtin.media.pictures import Code, PictureError, availability, read_text
from tests.unit.media.pictures.drawing import Bubble, chat, opened


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_without_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = availability()
    assert not found
    assert found.missing == ("tesseract", "vie", "eng")
    assert found.command == "apt-get install tesseract-ocr tesseract-ocr-vie"
    with pytest.raises(PictureError) as caught:
        read_text(opened(Image.new("RGB", (10, 10))))
    assert caught.value.code is Code.NO_READER
    assert caught.value.params["command"] == found.command


def test_without_vietnamese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(tmp_path, monkeypatch, r'printf "List of available languages (2):\neng\nosd\n"')
    found = availability()
    assert found.missing == ("vie",)
    assert found.command == "apt-get install tesseract-ocr-vie"


def test_with_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(tmp_path, monkeypatch, r'printf "vie\neng\n"')
    assert availability()
    assert availability().missing == ()
    assert availability().command == ""


def test_a_program_that_cannot_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(tmp_path, monkeypatch, "exit 127")
    assert availability().missing == ("vie", "eng")


def test_a_program_that_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(tmp_path, monkeypatch, r'[ "$1" = --list-langs ] && printf "vie\neng\n" && exit; exit 3')
    with pytest.raises(PictureError) as caught:
        read_text(opened(chat([Bubble("Có thật không ạ?")])))
    assert caught.value.code is Code.NOT_READ


def test_it_is_bounded_and_gets_one_thread(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    script = rf'[ "$1" = --list-langs ] && printf "vie\neng\n" && exit; (ulimit -v; ulimit -t; env) > {seen}; exit 3'
    install(tmp_path, monkeypatch, script)
    monkeypatch.setenv("KIEMTIN_SECRET", "hidden")
    with pytest.raises(PictureError):
        read_text(opened(chat([Bubble("Có thật không ạ?")])), seconds=9)
    memory, seconds, *environment = seen.read_text(encoding="utf-8").splitlines()
    assert int(memory) == 2_000_000
    assert int(seconds) <= 9
    assert "OMP_THREAD_LIMIT=1" in environment
    assert not any("hidden" in line for line in environment)
