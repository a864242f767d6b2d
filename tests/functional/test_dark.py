"""Dark where the device is dark, and as the reader chose."""

import pytest

from tests.functional.walk import each_page

pytestmark = pytest.mark.once


@each_page
def test_every_page_follows_the_device(looked, name):
    for seen in looked(name).values():
        assert seen.ground["light"] > 0.75
        assert seen.ground["dark"] < 0.05


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_choice_outlives_the_page_and_holds_at_the_desk(site, open_page, sign_in, scheme):
    other = "dark" if scheme == "light" else "light"
    page = sign_in("checker", scheme=other)
    page.goto(f"{site.address}/")
    page.check(f"footer [name=theme][value={scheme}]")
    for path in ("/", "/checks/", "/desk/", "/account/2fa/"):
        page.goto(f"{site.address}{path}")
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == scheme
    page.goto(f"{site.address}/")
    page.check("footer [name=theme][value=auto]")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == other
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == other
