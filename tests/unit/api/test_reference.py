"""The reference is made from the description of the API, and so is the public page."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kiemtin.api.apis import google, own
from kiemtin.api.described import GOOGLE, OWN, both, codes, describe
from kiemtin.api.faults import FAULTS
from kiemtin.api.openapi import described
from kiemtin.api.reference import markdown, written_into

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "api.md"


def test_the_page_in_the_docs_is_current():
    text = PAGE.read_text(encoding="utf-8")
    assert written_into(text) == text, "run: .venv/bin/python -m kiemtin.api.reference docs/reference/api.md"


def test_a_page_without_marks_is_refused():
    with pytest.raises(ValueError, match="no marks"):
        written_into("# API\n")


def test_the_command_prints_it(tmp_path):
    command = [sys.executable, "-m", "kiemtin.api.reference"]
    assert subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path).stdout == markdown()
    assert not list(tmp_path.iterdir())


def test_everything_is_described_in_words_of_ours():
    for api in both():
        for one in api.operations:
            assert one.summary
            assert not one.summary.startswith("Return")  # the docstring of the view
            assert one.answers
            assert "429" in one.errors


def test_each_operation_of_google_is_there():
    ways = {(one.method, one.path) for one in describe(google, GOOGLE).operations}
    assert ways == {
        ("GET", "/v1alpha1/claims:search"),
        ("GET", "/v1alpha1/claims:imageSearch"),
        ("GET", "/v1alpha1/pages"),
        ("POST", "/v1alpha1/pages"),
        ("GET", "/v1alpha1/pages/{page}"),
        ("PUT", "/v1alpha1/pages/{page}"),
        ("DELETE", "/v1alpha1/pages/{page}"),
    }


def test_the_description_is_openapi_and_every_reference_leads_somewhere():
    for api, beginning in ((own, OWN), (google, GOOGLE)):
        found = described(api, beginning)
        assert found["openapi"] == "3.1.0"
        for way in re.findall(r"'\$ref': '#/([^']+)'", str(found)):
            node = found
            for name in way.split("/"):
                node = node[name]


def test_each_code_has_its_place_on_the_page(client, db):
    page = client.get("/en/api/").content.decode()
    assert all(f'<tr id="{code}">' in page for code in FAULTS)
    assert [code for code, *_ in codes()] == list(FAULTS)


def test_the_page_is_kept_and_sets_no_cookie(client, db):
    first = client.get("/en/api/")
    assert first.status_code == 200
    assert not first.cookies
    assert client.get("/en/api/", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_page_shows_every_operation(client, db):
    page = client.get("/en/api/").content.decode()
    for api in both():
        for one in api.operations:
            assert f"<code>{one.method} {one.path}</code>" in page
