from xml.etree import ElementTree

import pytest

from kiemtin.public.feeds.xml import Xml


def written(text, attribute="x"):
    xml = Xml()
    xml.start("a", {"b": attribute})
    xml.text("c", text, {"d": attribute})
    xml.end("a")
    return ElementTree.fromstring(xml.document())  # noqa: S314


def test_texts_come_back_as_they_were():
    root = written('Tỏi <b> & "hành" \U0001f9c4', 'y"<&')
    assert root.findtext("c") == 'Tỏi <b> & "hành" \U0001f9c4'
    assert root.get("b") == root.find("c").get("d") == 'y"<&'


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_left_out(sign):
    root = written(f"a{sign}b", f"c{sign}d")
    assert (root.findtext("c"), root.get("b")) == ("ab", "cd")
