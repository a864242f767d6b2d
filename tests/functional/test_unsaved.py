"""An author writes while nothing can be stored: the page says so, keeps the text, and saves it when that is over."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.functional.steps import go_by

pytestmark = pytest.mark.once

DESK = "/en/desk/mau"
AUTOSAVE = "**/autosave/"


@pytest.fixture
def draft(site, sign_in):
    """The page of a correction that a checker has begun."""
    command = [sys.executable, "-m", "tests.functional.newsroom", "publish", "Tin không lưu được", "Không có việc này."]
    done = subprocess.run(command, env=site.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    page = sign_in("checker")
    page.goto(f"{site.address}{DESK}/checks/{done.stdout.strip()}/")
    go_by(page, page.locator("[data-key=c]").click)
    return page


@pytest.mark.parametrize("trouble", ["503", "no server"])
def test_what_could_not_be_saved_is_said_and_kept(draft, trouble):
    def refuse(route):
        if trouble == "503":
            route.fulfill(status=503, headers={"Retry-After": "60"}, body="<p>503</p>")
        else:
            route.abort("connectionrefused")

    draft.route(AUTOSAVE, refuse)
    draft.fill("#id_body", "Chữ không được mất.")
    expect(draft.locator("#saved")).to_contain_text("Not saved")
    expect(draft.locator("#id_body")).to_have_value("Chữ không được mất.")
    draft.unroute(AUTOSAVE)
    draft.fill("#id_body", "Chữ không được mất, và viết tiếp.")
    expect(draft.locator("#saved")).to_contain_text("Saved at")
    draft.reload()
    expect(draft.locator("#id_body")).to_have_value("Chữ không được mất, và viết tiếp.")
