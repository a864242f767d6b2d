import pytest

from kiemtin.public.pages import others


def test_every_page_leads_to_the_other_language():
    assert [(link.code, link.name, link.url) for link in others("/en/checks/")] == [("vi", "Tiếng Việt", "/checks/")]


@pytest.mark.django_db
def test_a_page_says_where_it_is_at_home_and_where_its_translation_is(client, settings):
    settings.KIEMTIN_ADDRESS = "https://kiemtin.example"
    page = client.get("/en/scale/").content.decode()
    assert '<link rel="canonical" href="https://kiemtin.example/en/scale/">' in page
    assert '<link rel="alternate" hreflang="en" href="https://kiemtin.example/en/scale/">' in page
    assert '<link rel="alternate" hreflang="vi" href="https://kiemtin.example/scale/">' in page
    assert '<link rel="alternate" hreflang="x-default" href="https://kiemtin.example/scale/">' in page
