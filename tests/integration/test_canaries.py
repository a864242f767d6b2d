"""The search for leaks sees a value in every form."""

import base64
import html
import json
import unicodedata
import urllib.parse

import pytest

from tests.integration.canaries import WAYS, canaries, found_in, message, needles


def toneless(text):
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


@pytest.mark.parametrize(
    "encode",
    [
        str,
        str.upper,
        lambda text: unicodedata.normalize("NFD", text),
        toneless,
        urllib.parse.quote,
        urllib.parse.quote_plus,
        lambda text: urllib.parse.quote(toneless(text)),
        html.escape,
        lambda text: text.encode("ascii", "xmlcharrefreplace").decode(),
        json.dumps,
        lambda text: base64.b64encode(text.encode()).decode(),
        lambda text: base64.urlsafe_b64encode(b"x" + text.encode()).decode(),
        lambda text: base64.b64encode(b"xy" + unicodedata.normalize("NFD", text).encode()).decode(),
        lambda text: text.encode().hex(),
        "\x00".join,
    ],
)
def test_a_value_is_found_in_every_form(encode):
    wanted = {key: needle for key, needle in needles().items() if key[0] == "web"}
    assert found_in(f"before {encode(message('web'))} after", wanted) == set(wanted)
    assert found_in(encode(message("api")), wanted) == set()


def test_every_canary_is_one_that_masking_knows():
    from kiemtin.questions.masking import mask

    for way in WAYS:
        wanted = {key: needle for key, needle in needles().items() if key[0] == way}
        assert found_in(mask(message(way)).text, wanted) == set()


def test_no_two_are_alike():
    assert len(set(needles().values())) == len(needles()) == len(WAYS) * len(canaries("web"))
    assert min(map(len, needles().values())) >= 5
