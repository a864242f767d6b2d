"""axe-core, the checker behind many others, finds nothing on any page: WCAG 2.2 AA and good practice.

Vietnamese is looked at by day on a phone, English by night on a desk (see `walk.py`).
"""

import pytest

from tests.functional.walk import BY_NAME, DESKTOP, PHONE, TAGS, Walker, each_page, resize, told

pytestmark = pytest.mark.once


@each_page
def test_axe_finds_nothing(looked, name):
    found = told({language: seen.axe for language, seen in looked(name).items()})
    assert not found, found


@each_page
def test_the_focus_is_seen_at_every_stop(looked, name):
    found = told({language: seen.focus for language, seen in looked(name).items()})
    assert not found, found


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", ["home", "queue-editor-all"])
def test_axe_finds_nothing_in_menus_and_dialogs(site, world, browser, name, size):
    """What lies over a page is looked at one by one, open."""
    walker = Walker(site, world, browser)
    page = walker.page
    resize(page, size)
    walker.open(BY_NAME[name], "vi")
    over = page.locator("details.menu, details.drop, details.desk-more, dialog")
    opened, found = 0, []
    for one in over.all():
        if page.evaluate("el => el.tagName === 'DIALOG' || el.checkVisibility()", one.element_handle()):
            one.evaluate("el => { if (el.showModal) el.showModal(); else el.open = true; }")
            found += page.evaluate("tags => probes.axe(tags)", TAGS)
            one.evaluate("el => { if (el.close) el.close(); else el.open = false; }")
            opened += 1
    walker.close()
    assert opened or (name == "home" and size == DESKTOP)
    assert not found, "\n".join(found)


def test_axe_would_find_something(site, world, browser):
    """The look itself is looked at: a picture without a text and a grey word on grey are found."""
    walker = Walker(site, world, browser)
    page = walker.page
    walker.open(BY_NAME["home"], "vi")
    page.evaluate(
        """() => {
            const word = Object.assign(document.createElement("p"), { textContent: "xám" });
            word.style.cssText = "color: #999; background: #aaa";
            document.querySelector("main").append(new Image(), word);
        }"""
    )
    found = " ".join(page.evaluate("tags => probes.axe(tags)", TAGS))
    walker.close()
    assert "image-alt" in found
    assert "color-contrast" in found


def test_a_focus_that_is_not_seen_would_be_found(site, world, browser):
    walker = Walker(site, world, browser)
    page = walker.page
    walker.open(BY_NAME["home"], "vi")
    page.keyboard.press("Tab")
    assert page.evaluate("probes.focus()") == []
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync("*:focus-visible { outline: none !important; box-shadow: none !important }");
            document.adoptedStyleSheets.push(sheet);
        }"""
    )
    found = page.evaluate("probes.focus()")
    walker.close()
    assert len(found) > 20
    assert found[0].startswith("no sign of focus: a.skip")
