import pytest

pytestmark = pytest.mark.once

SHRIMP = "Ăn tôm cùng vitamin C sinh ra thạch tín gây chết người"


@pytest.fixture
def library(kiemtin, checks):
    assert kiemtin("import", "--no-encoder", checks).status == 0
    return kiemtin


def test_an_empty_library_says_what_to_do(kiemtin):
    result = kiemtin("ask", "gì đó")
    assert result.status == 2
    assert "kiemtin import FILE" in result.err
    assert "kiemtin demo" in kiemtin("ask", "gì đó", lang="vi").err


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_known_claim(library, lang):
    result = library("ask", "--no-encoder", SHRIMP, lang=lang)
    assert result.status == 0, result.err
    # The band is the model's to say; the reply has a sign, words, and says that it went by words only.
    assert result.out.split()[0] in ("✔", "?", "–")
    assert ("Chỉ đối chiếu theo từ ngữ" if lang == "vi" else "by words only") in result.out


def test_json_from_an_argument_and_from_standard_input_agree(library):
    by_argument = library("ask", "--json", "--no-encoder", SHRIMP).json()
    assert by_argument["band"] in ("answer", "maybe", "none")
    assert by_argument["encoder"] is False
    best = by_argument["matches"][0]
    assert best["claim"] == SHRIMP
    assert best["near_copy"] is True
    assert best["publisher"] == {"name": "Báo Kiểm", "site": "example.org"}
    assert best["rating"] == "Sai"
    assert library("ask", "--json", "--no-encoder", "-", stdin=SHRIMP.encode()).json() == by_argument
    assert library("ask", "--json", "--no-encoder", stdin=SHRIMP.encode()).json() == by_argument
    assert library("ask", "--json", "--no-encoder", *SHRIMP.split()).json() == by_argument


def test_the_limit(library):
    assert len(library("ask", "--json", "--no-encoder", "--limit", "2", "ăn tôm").json()["matches"]) <= 2
    assert library("ask", "--limit", "0", "x").status == 2


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (b"", "message-empty"),
        (b" \n", "message-empty"),
        (bytes(range(256)) * 40, "message-not-text"),
        (b"a " * 500_000, "message-too-long"),
    ],
)
def test_a_hopeless_message_is_a_clear_error(library, message, code):
    result = library("ask", "--no-encoder", "-", stdin=message)
    assert result.status == 2
    assert result.err.startswith("Error: ")
    assert "Traceback" not in result.err
    result = library("ask", "--json", "--no-encoder", "-", stdin=message)
    assert result.status == 2
    assert result.json()["error"]["code"] == code


def test_odd_messages_are_answered_in_some_band(library):
    for message in (b"tin\x00tin", "nửa \udcff chữ".encode("utf-8", "surrogateescape"), b"x", "🙏🙏🙏".encode()):
        result = library("ask", "--json", "--no-encoder", "-", stdin=message)
        assert result.status in (0, 2), result.err
        assert "Traceback" not in result.err


def test_a_missing_and_a_damaged_index_say_what_to_do(library):
    manifest = library.data / "index" / "manifest.json"
    manifest.write_text("{")
    result = library("ask", "--no-encoder", SHRIMP)
    assert result.status == 2
    assert "kiemtin index" in result.err
    manifest.unlink()
    assert "kiemtin index" in library("ask", "--no-encoder", SHRIMP).err
    assert library("index", "--no-encoder").status == 0
    assert library("ask", "--no-encoder", SHRIMP).status == 0


def test_a_terminal_that_speaks_no_vietnamese_is_no_reason_to_stop(library):
    result = library("ask", "--no-encoder", SHRIMP, PYTHONIOENCODING="ascii")
    assert result.status == 0, result.err
