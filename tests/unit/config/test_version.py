"""The version of the program is told in one way wherever it is told: as the package has it."""

import json
from importlib.metadata import version

import pytest

import kiemtin
from kiemtin.audit.verifying.site import Site
from kiemtin.config.backup.manifest import head
from kiemtin.exchange.actions.fetch_source import public_fetcher

VERSION = version("kiemtin")


def test_there_is_one_source():
    assert kiemtin.__version__ == VERSION
    assert json.loads(head(VERSION))["version"] == VERSION


def test_others_servers_are_told():
    assert public_fetcher().user_agent.startswith(f"KiemTin/{VERSION} ")
    with Site("https://kiemtin.example") as site:
        assert site._client.headers["User-Agent"] == f"kiemtin-verify/{VERSION}"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/openapi.json", "/v1alpha1/openapi.json"])
def test_programs_find_it_in_the_description(client, path):
    assert client.get(path).json()["info"]["x-program-version"] == VERSION


@pytest.mark.django_db
def test_people_of_a_desk_find_it_in_their_menu_and_readers_on_no_page(client, desk, checker):
    client.force_login(checker)
    assert f"Kiểm Tin {VERSION}" in client.get("/desk/nguon-that/").content.decode()
    client.logout()
    assert VERSION not in client.get("/").content.decode()
