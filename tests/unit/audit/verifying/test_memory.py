import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiemtin.audit.publiclog.notes import public_key, sign
from kiemtin.audit.verifying.memory import Memory, MemoryFileError, place_of, recall, remember

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOTE = sign(KEY, origin="kiemtin.example/log", size=2, root=bytes(32))
SEEN = Memory(NOTE, public_key(KEY, origin="kiemtin.example/log"), (b"a" * 32, b"b" * 32))


def test_what_was_seen_is_remembered(tmp_path):
    path = tmp_path / "a" / "b.json"
    assert recall(path) is None
    remember(path, SEEN, address="https://kiemtin.example")
    assert recall(path) == SEEN
    assert [file.name for file in path.parent.iterdir()] == ["b.json"]


def test_a_signed_head_by_itself_will_do(tmp_path):
    path = tmp_path / "head.txt"
    path.write_text(NOTE)
    assert recall(path) == Memory(NOTE)


def test_each_site_has_a_file_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert place_of("https://kiemtin.example") == tmp_path / "kiemtin" / "verify" / "kiemtin.example.json"
    assert place_of("http://localhost:8000/../x").name == "localhost_8000_.._x.json"
    monkeypatch.delenv("XDG_STATE_HOME")
    assert place_of("https://kiemtin.example").is_relative_to(Path.home() / ".local" / "state")


@pytest.mark.parametrize(
    "change",
    [
        lambda told: "x",
        lambda told: "{",
        lambda told: "{}",
        lambda told: json.dumps(told | {"entries": "===="}),
        lambda told: json.dumps(told | {"entries": told["entries"][:40]}),
        lambda told: json.dumps(told | {"entries": 1}),
        lambda told: json.dumps(told | {"head": NOTE.replace("\n2\n", "\n3\n")}),
        lambda told: json.dumps(told | {"key": "x"}),
        lambda told: "{" + '"a":{' * 100_000,
    ],
)
def test_a_file_of_something_else_is_refused(tmp_path, change):
    path = tmp_path / "b.json"
    remember(path, SEEN, address="https://kiemtin.example")
    path.write_text(change(json.loads(path.read_text())))
    with pytest.raises(MemoryFileError):
        recall(path)


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(MemoryFileError):
        remember(tmp_path / "file" / "b.json", SEEN, address="")
    with pytest.raises(MemoryFileError):
        recall(tmp_path)
