"""The benchmark of a bad day: its arithmetic, and a day of a few seconds."""

import json
import os
import subprocess
import sys

import pytest

from benchmarks.desk.server import role_of
from benchmarks.load.diary import Entry, by_kind
from benchmarks.load.forms import forms
from benchmarks.load.mailbox import Mailbox
from benchmarks.load.memory import growth, warm_up
from benchmarks.load.report import markdown
from tests import databases
from tests.patience import PATIENCE

pytestmark = pytest.mark.once

SIZE = {"cases": 40, "messages": 300, "requests": 500, "checks": 12, "samples": False}


def entries(kind, *taken, status="200"):
    return [Entry(kind, float(at), at + seconds, status) for at, seconds in enumerate(taken)]


def test_latencies_are_of_good_answers_and_to_be_turned_away_is_no_error():
    rows = [
        *entries("ask", 0.1, 0.3),
        *entries("ask", 0.01, status="503"),
        *entries("ask", 30.0, status="TimeoutError"),
    ]
    (found,) = by_kind(rows, 2.0).values()
    assert (found["requests"], found["shed"], found["errors"]) == (4, 1, 1)
    assert (found["per_second"], found["good_per_second"]) == (2.0, 1.0)
    assert (found["p50_ms"], found["max_ms"]) == (200.0, 300.0)
    assert found["shed_p95_ms"] == 10.0
    assert found["statuses"] == {"200": 2, "503": 1, "TimeoutError": 1}


def test_what_was_not_answered_well_has_no_latency():
    (found,) = by_kind(entries("ask", 1.0, status="500"), 1.0).values()
    assert found["errors"] == 1
    assert "p50_ms" not in found


def rows(*own, rss=100):
    """A look each minute: seconds, megabytes, of these its own."""
    return [(60.0 * at, rss, megabytes) for at, megabytes in enumerate(own)]


@pytest.mark.parametrize(
    ("own", "slope", "is_flat"),
    [  # the middle of ten slopes each, worked out by hand
        ((50, 80, 80, 81, 80, 81), 0.125, True),
        ((50, 80, 82, 84, 86, 88), 2.0, False),
        ((50, 80, 81, 81, 300, 81), 0.375, True),
    ],
)
def test_memory_is_flat_by_the_middle_of_all_slopes_after_the_warm_up(own, slope, is_flat):
    found = growth(rows(*own), since=60.0)
    assert found["own_mb_a_minute"] == pytest.approx(slope, abs=0.01)
    assert found["is_flat"] is is_flat
    assert found["own_series_mb"] == list(own)


def test_too_few_looks_say_nothing_of_growth():
    assert "is_flat" not in growth(rows(1, 2), since=0.0)


PAGE = """<form action="/a/"><input type="hidden" name="token" value="x&amp;y"><input name="off" type="checkbox">
<input name="on" type="checkbox" value="1" checked><textarea name="body">
Một &lt;dòng&gt;</textarea><select name="topic"><option value="a"><option value="b" selected></select>
<input type="submit" name="no"><button name="answer" value="no">x</button></form><input name="outside">
<form hx-post="/b/"></form>"""


def test_a_form_is_read_as_a_browser_sends_it():
    first, second = forms(PAGE)
    assert (first.action, second.action) == ("/a/", "/b/")
    assert first.fields == [("token", "x&y"), ("on", "1"), ("body", "Một <dòng>"), ("topic", "b")]


def test_who_left_an_address_before_the_answer_was_to_be_told_once():
    mailbox = Mailbox()
    mailbox.got |= {"early": [12.0], "twice": [11.0, 15.0], "late": []}
    left = [
        ("early", "tin", 1.0),
        ("twice", "tin", 2.0),
        ("never", "tin", 3.0),
        ("late", "tin", 20.0),
        ("other", "x", 1.0),
    ]
    told = mailbox.told(left, ["tin", "khác"], [{"check": 1, "at": 10.0}, {"check": 2, "failed": "approve"}])
    assert told == {"left": 5, "waited": 3, "told": 2, "told_twice": 1, "longest_s": 2.0}


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    """A bad day of some seconds and a break of two steps."""
    folder = tmp_path_factory.mktemp("load")
    given = databases.variables(folder / "data")
    command = [sys.executable, "-m", "benchmarks.load", "--data", folder / "data", "--out", folder / "out.json"]
    command += ["--size", json.dumps(SIZE), "--seconds", "8", "--rate", "2", "--no-break"]
    command += ["--database", given["DATABASE_URL"]] if given else []
    subprocess.run(
        command, env=os.environ | {"KIEMTIN_ENCODER": "none"}, check=True, capture_output=True, timeout=PATIENCE
    )
    return json.loads((folder / "out.json").read_text())


def test_a_short_day_goes_well(day):
    kinds = day["steady"]["kinds"]
    assert {"known text", "front page", "receipt", "desk: queue"} <= kinds.keys()
    assert sum(found["errors"] for found in kinds.values()) == 0
    assert [done["check"] for done in day["steady"]["published"] if "at" in done], "an answer was published"
    assert day["mails"]["told"] == day["mails"]["waited"]
    assert day["mails"]["told_twice"] == 0
    assert set(day["peers"]) == {"bare", "middleware"}


def test_its_figures_make_a_page(day):
    step = {"rate": 3.0, "questions_answered_per_second": 2.5, "shed_share": 0.25, "kinds": day["steady"]["kinds"]}
    broken = day | {"break": {"steps": [step], "best_per_second": 2.5, "best_at": 3.0, "recovered_s": 4.2}}
    page = markdown(broken)
    assert "8 seconds, 2.0 questions and as many front pages a second" in page
    assert "| 3.0 | 2.5 | 25 % |" in page
    assert "as before after 4.2 s" in page
    assert "not within a minute" in markdown(broken | {"break": broken["break"] | {"recovered_s": None}})


@pytest.mark.parametrize(("seconds", "left_out"), [(3600, 1200), (900, 300), (600, 300), (120, 60)])
def test_what_fills_up_first_is_left_out(seconds, left_out):
    assert warm_up(seconds) == left_out


def test_a_process_that_has_just_gone_is_none():
    assert role_of(2**22 + 1, os.getpid()) == ""
    assert role_of(os.getpid(), os.getpid()) == "master"
