import pytest

from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.exceptions import IncompleteError, StaleVersionError
from kiemtin.checks.hands import has_written


def test_who_submits_signs_as_the_author(draft, checker, second_checker):
    row = draft()
    row = submit(fact_check=row, by=second_checker, version=row.version)
    row.refresh_from_db()
    assert (row.stage, row.author) == ("submitted", second_checker)
    assert has_written(row, checker)
    assert has_written(row, second_checker)


def test_another_version_than_the_one_read_is_not_submitted(draft, checker):
    row = draft()
    with pytest.raises(StaleVersionError):
        submit(fact_check=row, by=checker, version=row.version - 1)


def test_with_a_gap_it_stays_a_draft(draft, checker):
    row = draft(verdict="", sources=())
    with pytest.raises(IncompleteError) as error:
        submit(fact_check=row, by=checker, version=row.version)
    assert error.value.gaps == ("verdict", "few-sources", "no-independent")
    row.refresh_from_db()
    assert (row.stage, row.author) == ("draft", None)


def test_a_correction_says_why_and_changes_something(published, checker):
    row = start_correction(fact_check=published(), by=checker)
    with pytest.raises(IncompleteError) as error:
        submit(fact_check=row, by=checker, version=row.version)
    assert error.value.gaps == ("note", "unchanged")
