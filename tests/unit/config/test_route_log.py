import logging

import pytest

from kiemtin.config.route_log import keep_addresses_out

pytestmark = pytest.mark.django_db


def test_a_receipt_code_never_stands_in_the_log(client, caplog):
    client.get("/r/ABCDE12345/")
    client.post("/r/ABCDE12345/address/", {"address": "a@example.org"})
    client.get("/0988123456")
    assert "Not Found: /r/<str:code>/" in caplog.text
    assert "Not Found: (no such address)" in caplog.text
    assert "ABCDE12345" not in caplog.text
    assert "0988123456" not in caplog.text


def test_what_names_no_address_stays_as_it_is(caplog):
    logging.getLogger("django.request").warning("%s is full", "the disk")
    assert "the disk is full" in caplog.text


def test_it_is_put_in_place_once():
    keep_addresses_out()
    keep_addresses_out()
    assert len(logging.getLogger("django.request").filters) == 1
