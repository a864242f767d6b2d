import hashlib
import re

import pytest

from kiemtin.config.open_data import publish
from kiemtin.exchange.opendata.catalogue import month_folder, months
from tests import publishing
from tests.unit.public.views.conftest import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(data):
    publishing.published("Tỏi chữa cúm")
    publish(by="worker")
    return months()[0]


def get(client, month, path, **headers):
    return client.get(f"/data/{month.name}/{path}", headers=headers)


def content(response):
    return b"".join(response.streaming_content)


def test_before_the_first_month_it_says_so(client, data):
    assert "There is no open data yet" in words(client.get("/en/data/"))


def test_it_lists_files_with_rows_sizes_and_sums(client, month):
    page = client.get("/en/data/").content.decode()
    assert month.zip.sha256 in page
    for file in month.files:
        assert f'href="/en/data/{month.name}/{file.path}"' in page
        assert file.sha256[:16] in page
    assert re.search(r'data/checks\.csv</a></td><td class="num">1</td>', page)
    assert f'href="/en/data/{month.name}/README.md"' in page
    assert f'href="/data/{month.name}/README.vi.md"' in client.get("/data/").content.decode()


def test_earlier_months_stay_listed(client, month):
    month_folder(month.name).rename(month_folder("2020-01"))
    path = month_folder("2020-01") / "month.json"
    path.write_text(path.read_text().replace(month.name, "2020-01", 1))
    publish(by="worker")
    page = client.get("/en/data/").content.decode()
    assert "Earlier months" in page
    assert "January 2020" in page


def test_each_file_is_given_as_it_is_listed(client, month):
    for file in (*month.files, month.zip):
        response = get(client, month, file.path, accept_encoding="gzip")
        assert "Content-Encoding" not in response
        assert hashlib.sha256(content(response)).hexdigest() == file.sha256
        assert response["Content-Length"] == str(file.bytes)
        assert response["ETag"] == f'"{file.sha256}"'
        assert not response.cookies


def test_a_copy_that_is_known_is_confirmed(client, month):
    first = get(client, month, month.zip.path)
    etag = first["ETag"]
    first.close()
    assert get(client, month, month.zip.path, if_none_match=etag).status_code == 304


def test_caches_let_go_of_it_soon_for_a_text_may_be_taken_out(client, month):
    response = get(client, month, "data/messages.csv")
    response.close()
    assert response["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    "path",
    ["month.json", "package/README.md", "../month.json", "..%2fmonth.json", "%2e%2e/kiemtin.sqlite3", "data/x.csv", ""],
)
def test_nothing_but_the_files_of_a_month(client, month, path):
    assert get(client, month, path).status_code == 404


@pytest.mark.parametrize("name", ["2000-01", "..", "%2e%2e", "lock"])
def test_nothing_but_months(client, month, name):
    assert client.get(f"/data/{name}/README.md").status_code == 404


def test_the_page_is_kept_until_a_month_changes(client, month):
    etag = client.get("/en/data/")["ETag"]
    assert client.get("/en/data/", headers={"if-none-match": etag}).status_code == 304
    path = month_folder(month.name) / "month.json"
    path.write_text(path.read_text().replace(month.zip.sha256, "0" * 64))
    assert client.get("/en/data/")["ETag"] != etag


def test_the_footer_leads_here(client, data):
    assert 'href="/en/data/"' in client.get("/en/privacy/").content.decode()
