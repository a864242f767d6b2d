"""What the privacy page states is what the program does: it prints the table by which things are deleted."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils.html import escape

from kiemtin.public.views import privacy
from kiemtin.questions.retention import RULES


@pytest.mark.django_db
def test_it_says_whether_mail_is_sent(client, settings):
    settings.KIEMTIN_SENDS_MAIL = False
    assert "sends no mail" in client.get("/en/privacy/").content.decode()
    settings.KIEMTIN_SENDS_MAIL = True
    assert "sends no mail" not in client.get("/en/privacy/").content.decode()


def test_it_names_who_runs_the_site(client, desk):
    assert "Nguồn Thật runs this site." in client.get("/en/privacy/").content.decode()


@pytest.mark.django_db
def test_each_rule_stands_on_it(client):
    text = client.get("/en/privacy/").content.decode()
    for rule in RULES:
        how_long = escape(rule.how_long)
        assert str(escape(rule.what)) in text, rule.name
        assert how_long in text or how_long[0].upper() + how_long[1:] in text, rule.name


@pytest.mark.django_db
def test_another_time_in_the_table_is_another_on_the_page(client, monkeypatch):
    rules = [
        replace(rule, times={name: dt.timedelta(days=77) for name in rule.times}) if rule.name == "addresses" else rule
        for rule in RULES
    ]
    monkeypatch.setattr(privacy, "RULES", rules)
    assert "77 days after the last answer" in client.get("/en/privacy/?another").content.decode()


@pytest.mark.django_db
def test_the_times_it_states_are_these(client):
    text = client.get("/en/privacy/").content.decode()
    for words in (
        "Until 30 days after the last answer, or 180 days if none comes",
        "<td>One day</td>",
        "<td>3 days</td>",
        "until 180 days after that, and after it was last asked about",
        "7 days, or 30 days from sending it if a checker needs it",
        "One year after they were last asked about",
    ):
        assert words in text, words
