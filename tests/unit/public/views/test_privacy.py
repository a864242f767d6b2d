"""What the privacy page states is what the program does: the numbers in it are compared with the code's."""

import pytest

from kiemtin.questions.actions.purge import ASKER_FOR, UNANSWERED_FOR
from kiemtin.questions.limits import ASKING, CONTENT, LOOKING_UP, REPORTING
from kiemtin.questions.outbox import KEPT_FOR


@pytest.mark.django_db
def test_it_says_whether_mail_is_sent(client, settings):
    settings.KIEMTIN_SENDS_MAIL = False
    assert "sends no mail" in client.get("/en/privacy/").content.decode()
    settings.KIEMTIN_SENDS_MAIL = True
    assert "sends no mail" not in client.get("/en/privacy/").content.decode()


def test_no_counter_against_floods_outlives_a_day():
    assert max(limit.seconds for limit in (*ASKING, *REPORTING, *LOOKING_UP, CONTENT)) <= 86_400


def test_it_names_who_runs_the_site(client, desk):
    assert "Nguồn Thật runs this site." in client.get("/en/privacy/").content.decode()


@pytest.mark.django_db
def test_the_times_it_states_are_those_of_the_program(client):
    text = client.get("/en/privacy/").content.decode()
    assert KEPT_FOR.days == 30
    assert "30 days after the last answer" in text
    assert UNANSWERED_FOR.days == 180
    assert "180 days if none comes" in text
    assert ASKER_FOR.days == 1
    assert "<td>One day</td>" in text
