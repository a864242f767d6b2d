import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from kiemtin.public.origin import from_here, open_form


@pytest.mark.parametrize(
    ("headers", "is_from_here"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://kiemtin.example"}, True),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_a_form_is_taken_only_from_pages_of_this_site(rf, settings, headers, is_from_here):
    settings.KIEMTIN_ADDRESS = "https://kiemtin.example"
    settings.ALLOWED_HOSTS = ["testserver"]
    assert from_here(rf.post("/", headers=headers)) is is_from_here


def test_another_sites_form_is_refused_but_its_links_are_followed(rf, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    view = open_form(lambda request: HttpResponse("taken"))
    foreign = {"Sec-Fetch-Site": "cross-site"}
    with pytest.raises(PermissionDenied):
        view(rf.post("/", headers=foreign))
    assert view(rf.get("/", headers=foreign)).content == b"taken"
    assert view.csrf_exempt
