"""What anybody, a publisher that is followed or somebody at the desk can bring becomes text on every page, and no more.

Not only stopped by the policy of the page: no element, attribute or address of an attack is in a page at all.
"""

import json
import subprocess
import sys
from functools import cache
from urllib.parse import urlencode

import pytest

from tests.functional.attacks import FORMS, Watch, labels_in
from tests.functional.conftest import running_site
from tests.functional.hostile_fields import HIDDEN
from tests.functional.pages import FLOODED, PAGES, PASSWORD, Entry
from tests.functional.walk import BY_NAME, ROOT, arrive, session_of
from tests.patience import BROWSERS_PATIENCE

pytestmark = pytest.mark.once

ATTACK = FORMS[0].format(label="sent")
GIVEN = (Entry("attack", "public:check", "/checks/{attacks[check]}/"), *(
    Entry(f"attack-{name}", f"public:{url}", path)
    for name, url, path in (
        ("card", "embed", "/checks/{attacks[check]}/embed/"),
        ("entry", "log-entry", "/log/entry/{last}/"),
        ("entry-before", "log-entry", "/log/entry/{last_but_one}/"),
        ("log", "log", "/log/"),
    )
))  # fmt: skip
WITHOUT = {"500", "copies-wrong"}  # breaks on purpose; asks for a form that an address of an attack is not given
OTHERS = (
    "/feeds/checks.atom", "/feeds/checks.rss", "/feeds/checks.json", "/feeds/corrections.rss", "/feeds/alerts.rss",
    "/feeds/alerts.atom", "/feeds/topics/everyday.rss", "/feeds/claimreview.json", "/sitemap.xml",
    "/oembed?url={address}/checks/{attacks[check]}/", "/log/published/000.p/{entries}", "/search/?q=bẫy",
    "/api/v1/checks", "/api/v1/checks/{attacks[check]}", "/v1alpha1/claims:search?query=bẫy",
    "/v1alpha1/pages/{attacks[page]}", "/v1alpha1/pages?organization=localhost", "/robots.txt", "/manifest.webmanifest",
)  # fmt: skip


# One page of each view and role: what is sent back does not depend on the state that a case is in.
ONE_OF_A_KIND = list(
    {(one.url, one.who): one.name for one in reversed(PAGES) if one.do is None and one.status == 200}.values()
)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """A site of its own: whoever comes after finds attacks wherever there is a text."""
    with running_site(tmp_path_factory.mktemp("attacked")) as site:
        yield site


@pytest.fixture(scope="module")
def hostile(attacked):
    """What there is on it."""
    command = [sys.executable, "-m", "tests.functional.hostile", PASSWORD, FLOODED]
    made = subprocess.run(command, cwd=ROOT, env=attacked.environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    count = told["attacks"]["entries"]
    return told | {"last": count - 1, "last_but_one": count - 2, "entries": count, "address": attacked.address}


@pytest.fixture(scope="module")
def window(attacked, browser):
    """A page of a browser, watched."""
    context = browser.new_context(service_workers="block", reduced_motion="reduce")
    context.set_default_timeout(BROWSERS_PATIENCE)
    page, watch = context.new_page(), Watch(attacked.address)
    watch.follow(page)
    yield page, watch
    context.close()


@pytest.fixture(scope="module")
def look(attacked, hostile, window):
    """Return what a page comes to: its status, what went wrong, and the labels of the attacks that stand in it."""
    page, watch = window

    @cache
    def seen(entry):
        open_as(page, entry, attacked, hostile)
        watch.clear()
        answer = arrive(page, entry, "vi", site=attacked, world=hostile)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        return answer.status, watch.findings(page), labels_in(page.content())

    return seen


def open_as(page, entry, site, world):
    page.context.clear_cookies()
    if entry.who:
        page.context.add_cookies([session_of(entry.who, site, world)])


def test_every_text_of_every_model_holds_an_attack(hostile):
    """A new field of a model is empty here until the world fills it, or `hostile.KEPT` says why nobody chooses it."""
    assert hostile["attacks"]["empty"] == []


@pytest.mark.parametrize("name", [name for name in BY_NAME if name not in WITHOUT])
def test_a_page_shows_attacks_as_text(look, name):
    status, findings, _ = look(BY_NAME[name])
    assert findings == []
    assert status == BY_NAME[name].status


@pytest.mark.parametrize("entry", GIVEN, ids=lambda entry: entry.name)
def test_what_was_published_with_an_attack_shows_it_as_text(look, entry):
    status, findings, labels = look(entry)
    assert findings == []
    assert status == 200
    assert labels


def test_the_pages_show_every_attack_but_those_that_nobody_is_shown(look, hostile):
    seen = set().union(*(look(entry)[2] for entry in (*PAGES, *GIVEN) if entry.name not in WITHOUT))
    unseen = {name for name, label in hostile["attacks"]["labels"].items() if label not in seen}
    assert unseen == set(HIDDEN)


@pytest.mark.parametrize("path", OTHERS)
def test_programs_are_given_attacks_as_text(window, attacked, hostile, path):
    page, _ = window
    page.context.clear_cookies()
    page.goto(f"{attacked.address}/privacy/")
    found = page.evaluate(PARSED, path.format(**hostile))
    assert found == []


@pytest.mark.parametrize("path", ["/feeds/checks.atom", "/feeds/claimreview.json", "/api/v1/checks", "/oembed"])
def test_a_browser_that_opens_what_is_for_programs_runs_nothing(window, attacked, hostile, path):
    page, watch = window
    page.context.clear_cookies()
    watch.clear()
    page.goto(attacked.address + path)
    assert watch.findings(page) == []


PARSED = """async path => {
    const answer = await fetch(path), kind = answer.headers.get("Content-Type"), text = await answer.text();
    if (answer.status !== 200) return [`status ${answer.status}`];
    const html = text => window.ktFound(new DOMParser().parseFromString(text, "text/html"));
    const inJson = (value, name) => typeof value === "string"
        ? (/html$/.test(name) ? html(value) : [])
        : Object.entries(value ?? {}).flatMap(([inner, one]) => inJson(one, inner));
    if (kind.includes("ndjson")) return text.trim().split("\\n").flatMap(line => inJson(JSON.parse(line), ""));
    if (kind.includes("json")) return inJson(JSON.parse(text), "");
    if (!kind.includes("xml")) return kind.includes("html") ? html(text) : [];
    const xml = new DOMParser().parseFromString(text, "text/xml");
    const found = [...xml.querySelectorAll("parsererror")].map(one => one.textContent);
    // What readers of feeds show as HTML.
    const shown = xml.querySelectorAll("content[type=html], description, encoded");
    return [...found, ...window.ktFound(xml), ...[...shown].flatMap(one => html(one.textContent))];
}"""

PARAMETERS = (
    *("q", "text", "code", "find", "key", "kind", "query", "seen", "show", "theme", "topic", "verdict", "language"),
    *("next", "tab", "sort", "asked", "state", "who", "day", "verb", "url", "format", "maxwidth", "view", "title"),
    *("type", "nature", "demand", "from", "to", "min"),
)
NUMBERS = ("page", "case", "opened", "after")  # without the others: a page may say at once that there is none such


@pytest.mark.parametrize("names", [PARAMETERS, NUMBERS], ids=["words", "numbers"])
@pytest.mark.parametrize("name", ONE_OF_A_KIND)
def test_an_attack_in_an_address_is_shown_as_text(window, attacked, hostile, name, names):
    page, watch = window
    entry = BY_NAME[name]
    open_as(page, entry, attacked, hostile)
    watch.clear()
    path = entry.path.format(**hostile).partition("?")[0].removeprefix(attacked.address)
    answer = page.goto(f"{attacked.address}{path}?{urlencode(dict.fromkeys(names, ATTACK))}")
    assert watch.findings(page) == []
    assert answer.status < 500


FILL = """([at, attack]) => {
    const form = document.forms[at];
    const kinds = new Set(["text", "search", "url", "email", "tel", "textarea", "hidden"]);
    const kept = /csrf|version|TOTAL_FORMS|INITIAL_FORMS|number|website/;
    let count = 0;
    for (const field of form.elements) {
        if (field.type === "file") {
            const files = new DataTransfer();
            files.items.add(new File(["%PDF-1.7"], `${attack}.pdf`));
            field.files = files.files;
            count += 1;
        } else if (kinds.has(field.type) && !kept.test(field.name)) {
            field.value = attack;
            count += field.type !== "hidden";
        }
    }
    return form.action.includes("logout") ? 0 : count;
}"""


@pytest.mark.parametrize("name", ONE_OF_A_KIND)
def test_an_attack_in_a_form_is_shown_as_text(window, attacked, hostile, name):
    """In every field of every form, as often as not more than the field takes; what came of it is seen at once."""
    page, watch = window
    entry = BY_NAME[name]
    open_as(page, entry, attacked, hostile)
    watch.clear()
    arrive(page, entry, "vi", site=attacked, world=hostile)
    found, is_there = [], True
    for at in range(page.evaluate("document.forms.length")):
        if not is_there:
            watch.clear()
            arrive(page, entry, "vi", site=attacked, world=hostile)
        is_there = at >= page.evaluate("document.forms.length") or not page.evaluate(FILL, [at, ATTACK])
        if is_there:
            continue
        with page.expect_navigation() as sent:
            page.evaluate("at => HTMLFormElement.prototype.submit.call(document.forms[at])", at)
        found += watch.findings(page)
        if sent.value is not None and sent.value.status >= 500:
            found.append(f"form {at}: status {sent.value.status}")
    assert found == []
