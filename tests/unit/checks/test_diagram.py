import subprocess
import sys
from pathlib import Path

import pytest

from kiemtin.checks.diagram import markdown, written_into
from kiemtin.checks.enums import PublicState, Stage
from kiemtin.checks.workflow import CASE_WITH, RULES, Action, Subject
from kiemtin.questions.enums import CaseState

PAGE = Path(__file__).resolve().parents[3] / "docs" / "explanation" / "workflow.md"


def test_the_page_shows_the_table_as_it_is():
    page = PAGE.read_text(encoding="utf-8")
    assert written_into(page) == page, f"run: python -m kiemtin.checks.diagram {PAGE.relative_to(PAGE.parents[2])}"


def test_every_state_and_every_action_is_there():
    found = markdown()
    for state in [*Stage, *PublicState, *CaseState]:
        assert state.value.replace("-", "_") in found
    assert all(f"| `{action.value}` |" in found for action in Action)


def test_arrows_are_those_of_the_table():
    found = markdown()
    assert "    submitted --> approved: Approve\n" in found
    assert "    approved --> draft: Edit / Send back\n" in found
    assert "    in_progress --> in_review: Submit for review\n" in found
    assert "    published --> corrected: Publish\n" in found
    assert "    withdrawn --> [*]\n" in found
    assert "withdrawn --> draft" not in found


def test_states_of_the_table_are_states_of_the_models():
    for rule in RULES.values():
        known = set({Subject.CASE: CaseState, Subject.CHECK: Stage, Subject.ALERT: Stage}.get(rule.subject, []))
        assert {*rule.states, rule.to} - {""} <= known
        assert rule.public <= set(PublicState)
    assert set(CASE_WITH) == set(Stage)
    assert set(CASE_WITH.values()) <= set(CaseState)


def test_a_page_without_marks_is_left_alone():
    with pytest.raises(ValueError, match="no marks"):
        written_into("# A page")


def test_it_runs_by_itself_without_settings_or_database():
    command = [sys.executable, "-m", "kiemtin.checks.diagram"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONUTF8": "1"})
    assert done.stdout == markdown()
