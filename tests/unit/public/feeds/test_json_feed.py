import json

import jsonschema
import pytest

from kiemtin.public.feeds.json_feed import JsonFeed
from tests.unit.public.feeds.json_feed_schema import SCHEMA


def test_it_keeps_to_the_rules(feed, entry):
    for one in (feed(), feed(entries=()), feed(entry(image=""))):
        jsonschema.validate(json.loads(JsonFeed().write(one)), SCHEMA)


def test_the_rules_find_faults(feed, entry):
    for one in (feed(entry(address="/checks/1/")), feed(entry(identity="")), feed(title="")):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(json.loads(JsonFeed().write(one)), SCHEMA)


def test_it_tells_more_than_the_format_has_words_for(feed):
    told = json.loads(JsonFeed().write(feed()))
    assert told["_kiemtin"]["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert told["items"][0]["_kiemtin"] == {"claim": "Tin", "verdict": "false", "state": "published"}
    assert told["items"][0]["tags"] == ["Sức khỏe"]
