"""A real server, a real Chromium, a real mail server on this machine.

`site` starts the product as its README says (`kiemtin demo`, `kiemtin serve`) on a data folder of its own, once for all
tests that only read or that make their own content.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.desk.server import free_port
from tests import databases
from tests.functional.walk import looked, visit, world  # noqa: F401  (fixtures)
from tests.patience import BROWSERS_PATIENCE, wait_for
from tests.serving import started

HOST = "127.0.0.1"
NAME = "localhost"  # as people call it; browsers refuse passkeys at a bare number
KIEMTIN = Path(sys.executable).with_name("kiemtin")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=BROWSERS_PATIENCE)
WIDTHS = {"phone": 390, "narrow": 320, "desktop": 1280}


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.allow_hosts([HOST, "::1", NAME]))


@dataclass
class Inbox:
    """Keeps what was mailed, in order."""

    mails: list = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  (aiosmtpd's own name)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((envelope.rcpt_tos[0], mail))
        return "250 OK"

    def to(self, address):
        return [mail for to, mail in self.mails if to == address]

    def wait(self, address, count=1):
        """Return the mails to an address once there are `count` of them."""
        wait_for(lambda: len(self.to(address)) >= count, f"mail {count} to {address}", pause=0.05)
        return self.to(address)


@dataclass
class Person:
    email: str
    password: str
    codes: list  # recovery codes, each good once; empty for who has no second factor


@dataclass
class Site:
    address: str
    data: Path
    inbox: Inbox
    people: dict
    environment: dict
    sessions: dict = field(default_factory=dict)  # cookies of who has signed in, by role

    def __call__(self, *arguments):
        """Run the command on this site's data."""
        return subprocess.run([KIEMTIN, *arguments], env=self.environment, capture_output=True, text=True, check=True)


def _answers(address, process):
    assert process.poll() is None, f"the server ended with {process.returncode}"
    with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
        return answer.status == 200
    return False


@contextlib.contextmanager
def running_site(data, *, name=NAME, port=0, **more):
    """Start the product on a data folder, with more of the environment."""
    inbox = Inbox()
    mail_port = free_port()
    sink = Controller(inbox, hostname=HOST, port=mail_port)
    sink.start()
    port = port or free_port()
    address = f"http://{name}:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "DJANGO_"))} | {
        "KIEMTIN_DATA": str(data),
        "KIEMTIN_ADDRESS": address,
        "KIEMTIN_MAIL": f"smtp://{HOST}:{mail_port}?tls=none",
        "KIEMTIN_LANG": "en",
        "KIEMTIN_PROXIES": "1",  # so that a test can come from an address of its own (X-Forwarded-For)
        "COLUMNS": "200",
        **databases.variables(data),
        **more,
    }
    site = Site(address, data, inbox, {}, environment)
    databases.prepare(data)
    site.people = people_of(site("demo").stdout)
    command = [KIEMTIN, "serve", "--port", str(port)]
    try:
        with (data / "serve.log").open("w") as log, started(command, environment, output=log) as process:
            wait_for(lambda: _answers(address, process), "the server")
            yield site
    finally:
        sink.stop()


def people_of(printed):
    """Read the demonstration people from what `kiemtin demo` prints: role, address, password, recovery codes."""
    rows = re.findall(r"^  (\w+)\s+(\S+@\S+)\s+(\S+)[ \t]*(.*)$", printed, re.MULTILINE)
    people = {role.lower(): Person(email, password, codes.split()) for role, email, password, codes in rows}
    assert {"checker", "editor", "administrator"} <= people.keys(), printed
    return people


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The product with its sample library, shared by the tests that leave its content alone."""
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def own_site(tmp_path):
    """The product for one test alone."""
    with running_site(tmp_path) as site:
        yield site


@pytest.fixture(scope="session")
def launch():
    return lambda playwright, *more: playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *more])


@pytest.fixture(scope="session")
def browser(launch):
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Open a page: a phone's width unless told, its own cookies; errors of its scripts fail the test."""
    contexts, errors = [], []

    def make(*, width=WIDTHS["phone"], height=844, scheme="light", locale="vi-VN", java_script=True, **options) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale=locale,
            java_script_enabled=java_script,
            **options,
        )
        context.set_default_timeout(BROWSERS_PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not errors, errors


@pytest.fixture
def sign_in(site, open_page):
    """Sign a demonstration person in; returns their page."""

    def sign(role, at=None, **options):
        return signed_in(at or site, open_page(**options), role)

    return sign


def signed_in(site, page, role):
    """Sign in as a person would; later pages of the same person share the session."""
    if role in site.sessions:
        page.context.add_cookies(site.sessions[role])
        page.goto(f"{site.address}/en/desk/")
        return page
    person = site.people[role]
    page.goto(f"{site.address}/en/account/login/")
    page.fill("input[name=login]", person.email)
    page.fill("input[name=password]", person.password)
    page.press("input[name=password]", "Enter")
    if person.codes:
        page.fill("input[name=code]", person.codes.pop())
        page.press("input[name=code]", "Enter")
    page.wait_for_url("**/desk/**")
    site.sessions[role] = page.context.cookies()
    return page
