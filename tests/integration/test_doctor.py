"""The installed command `doctor`."""

import os

import pytest

from tests import databases
from tests.demonstration import demonstration
from tests.integration.conftest import Program

ROOT = {"user"} if os.geteuid() == 0 else set()  # what is wrong with whoever runs these tests


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    program = Program(tmp_path_factory.mktemp("doctor") / "data")
    demonstration(program.data)
    return program


def levels(done):
    return {one["code"]: one["level"] for one in done.json()["findings"]}


def test_a_trial_is_in_order_and_says_what_it_lacks(filled):
    done = filled("doctor", KIEMTIN_ENCODER="none")
    assert done.status == 0, done.out
    assert "! note: The demonstration people are still there" in done.out
    assert "Nothing is wrong." in done.out
    found = levels(filled("doctor", "--json", KIEMTIN_ENCODER="none"))
    assert {code for code, level in found.items() if level == "note"} >= {"address", "mail", "encoder", "backup"}


def test_the_same_in_public_is_not(filled, tmp_path):
    public = {"KIEMTIN_ADDRESS": "https://kiemtin.example", "KIEMTIN_ENCODER": "none"}
    done = filled("doctor", "--json", **public)
    assert done.status == 1
    found = levels(done)
    assert {code for code, level in found.items() if level == "wrong"} == {"proxies", "backup", "demonstration"} | ROOT
    assert found["deployment"] == "good"
    assert done.json()["wrong"] == 3 + len(ROOT)
    assert filled("backup", tmp_path / "b.tar.gz").status == 0
    found = levels(filled("doctor", "--json", KIEMTIN_PROXIES="1", **public))
    assert {code for code, level in found.items() if level == "wrong"} == {"demonstration"} | ROOT
    assert found["deployment"] == "good"


def test_it_makes_nothing_where_nothing_is(kiemtin):
    databases.empty(kiemtin.data)
    done = kiemtin("doctor")
    assert done.status == 1
    assert ("There is no data folder" if databases.SERVER else "There is no database in") in done.out
    assert not kiemtin.data.exists()
    if databases.SERVER:
        assert "There is nothing of ours in the database" in done.out
        with databases.opened(kiemtin.data) as hand:
            assert hand.tables() == []


@pytest.mark.postgresql
def test_a_server_that_is_not_there_is_told_and_the_rest_is_left(filled, tmp_path):
    done = filled("doctor", DATABASE_URL=f"postgresql://kiemtin:matkhau@/kiemtin?host={tmp_path}")
    assert done.status == 1
    assert "The database postgresql:///kiemtin cannot be used" in done.out
    assert "could not be looked at" not in done.out
    assert "matkhau" not in done.out
