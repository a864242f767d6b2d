"""What the kinds beside plain data feeds do: other desks, and the tables of Cofacts."""

import pytest

from kiemtin.checks.models import ExternalReview
from kiemtin.exchange.sources import Outcome, Schedule, SourceKind
from tests.unit.exchange.readers.test_cofacts import ARTICLE, LINK, REPLY, put, written  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


def test_the_address_of_a_desk_is_enough(source, look, publish, node, web):
    publish(node(1), place="publisher.example/feeds/claimreview.json")
    row = source(kind=SourceKind.DESK, address=web.url("publisher.example/"), every=Schedule.HALF_MINUTE)
    assert row.address == web.url("publisher.example/feeds/claimreview.json")
    assert look(row).added == 1


def test_what_another_desk_only_passes_on_is_not_its_own(source, look, publish, node, web, settings):
    """Neither our checks, which would come back to us, nor those of a third."""
    settings.KIEMTIN_ADDRESS = "https://kiem.example"
    ours = node(2, url="https://kiem.example/checks/2/x/")
    third = node(3, url="https://khac.example/3")
    publish(node(1), ours, third)
    report = look(source(kind=SourceKind.DESK, is_collection=True))
    assert (report.added, report.left_out["own"], report.left_out["elsewhere"]) == (1, 1, 1)


def test_cofacts_tables_from_three_addresses(source, look, web, put):  # noqa: F811
    folder = put()
    names = ("articles", "article_replies", "replies")
    for name in names:
        web.put(f"data.example/{name}.csv.zip", (folder / f"{name}.csv.zip").read_bytes())
    address = "\n".join(web.url(f"data.example/{name}.csv.zip") for name in names)
    row = source(kind=SourceKind.COFACTS, address=address, publisher="")
    report = look(row)
    assert (report.outcome, report.added) == (Outcome.TAKEN, 1)
    review = ExternalReview.objects.get()
    assert (review.publisher_name, review.rating) == ("Cofacts", "RUMOR")
    assert look(row).outcome is Outcome.SAME


def test_cofacts_tables_from_one_zip_file(source, look, web, put):  # noqa: F811
    web.put("data.example/all.zip", put(one=True).read_bytes(), headers={"ETag": '"a"'})
    row = source("data.example/all.zip", kind=SourceKind.COFACTS)
    assert look(row).added == 1
    assert look(row).outcome is Outcome.SAME
    assert web.seen[-1][1]["If-None-Match"] == '"a"'


def test_an_article_that_is_now_called_an_opinion_is_withdrawn(source, look, web, put):  # noqa: F811
    articles = [ARTICLE | {"id": f"a{number}", "text": f"Tin {number}"} for number in range(9)]
    links = [LINK | {"articleId": row["id"], "replyId": f"r{row['id']}"} for row in articles]
    replies = [REPLY | {"id": link["replyId"]} for link in links]
    row = source("data.example/all.zip", kind=SourceKind.COFACTS)
    web.put("data.example/all.zip", put(articles, links, replies, one=True).read_bytes())
    look(row)
    replies[0] |= {"type": "OPINIONATED"}
    web.put("data.example/all.zip", put(articles, links, replies, one=True).read_bytes())
    assert look(row).withdrawn == 1
    assert ExternalReview.objects.get(withdrawn=True).claim == "Tin 0"


def test_a_table_that_breaks_off_withdraws_nothing(source, look, web, put):  # noqa: F811
    row = source("data.example/all.zip", kind=SourceKind.COFACTS)
    articles = [ARTICLE | {"id": f"a{number}", "text": f"Tin {number}"} for number in range(9)]
    links = [LINK | {"articleId": one["id"]} for one in articles]
    web.put("data.example/all.zip", put(articles, links, one=True).read_bytes())
    look(row)
    broken = {"article_replies": b"a,b\n1,2\n"}
    web.put("data.example/all.zip", put(articles, links, one=True, raw=broken).read_bytes())
    report = look(row)
    assert (report.outcome, report.withdrawn) == (Outcome.PARTLY, 0)


def test_what_is_no_table_is_reported(source, look, web):
    web.put("data.example/all.zip", b"<html>")
    assert look(source("data.example/all.zip", kind=SourceKind.COFACTS)).outcome is Outcome.UNREADABLE
