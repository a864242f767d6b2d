"""Steps that several stories take, each of which ends when what it brings about is there."""

from tests.patience import wait_for


def go_by(page, act):
    """Do what leads to another page; ends when that page is there, so that nothing overtakes what was sent."""
    with page.expect_navigation():
        act()


def press(page, name):
    """Press a button that sends a form of the desk."""
    go_by(page, page.get_by_role("button", name=name, exact=True).click)


def wait_until(page, is_so, address):
    """Load a page again, as a reader would, until the worker has done its part."""

    def look():
        found = is_so()
        if not found:
            page.reload()  # asks the server, whatever the browser has kept
        return found

    page.goto(address)
    wait_for(look, f"what is waited for at {address}", pause=0.25)
