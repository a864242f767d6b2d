import pytest
from django.utils import translation

from kiemtin.accounts.enums import PageKind
from kiemtin.exchange.mapping.addresses import check_address, check_identity, desk_address, site_language


@pytest.mark.parametrize(("code", "home"), [("vi", "vi"), ("en", "en"), ("fr", "vi"), ("", "vi")])
def test_a_language_that_the_site_does_not_have_is_at_home_in_the_first(code, home):
    assert site_language(code) == home


def test_addresses_do_not_depend_on_who_asks(published, desk, settings):
    settings.KIEMTIN_ADDRESS = "https://kiemtin.example"
    check = published()
    for language in ("vi", "en"):
        with translation.override(language):
            assert check_address(check) == f"https://kiemtin.example/checks/{check.pk}/{check.slug}/"
            assert check_identity(check) == f"https://kiemtin.example/checks/{check.pk}/"
            assert desk_address(desk, PageKind.METHOD) == "https://kiemtin.example/desks/nguon-that/method/"


def test_it_is_the_address_that_the_page_has(client, published):
    check = published()
    path = check_address(check).removeprefix("http://localhost:8000")
    assert client.get(path).status_code == 200
    assert client.get(check_identity(check).removeprefix("http://localhost:8000"))["Location"] == path
