import pytest


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def three(published, ready_pages, desk):
    ready_pages(desk, "en")
    return [
        published(claim="Tỏi chữa Covid-19", topic="health", verdict="false"),
        published(claim="Mã PIN báo công an", topic="scam", verdict="misleading", summary="Không.", wordings=()),
        published(claim="Bananas carry HIV", topic="health", verdict="false", language="en"),
    ]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Tỏi", "Mã", "Bananas"}),
        ("?topic=health", {"Tỏi", "Bananas"}),
        ("?verdict=misleading", {"Mã"}),
        ("?language=vi", {"Tỏi", "Mã"}),
        ("?topic=health&language=en", {"Bananas"}),
        ("?topic=unknown", {"Tỏi", "Mã", "Bananas"}),
        ("?topic=world", set()),
    ],
)
def test_the_list_is_narrowed_down(client, three, query, shown):
    text = page(client, f"/en/checks/{query}")
    assert {word for word in ("Tỏi", "Mã", "Bananas") if f">{word} " in text} == shown
    assert ("Nothing fits" in text) is not shown


def test_filters_are_kept_while_leafing(client, many):
    text = page(client, "/checks/?topic=health")
    assert "page=2" not in text
    text = page(client, "/checks/?language=vi")
    assert 'href="?language=vi&amp;page=2"' in text
    assert "noindex" in text


def test_the_search_works_without_javascript(client, three, index):
    index()
    text = page(client, "/en/checks/?q=tỏi")
    assert "Closest to “tỏi”" in text
    assert "Tỏi chữa" in text
    assert 'value="tỏi"' in text
    assert "Mã PIN" not in text


def test_what_was_searched_for_is_no_markup(client, db):
    text = page(client, "/en/checks/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_suggestions_are_a_piece_of_a_page(client, three, index):
    index()
    text = page(client, "/en/search/?q=tỏi")
    assert "<html" not in text
    assert "Tỏi chữa" in text
    assert "/en/checks/?q=t%E1%BB%8Fi" in text
    assert client.get("/en/search/?q=toi")["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("query", ["", "?q=", "?q=a"])
def test_nothing_is_suggested_for_nothing(client, three, query, monkeypatch):
    monkeypatch.setattr("kiemtin.public.views.checks.search", None)  # would fail if it were asked
    assert "<ul" not in page(client, f"/en/search/{query}")


def test_a_review_of_another_publisher_is_shown_under_its_name(client, three, index, review):
    from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews

    upsert_external_reviews(
        reviews=[review(1, claim="Tỏi ngâm trị ung thư", rating="Tin giả", url="javascript:alert(1)")], by="test"
    )
    index()
    text = page(client, "/en/checks/?q=tỏi")
    assert "Báo Kiểm: “Tin giả”" in text
    assert "Checked by another publisher" in text
    assert "javascript:" not in text
    assert "Báo Kiểm" not in page(client, "/en/checks/?q=tỏi&topic=health")
