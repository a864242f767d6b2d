import pytest
from django.utils import translation

from kiemtin.checks.enums import Topic
from kiemtin.public.feeds.offered import offers
from kiemtin.public.feeds.registry import FORMATS


@pytest.mark.parametrize(("language", "prefix"), [("vi", ""), ("en", "/en")])
def test_each_feed_is_offered_in_each_format_and_in_the_language_of_the_page(language, prefix):
    with translation.override(language):
        found = offers([Topic.HEALTH])
    paths = [link.path for offer in found for link in offer.links]
    names = ("checks", "corrections", "alerts", "topics/health")
    assert paths == [f"{prefix}/feeds/{name}.{form}" for name in names for form in FORMATS]
    assert [offer.topic for offer in found] == ["", "", "", "health"]
