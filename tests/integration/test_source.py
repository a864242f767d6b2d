"""`kiemtin source`, against a publisher on this machine."""

import json

import pytest

from tests.web import HOST, feed, running_web

pytestmark = pytest.mark.allow_hosts([HOST])
CLAIM = "Uống nước lá đu đủ đực mỗi sáng chữa khỏi ung thư phổi trong ba tuần"


@pytest.fixture
def web():
    with running_web() as web:
        yield web


@pytest.fixture
def with_desk(kiemtin):
    assert kiemtin("desk", "create", "nguon-that", "Nguồn Thật", "--intake").status == 0
    return kiemtin


@pytest.fixture
def address(web, claim_review):
    node = claim_review(url=f"http://{HOST}:{web.port}/1", claimReviewed=CLAIM)
    web.put(f"{HOST}/feed.json", json.dumps(feed(node)))
    return f"http://{HOST}:{web.port}/feed.json"


def add(kiemtin, address, *more):
    return kiemtin(
        "source", "add", "Báo Kiểm", address, "--desk", "nguon-that", "--licence", "CC0", "--kind", "datafeed", *more
    )


def test_a_source_is_added_fetched_and_answers(with_desk, web, address):
    added = add(with_desk, address)
    assert added.status == 0, added.err
    allowed = {"KIEMTIN_FETCH_ALLOW": f"{HOST}:{web.port}"}
    fetched = with_desk("source", "fetch", "1", "--no-encoder", **allowed)
    assert (fetched.status, fetched.out.strip()) == (0, "Báo Kiểm: Fetched. 1 review came.")
    assert "Báo Kiểm" in with_desk("ask", CLAIM, "--no-encoder").out
    assert "Nothing new." in with_desk("source", "fetch", "--no-encoder", **allowed).out
    listed = with_desk("source", "list").out
    assert "nguon-that" in listed
    assert with_desk("source", "pause", "1").out.strip() == "Báo Kiểm is paused. Its reviews stay as they are."
    assert with_desk("source", "fetch", **allowed).out == "", "a paused source is fetched only by its number"
    assert "looked at again" in with_desk("source", "pause", "1", "--resume").out


def test_this_machine_is_not_asked_unless_it_is_allowed(with_desk, web, address):
    add(with_desk, address)
    fetched = with_desk("source", "fetch", "--no-encoder")
    assert fetched.status == 1
    assert "private network" in fetched.err
    assert web.seen == []


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("source", "pause", "9"), "There is no source 9."),
        (("source", "fetch", "9"), "There is no source 9."),
        (("source", "add", "x", "ftp://a.example", "--desk", "nguon-that", "--licence", "x", "--kind", "desk"), "http"),
        (("source", "add", "x", "https://a.example", "--desk", "y", "--licence", "x", "--kind", "desk"), "no desk"),
        (
            (
                *[
                    "source",
                    "add",
                    "x",
                    "https://a.example",
                    "--desk",
                    "nguon-that",
                    "--licence",
                    "x",
                    "--kind",
                    "cofacts",
                    "--every",
                    "5m",
                ],
            ),
            "not looked at so often",
        ),
    ],
)
def test_what_cannot_be_done_ends_with_status_2(with_desk, arguments, reason):
    done = with_desk(*arguments)
    assert done.status == 2
    assert reason in done.err
