"""Steps that several stories take, each of which ends when what it brings about is there."""

import time

from tests.patience import PATIENCE


def go_by(page, act):
    """Do what leads to another page; ends when that page is there, so that nothing overtakes what was sent."""
    with page.expect_navigation():
        act()


def press(page, name):
    """Press a button that sends a form of the desk."""
    go_by(page, page.get_by_role("button", name=name, exact=True).click)


def wait_until(page, is_so, address):
    """Load a page again, as a reader would, until the worker has done its part."""
    until = time.monotonic() + PATIENCE
    page.goto(address)
    while not is_so():
        if time.monotonic() > until:
            raise AssertionError(f"it did not come about at {address}")
        page.wait_for_timeout(250)
        page.reload()  # asks the server, whatever the browser has kept
