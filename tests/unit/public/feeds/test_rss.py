from xml.etree import ElementTree

import feedparser

from kiemtin.public.feeds.rss import Rss

CHANNEL = {"title", "link", "description"}
ITEM = {"title", "link", "guid", "pubDate", "description"}


def test_it_has_what_the_specification_demands(feed):
    root = ElementTree.fromstring(Rss().write(feed(own="https://kiemtin.example/feeds/checks.rss")))  # noqa: S314
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    assert {node.tag for node in channel} >= CHANNEL
    for item in channel.findall("item"):
        assert {node.tag for node in item} >= ITEM
        assert item.find("author") is None  # it would have to be a mail address
    links = {node.get("rel"): node.get("href") for node in channel if node.tag.endswith("}link")}
    assert links == {
        "self": "https://kiemtin.example/feeds/checks.rss",
        "alternate": "https://kiemtin.example/feeds/checks.atom",
    }


def test_a_reader_sees_what_was_meant(feed):
    read = feedparser.parse(Rss().write(feed()))
    assert (read.version, read.bozo) == ("rss20", False)
    first = read.entries[0]
    assert first.id == "https://kiemtin.example/checks/1/"
    assert first.guidislink is False or first.link.endswith("/tin/")
    assert first.author == "Nguồn Thật"
    assert first.published_parsed[:5] == (2026, 11, 24, 8, 30)
    assert first.content[0].value == "<p>Không đúng &lt; hẳn.</p>"
    assert first.tags[0].term == "Sức khỏe"


def test_signs_that_xml_cannot_hold_are_left_out(feed, entry):
    assert not feedparser.parse(Rss().write(feed(entry(title="a\x0bb")))).bozo
