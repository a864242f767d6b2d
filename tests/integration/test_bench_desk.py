"""The benchmark of the desk fills a folder that holds what it says, and its figures make a page."""

import json
import os
import subprocess
import sys

import pytest

from benchmarks.desk import following
from benchmarks.desk.latency import measure, summary
from benchmarks.desk.probes import Probe, ProbeError
from benchmarks.desk.report import markdown
from benchmarks.desk.size import CARD
from tests import databases
from tests.patience import PATIENCE

SIZE = {"cases": 20, "messages": 200, "requests": 300, "checks": 12, "samples": False}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    data = tmp_path_factory.mktemp("desk") / "data"
    environment = os.environ | {"KIEMTIN_ENCODER": "none"} | databases.variables(data)
    command = [sys.executable, "-m", "benchmarks.desk.fill", str(data), json.dumps(SIZE)]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=PATIENCE)
    return data


@pytest.fixture
def ask(folder):
    def query(sql):
        with databases.opened(folder) as database:
            return database.execute(sql).fetchall()

    return query


def test_the_folder_holds_what_was_asked_for(folder):
    card = json.loads((folder / CARD).read_text())
    rows = {name: card["rows"][f"questions.{name}"] for name in ("Case", "Message", "Request")}
    assert rows == {"Case": 20, "Message": 200, "Request": 300}
    assert card["rows"]["checks.FactCheck"] == 12
    assert card["index"]["messages"] == 200
    assert card["known"]
    assert all(path.startswith("/checks/") for path in card["checks"])


def test_counters_of_cases_follow_from_their_messages(ask):
    counted = (
        "SELECT c.id, c.messages_count, c.asked, count(m.id), coalesce(sum(m.asked), 0) FROM questions_case c "
        "LEFT JOIN questions_message m ON m.case_id = c.id GROUP BY c.id"
    )
    rows = ask(counted)
    assert [row[1:3] for row in rows] == [row[3:] for row in rows]


def test_counters_of_messages_follow_from_requests_and_days(ask):
    counted = (
        "SELECT m.asked, (SELECT count(*) FROM questions_request r WHERE r.message_id = m.id), "
        "(SELECT sum(d.count) FROM questions_demand d WHERE d.message_id = m.id) FROM questions_message m"
    )
    assert all(asked == requests == demand for asked, requests, demand in ask(counted))


def test_every_state_is_there_and_nothing_points_nowhere(ask):
    states = {row[0] for row in ask("SELECT DISTINCT state FROM questions_case")}
    assert states == {"open", "in-progress", "in-review", "published", "not-checkable", "declined", "merged"}
    if not databases.SERVER:  # which never lets it come to that
        assert not ask("PRAGMA foreign_key_check")


def test_percentiles_are_of_what_was_timed_and_an_error_is_told():
    def broken():
        raise ProbeError("500 in the place of 200")

    numbers = iter(range(1_000))
    probes = [Probe("counts", lambda: {"all": float(next(numbers))}, 50.0), Probe("broken", broken)]
    found = measure(probes, count=100, budget=60)
    assert found["counts"]["count"] == 100
    assert found["counts"]["p50_ms"] == 52.5  # after three to warm up
    assert found["broken"] == {"error": "ProbeError: 500 in the place of 200"}


def test_the_page_says_whether_goals_are_reached():
    pages = {"queue": timed(12.0, 250.0), "ask, new text, real": timed(200.0, 260.0), "editor": {"error": "gone"}}
    page = markdown(result(pages))
    assert "| queue | 300 | 12 | 250 | 250 | 250 | 5 | yes, p99 | 11 |" in page
    assert "| ask, new text, real | 300 | 200 | 260 | 260 | 260 | 5 | yes, p99 | – |" in page
    assert "| editor | – | – | – | – | – | – | gone | – |" in page
    assert "| front page | 8 | 100 | 0.100 | – | 1 | 2 | 0 |" in page


def timed(p50, rest):
    return {
        "p50_ms": p50,
        "p95_ms": rest,
        "p99_ms": rest,
        "max_ms": rest,
        "cpu_ms": 5.0,
        "count": 9,
        "goal_ms": 300.0,
    }


def result(latency):
    load = {"connections": 8, "per_second": 100.0, "errors": 0, "p50_ms": 1.0, "p95_ms": 2.0}
    memory = [{"process": "web", "rss_mb": 100, "own_mb": 60}]
    product = {
        "load_before": [0.1, 0.1, 0.1],
        "latency": latency,
        "load": {"front page": [load]},
        "memory_before": memory,
        "memory_after": memory,
    }
    run = {
        "with_worker": product,
        "without_worker": product | {"latency": {}},
        "peer": {"load": [load | {"per_second": 1_000.0}]},
        "queries": {"queue": {"queries": 11}},
        "settle": {"p50_ms": 100.0, "p95_ms": 200.0, "per_minute": 500},
    }
    names = ["questions.Case", "questions.Message", "questions.Request", "questions.Demand", "questions.Match"]
    names += ["questions.CaseChange", "checks.FactCheck", "checks.Revision", "checks.Wording", "audit.Event"]
    index = {"published": 1, "published_s": 1.0, "messages": 1, "messages_s": 1.0}
    setup = {
        "cpu": "one",
        "cores": 2,
        "memory_gb": 4.0,
        "python": "3.11",
        "commit": "abc",
        "date": "2026-11-24",
        "command": "python -m benchmarks.desk",
    }
    return {"setup": setup, "filled": {"rows": dict.fromkeys(names, 1), "index": index}, "runs": [run]}


def test_a_publication_counts_as_followed_once_all_in_turn_have_it(monkeypatch):
    """One web process knows it before the other: the first answer is not the last without it."""
    none, one = {"answer": None, "choices": []}, {"answer": {"claim": "A"}, "choices": []}
    answers = iter([none, one, none, *[one] * following.IN_TURN])
    now = iter(range(1000))
    monkeypatch.setattr(following, "_ask", lambda *_: next(answers))
    monkeypatch.setattr(following.time, "monotonic", lambda: next(now) / 1000)
    monkeypatch.setattr(following.time, "sleep", lambda _: None)
    row = following._found(0, {"claim": "A", "began": 0.0, "stored": 0.0})
    assert row["asked"] == 3 + following.IN_TURN
    assert 0 < row["first_ms"] < row["last_ms"]
    setup = {"cpu": "x", "cores": 2, "memory_gb": 1, "python": "3", "commit": "c", "date": "d", "load_before": [1.0]}
    run = {"load": 5.0, "missed": 0, "last": summary([row["last_ms"]])}
    told = following.markdown({"setup": setup | {"command": "python -m x"}, "runs": [run]})
    assert f"| 5 | {row['last_ms']:.0f} |" in told
