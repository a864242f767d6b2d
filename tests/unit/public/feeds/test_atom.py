import feedparser
import pytest

from kiemtin.public.feeds.atom import Atom
from tests.unit.public.feeds.rfc4287 import faults


def test_it_keeps_to_the_rfc(feed):
    assert faults(Atom().write(feed())) == []
    assert faults(Atom().write(feed(entries=()))) == []


def test_the_rules_find_faults(feed, entry):
    broken = [
        feed(entry(1), entry(1)),
        feed(entry(2), entry(1)),
        feed(entry(1, author="")),
        feed(entry(1, address="/checks/1/")),
        feed(own="checks.atom"),
    ]
    for one in broken:
        assert faults(Atom().write(one)), one


def test_a_reader_sees_what_was_meant(feed):
    read = feedparser.parse(Atom().write(feed()))
    assert (read.version, read.bozo) == ("atom10", False)
    assert read.feed.title == "Kiểm Tin – Fact-checks"
    first = read.entries[0]
    assert first.title == "Sai: Tin <b>số</b> 1 & tỏi"
    assert first.title_detail.type == "text/plain"  # the signs of the claim, no markup
    assert first.link == "https://kiemtin.example/checks/1/tin/"
    assert first.id == "https://kiemtin.example/checks/1/"
    assert first.author == "Nguồn Thật"
    assert first.content[0].value == "<p>Không đúng &lt; hẳn.</p>"
    assert [(tag.term, tag.label) for tag in first.tags] == [("health", "Sức khỏe")]


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\ufffe", "\uffff"])
def test_signs_that_xml_cannot_hold_are_left_out(feed, entry, sign):
    document = Atom().write(feed(entry(title=f"a{sign}b")))
    assert faults(document) == []
    assert "<title>ab</title>" in document
