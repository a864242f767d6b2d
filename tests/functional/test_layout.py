"""Every page at 320 px, and at 1280 px with everything twice as large: nothing is cut, nothing lies outside."""

import pytest

from tests.functional.walk import BY_NAME, NARROW, ZOOMED, Walker, each_page, resize, told

pytestmark = pytest.mark.once


@each_page
@pytest.mark.parametrize("size", [NARROW, ZOOMED], ids=["320px", "zoomed"])
def test_it_fits(looked, name, size):
    found = told({language: seen.layout[size] for language, seen in looked(name).items()})
    assert not found, found


@each_page
def test_a_finger_hits_it(looked, name):
    found = told({language: seen.touch for language, seen in looked(name).items()})
    assert not found, found


def test_what_does_not_fit_would_be_found(site, world, browser):
    walker = Walker(site, world, browser)
    page = walker.page
    walker.open(BY_NAME["home"], "vi")
    resize(page, NARROW)
    page.evaluate(
        """() => {
            const add = (css, tag = "p") => {
                const el = Object.assign(document.createElement(tag), { textContent: "một dòng chữ dài" });
                el.style.cssText = css;
                document.querySelector("main").append(el);
            };
            add("width: 400px"); add("width: 3em; overflow: hidden; white-space: nowrap");
            add("height: 16px; min-height: 0; padding: 0", "button");
        }"""
    )
    found = " ".join(page.evaluate("probes.layoutWithMenus()"))
    touch = " ".join(page.evaluate("probes.touch()"))
    walker.close()
    assert "the page is" in found
    assert "outside: p" in found
    assert "cut: p" in found
    assert "not 44: button" in touch
