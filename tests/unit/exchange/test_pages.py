import datetime as dt

import pytest

from kiemtin.exchange.pages import (
    NotYourPageError,
    PageContent,
    PageError,
    PageMarkup,
    PageRating,
    checked,
    page_address,
    reviews_of,
)

SITE = "baokiem.example"


def content(**fields):
    given = {"url": f"https://www.{SITE}/1", "markups": (PageMarkup("Tỏi chữa khỏi Covid-19", PageRating("Sai")),)}
    return PageContent(**given | fields)


def test_texts_are_made_clean_and_an_address_of_the_page_itself_is_left_out():
    rating = PageRating("<b>Sai</b> ", value=1, why="a&amp;b")
    markup = PageMarkup(" Tỏi\x00 chữa ", rating, url=f"https://www.{SITE}/1#x", claim_date="2026-11-01T10:00:00Z")
    (clean,) = checked(content(markups=(markup,)), site=SITE).markups
    assert (clean.claim, clean.rating.words, clean.rating.why, clean.url) == ("Tỏi chữa", "Sai", "a&b", "")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://a.example/x#y", "https://a.example/x"),
        ("a.example/x", "https://a.example/x"),
        ("javascript:alert(1)", ""),
        ("http://localhost/x", ""),
        ("", ""),
    ],
)
def test_a_page_is_known_by_its_address_without_fragment(typed, address):
    assert page_address(typed) == address


@pytest.mark.parametrize("url", ["https://khac.example/", f"https://{SITE}.khac.example/", f"https://x{SITE}/"])
def test_another_site_is_refused(url):
    with pytest.raises(NotYourPageError):
        checked(content(url=url), site=SITE)
    markup = PageMarkup("Tin", PageRating("Sai"), url=url)
    with pytest.raises(NotYourPageError):
        checked(content(markups=(markup,)), site=SITE)


@pytest.mark.parametrize(
    ("markup", "field"),
    [
        (PageMarkup(" ", PageRating("Sai")), "claimReviewMarkups.0.claimReviewed"),
        (PageMarkup("Tin", PageRating("<br>")), "claimReviewMarkups.0.rating.textualRating"),
        (PageMarkup("Tin", PageRating("Sai"), claim_date="hôm qua"), "claimReviewMarkups.0.claimDate"),
    ],
)
def test_what_is_missing_is_named(markup, field):
    with pytest.raises(PageError) as caught:
        checked(content(markups=(markup,)), site=SITE)
    assert caught.value.field == field


def test_reviews_stand_under_the_publisher_and_have_the_keys_of_an_import():
    from kiemtin.exchange.mapping.claimreview import to_review

    clean = checked(content(published=dt.date(2026, 11, 20)), site=SITE)
    (review,) = reviews_of(clean, publisher="Báo Kiểm", site=SITE)
    assert (review.publisher_name, review.publisher_site, review.rating) == ("Báo Kiểm", SITE, "Sai")
    assert (review.language, review.published) == ("vi", dt.date(2026, 11, 20))
    imported = to_review({"@type": "ClaimReview", "url": clean.url, "claimReviewed": "Tỏi chữa khỏi Covid-19"})
    assert review.key == imported.key
