"""axe-core, the checker behind many others, finds nothing on any page: WCAG 2.2 AA and good practice.

Vietnamese is looked at by day on a phone, English by night on a desk (see `walk.py`).
"""

from tests.functional.walk import BY_NAME, TAGS, Walker, each_page, equip, told


@each_page
def test_axe_finds_nothing(visit, name):
    found = told({language: seen.axe for language, seen in visit(name).items()})
    assert not found, found


@each_page
def test_the_focus_is_seen_at_every_stop(visit, name):
    found = told({language: seen.focus for language, seen in visit(name).items()})
    assert not found, found


def test_axe_would_find_something(site, world, browser):
    """The look itself is looked at: a picture without a text and a grey word on grey are found."""
    walker = Walker(site, world, browser)
    page = walker.window("").page
    walker.arrive(page, BY_NAME["home"], "vi")
    equip(page)
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
