import dataclasses

import pytest

from kiemtin.config.open_data import DeskRow
from kiemtin.exchange.opendata.check_rows import CheckRow, RevisionRow, SourceRow
from kiemtin.exchange.opendata.shape import TABLES
from kiemtin.questions.open_data import CaseRow, MatchRow, MessageRow

ROWS = dict(
    zip(
        ("desks", "checks", "revisions", "sources", "cases", "messages", "matches"),
        (DeskRow, CheckRow, RevisionRow, SourceRow, CaseRow, MessageRow, MatchRow),
        strict=True,
    )
)
BY_NAME = {table.name: table for table in TABLES}


def test_each_table_has_rows():
    assert list(BY_NAME) == list(ROWS)


@pytest.mark.parametrize("table", TABLES, ids=list(BY_NAME))
def test_a_row_has_the_columns_of_its_table_and_no_other(table):
    assert {field.name for field in dataclasses.fields(ROWS[table.name])} == set(table.names)


@pytest.mark.parametrize("table", TABLES, ids=list(BY_NAME))
def test_keys_and_links_name_columns_that_are_there(table):
    assert set(table.key) <= set(table.names)
    for link in table.links:
        assert link.column in table.names
        assert BY_NAME[link.table].key == (link.key,)


@pytest.mark.parametrize("table", TABLES, ids=list(BY_NAME))
def test_no_column_is_named_after_what_must_never_be_in_it(table):
    forbidden = {"code", "asker", "address", "email", "mail", "secret", "user", "assignee", "title_plain", "remarks"}
    assert not forbidden & set(table.names)
    assert all(column.about.endswith(".") for column in table.columns)
