from django.http import HttpResponse

from kiemtin.public.private import private


def test_an_answer_is_between_the_site_and_one_asker(rf):
    response = private(lambda request: HttpResponse("x"))(rf.get("/"))
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_forms_still_tell_where_they_come_from(rf):
    """With `no-referrer` browsers send `Origin: null`, and those without Sec-Fetch-Site would be refused."""
    assert private(lambda request: HttpResponse("x"))(rf.get("/"))["Referrer-Policy"] == "same-origin"
