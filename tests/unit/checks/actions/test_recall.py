from kiemtin.checks.actions.recall import recall
from kiemtin.checks.draft import DraftContent


def test_it_is_a_draft_again_and_unchanged(submitted, second_checker, content):
    row = submitted()
    version = row.version
    row = recall(fact_check=row, by=second_checker)
    row.refresh_from_db()
    assert (row.stage, row.version) == ("draft", version)
    assert DraftContent.of(row) == content()
