"""The number of queries of a page does not grow with the library."""

import pytest

MOST = 12


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/en/",
        "/checks/",
        "/en/checks/?topic=health&verdict=false&language=vi",
        "/checks/?page=2",
        "/checks/?q=tỏi",
        "/search/?q=tỏi",
        "/corrections/",
        "/method/",
        "/scale/",
        "/about/",
        "/corrections/policy/",
        "/contact/",
        "/desks/nguon-that/method/",
        "/desks/nguon-that/method/vi/1/",
        "/privacy/",
        "/robots.txt",
        "/reuse/",
        "/log/",
    ],
)
def test_pages_of_fifty_checks(client, many, index, path, django_assert_max_num_queries):
    index()
    with django_assert_max_num_queries(MOST):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "end", ["", "revisions/", "revisions/1/", "revisions/1-2/", "report/", "report/thanks/", "embed/"]
)
def test_pages_of_one_check(client, many, end, django_assert_max_num_queries):
    check = many[25]
    path = f"/checks/{check.pk}/{end or 'tin-25/'}"
    with django_assert_max_num_queries(MOST):
        assert client.get(path).status_code == 200
