import io

import pytest
from django.utils import translation
from rich.console import Console

from kiemtin.checks.models import ExternalReview
from kiemtin.config.reply_json import reply_object
from kiemtin.config.reply_text import print_reply
from kiemtin.matching.ask import Found, Reply
from kiemtin.matching.finding import of_external_review
from kiemtin.retrieval import Band, Guard, Match, Part


def found(number=1, *, probability=0.9, part=None, near_copy=False, guards=(), **fields):
    given = {
        "key": f"k{number}",
        "publisher_name": "Báo Kiểm",
        "claim": f"Tin đồn {number}",
        "rating": "Sai bét",
        "summary": "Vì không có bằng chứng.",
        "url": f"https://example.org/{number}",
        "sources": [{"title": "Nguồn", "publisher": "Viện", "url": "https://example.org/s"}],
    }
    match = Match(f"k{number}", f"k{number}", 1.0, probability, part, near_copy, guards)
    return Found(of_external_review(ExternalReview(**(given | fields))), match)


def shown(reply, message="tin", width=100):
    out = io.StringIO()
    print_reply(Console(file=out, width=width), reply, message)
    return out.getvalue()


def test_an_answer_shows_the_check_its_sources_and_nothing_else():
    text = shown(Reply(Band.ANSWER, (found(1), found(2))))
    assert text.startswith("✔ ")
    for part in ("Tin đồn 1", "Báo Kiểm: Sai bét", "Vì không có", "https://example.org/1", "Nguồn, Viện", "90%"):
        assert part in text
    assert "Tin đồn 2" not in text


def test_perhaps_asks_about_three_and_drops_the_far_ones():
    reply = Reply(Band.MAYBE, (found(1, probability=0.001), found(2, probability=0.5), found(3, probability=0.01)))
    text = shown(reply)
    assert text.startswith("? ")
    assert "Tin đồn 1" in text
    assert "< 1%" in text
    assert "Tin đồn 2" in text
    assert "Tin đồn 3" not in text
    assert "Nguồn" not in text


def test_no_answer_shows_no_check():
    text = shown(Reply(Band.NONE, (found(1),)))
    assert text.startswith("– ")
    assert "Tin đồn" not in text


@pytest.mark.parametrize("band", [Band.ANSWER, Band.MAYBE, Band.NONE])
def test_each_band_has_a_sign_of_its_own(band):
    signs = {shown(Reply(one, (found(),)))[0] for one in Band}
    assert len(signs) == 3


def test_the_guard_that_held_an_answer_back_is_told():
    text = shown(Reply(Band.MAYBE, (found(),), guards=(Guard.NUMBERS,)))
    assert "A number in the message differs" in text
    assert "A number" not in shown(Reply(Band.NONE, (), guards=(Guard.NUMBERS,)))
    assert "only a link" in shown(Reply(Band.NONE, (), guards=(Guard.LINK_ONLY,)))


def test_the_part_that_matched_is_quoted_and_shortened():
    message = "x" * 50 + "phần này khớp " + "y" * 400
    assert "“phần này khớp”" in shown(Reply(Band.ANSWER, (found(part=Part(50, 63)),)), message)
    assert " … " in shown(Reply(Band.ANSWER, (found(part=Part(50, 463)),)), message)


def test_without_the_encoder_it_says_so():
    assert "by words only" in shown(Reply(Band.NONE, encoder=False))
    assert "by words only" not in shown(Reply(Band.NONE, encoder=True))


def test_probability_is_never_certainty():
    assert "> 99%" in shown(Reply(Band.ANSWER, (found(probability=1.0),)))
    assert "near copy" in shown(Reply(Band.ANSWER, (found(near_copy=True),)))


def test_a_foreign_text_can_neither_mark_up_nor_move_the_cursor():
    text = shown(Reply(Band.ANSWER, (found(claim="[bold]x[/bold] \x1b[2J", publisher_name="[link=x]P"),)))
    assert "[bold]x[/bold]" in text
    assert "[link=x]P" in text
    assert "\x1b[2J" not in text


def test_an_address_is_never_broken_over_lines():
    url = "https://example.org/" + "a" * 200
    assert url in shown(Reply(Band.ANSWER, (found(url=url),)), width=40)


def test_no_rating_is_told():
    assert "Báo Kiểm: no rating given" in shown(Reply(Band.ANSWER, (found(rating=""),)))


def test_in_vietnamese():
    with translation.override("vi"):
        text = shown(Reply(Band.MAYBE, (found(),), guards=(Guard.NUMBERS,), encoder=False))
    assert "Có con số trong tin khác với bài kiểm chứng." in text
    assert "Chỉ đối chiếu theo từ ngữ" in text


def test_json_holds_all_matches_with_offsets_and_text():
    reply = Reply(Band.MAYBE, (found(1, part=Part(4, 7), guards=(Guard.DATES,)), found(2)), (Guard.DATES,))
    value = reply_object(reply, "0123abc89")
    assert (value["band"], value["guards"], value["encoder"]) == ("maybe", ["dates"], True)
    first, second = value["matches"]
    assert first["part"] == {"start": 4, "end": 7, "text": "abc"}
    assert first["guards"] == ["dates"]
    assert second["part"] is None
    assert first["publisher"] == {"name": "Báo Kiểm", "site": ""}
    assert first["rating"] == "Sai bét"
