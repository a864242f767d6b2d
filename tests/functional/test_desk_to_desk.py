"""Two installations on one machine that follow each other; and one that follows a stand-in for another.

What one publishes answers on the other, under its publisher's name and in its own words; a correction
and a withdrawal follow, and whoever got it is told.
"""

import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from benchmarks.desk.server import free_port
from tests.functional.conftest import HOST, KIEMTIN, running_site
from tests.functional.steps import go_by, wait_until
from tests.patience import wait_for
from tests.web import feed, running_web

pytestmark = pytest.mark.once

CLAIM = "Uống nước lá đu đủ đực mỗi sáng chữa khỏi ung thư phổi trong ba tuần"
OTHER = "Bỏ lát hành tây sống vào tất khi ngủ hút hết độc tố ra khỏi cơ thể"
FIRST, SECOND = "Không có nghiên cứu nào cho thấy điều đó.", "Một nghiên cứu nhỏ có, nhưng trên chuột."


def ask(page, site, text):
    page.goto(f"{site.address}/")
    page.fill("#ask-text", text)
    page.click("form.ask button:not([type=button])")
    page.wait_for_url(re.compile(r"/r/"))


def follow(site, address, name):
    desk = re.search(r"/desk/([\w-]+)/", site("desk", "list").stdout)
    slug = desk[1] if desk else site("desk", "list").stdout.split("│")[1].strip()
    return site(
        "source", "add", name, address, "--desk", slug, "--kind", "desk", "--licence", "CC BY 4.0", "--every", "30s"
    )


def fetch_now(site):
    """Fetch what is followed without waiting until it is due; the worker may be at it just now, which is as good."""
    command = [KIEMTIN, "source", "fetch"]
    subprocess.run(command, env=site.environment, check=False, capture_output=True)


def newsroom(site, *arguments):
    command = [sys.executable, "-m", "tests.functional.newsroom", *map(str, arguments)]
    return subprocess.run(command, env=site.environment, check=True, capture_output=True, text=True).stdout.strip()


def answers(open_page, site, text, publisher):
    """Ask until it is answered, each time as another (one alone would ask too often); returns page and receipt."""
    page, askers = open_page(), (f"198.51.100.{number}" for number in range(1, 255))

    def is_answered():
        page.set_extra_http_headers({"X-Forwarded-For": next(askers)})
        ask(page, site, f"{text}, thật không ạ?")
        return page.locator(".v-external").count()

    wait_for(is_answered, "an answer", pause=2.0)
    expect(page.locator(".v-external")).to_contain_text(publisher)
    return page, page.url


def comes_to_say(page, receipt, selector, words):
    wait_until(page, lambda: words in page.locator(selector).first.inner_text(), receipt)


def leave_address(page, address):
    page.fill("#tell-address", address)
    go_by(page, page.locator("#tell button").click)


def test_what_another_desk_offers_answers_here_and_its_changes_follow(tmp_path, open_page):
    """Against a stand-in that offers what a Kiểm Tin desk does, one check at a time."""
    with running_web() as web:
        url = f"http://{HOST}:{web.port}/checks/1/"
        node = {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": url,
            "claimReviewed": CLAIM,
            "inLanguage": "vi",
            "reviewBody": FIRST,
            "reviewRating": {"@type": "Rating", "alternateName": "Hoàn toàn sai"},
            "author": {"@type": "Organization", "name": "Bàn Bên"},
        }
        at = f"{HOST}/feeds/claimreview.json"
        web.put(at, json.dumps(feed(node)), headers={"ETag": '"1"'})
        with running_site(tmp_path, name=HOST, KIEMTIN_FETCH_ALLOW=f"{HOST}:{web.port}") as site:
            follow(site, f"http://{HOST}:{web.port}", "Bàn Bên")
            fetch_now(site)
            page, receipt = answers(open_page, site, CLAIM, "Bàn Bên")
            expect(page.locator(".v-external .answer-word")).to_contain_text("Hoàn toàn sai")
            leave_address(page, "nguoi-hoi@example.org")
            changed = node | {"reviewBody": SECOND, "reviewRating": {"alternateName": "Đúng một phần"}}
            web.put(at, json.dumps(feed(changed)), headers={"ETag": '"2"'})
            fetch_now(site)
            comes_to_say(page, receipt, "main", "Đúng một phần")
            mail = site.inbox.wait("nguoi-hoi@example.org", 1)[0]
            assert "Đúng một phần" in mail.get_body(("plain",)).get_content()
            web.put(at, json.dumps(feed()), headers={"ETag": '"3"'})  # and its page is not there any more
            fetch_now(site)
            comes_to_say(page, receipt, "main", "Đã rút")
            assert CLAIM in site.inbox.wait("nguoi-hoi@example.org", 2)[1].get_body(("plain",)).get_content()


def test_two_desks_follow_each_other(tmp_path, open_page):
    ports = free_port(), free_port()
    allow = {"name": HOST, "KIEMTIN_FETCH_ALLOW": ",".join(f"{HOST}:{port}" for port in ports)}
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    with (
        running_site(tmp_path / "one", port=ports[0], **allow) as one,
        running_site(tmp_path / "two", port=ports[1], **allow) as two,
    ):
        follow(one, two.address, "Bàn Hai")
        follow(two, one.address, "Bàn Một")
        number = newsroom(one, "publish", CLAIM, FIRST)
        newsroom(two, "publish", OTHER, FIRST)
        fetch_now(two)
        fetch_now(one)
        page, receipt = answers(open_page, two, CLAIM, "Bàn Một")
        answers(open_page, one, OTHER, "Bàn Hai")
        leave_address(page, "nguoi-hoi@example.org")
        newsroom(one, "correct", number, SECOND)
        fetch_now(two)
        comes_to_say(page, receipt, "main", SECOND)
        assert SECOND in two.inbox.wait("nguoi-hoi@example.org", 1)[0].get_body(("plain",)).get_content()
        newsroom(one, "withdraw", number)
        fetch_now(two)
        comes_to_say(page, receipt, "main", "Đã rút")
        two.inbox.wait("nguoi-hoi@example.org", 2)
        # What came from the other one did not come back.
        listed = one("source", "list").stdout
        assert CLAIM not in listed
        wait_for(lambda: _reviews_of(one, one.address) == 0, "the end of what came back")


def _reviews_of(site, address):
    """How many reviews of other publishers stand at an address, by the site's own database."""
    code = (
        "import django; django.setup(); from kiemtin.checks.models import ExternalReview as E; "
        f"print(E.objects.filter(url__startswith={address!r}).count())"
    )
    environment = site.environment | {"DJANGO_SETTINGS_MODULE": "kiemtin.config.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    return int(done.stdout)
