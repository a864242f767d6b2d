"""Ways out of a folder, in every part of every address: nothing that lies on the disk comes out, and nothing fails."""

from http.cookies import SimpleCookie
from urllib.parse import quote

import pytest
from django.test import Client

from tests.unit.config.access.asks import PLACES, Form, filled
from tests.unit.config.access.conftest import addresses, place, whole

pytestmark = [pytest.mark.once, pytest.mark.django_db]
SECRET = "chim-hoang-yen-trong-hop"
WAYS = (
    "../secret-key",
    "..%2fsecret-key",
    "%2e%2e/%2e%2e/secret-key",
    "%252e%252e%252fsecret-key",
    "..%5csecret-key",
    "....//secret-key",
    "secret-key",
    "secret-key%00.png",
    "%00",
    "{secret}",
    "%2fetc%2fpasswd",
)
OUTSIDE_OF_PAGES = ("static/", "static/kiemtin/", "static/..%2f", "media/", "v1alpha1/", "api/v1/")


@pytest.fixture
def secret(common_folder):
    """A file beside all that is given out, and its path."""
    path = common_folder / "secret-key"
    before = path.read_bytes() if path.exists() else None
    path.write_text(SECRET)
    yield path
    if before is None:
        path.unlink()
    else:
        path.write_bytes(before)


@pytest.mark.parametrize("who", ["nobody", "administrator"])
def test_no_part_of_an_address_leads_out(visitor, corners, secret, who):
    asking = visitor(who)
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie(asking.cookies)
    wrong, tried = [], 0
    for url in _addresses(corners[0], asking.role, quote(str(secret))):
        answer = client.get(url)
        body = whole(answer)
        tried += 1
        if answer.status_code >= 500 or SECRET.encode() in body or b"root:x:" in body:
            wrong.append(f"{url}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert tried > 700


def _addresses(corner, role, path):
    for way in (one.format(secret=path) for one in WAYS):
        for name in addresses().keys() & PLACES.keys():
            for key, value in PLACES[name].items():
                # The last place where it stands: a number may be the desk's name, too.
                before, mark, after = place(name, Form(), corner, role).rpartition(filled(value, corner, role))
                assert mark, (name, key)
                yield f"{before}{way}{after}"
        yield from (f"/{start}{way}" for start in OUTSIDE_OF_PAGES)
