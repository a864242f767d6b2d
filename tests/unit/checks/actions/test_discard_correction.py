from dataclasses import replace

from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.discard_correction import discard_correction
from kiemtin.checks.actions.number_changes import last_change
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.models import FactCheck, Hand


def test_the_working_copy_is_what_is_public_again(published, checker, editor, content):
    row = start_correction(fact_check=published(), by=checker)
    changed = content(claim="Khác", note="Vì sao.", sources=(*content().sources[:1], _other(content)))
    row = save_draft(fact_check=row, by=checker, version=row.version, content=changed)
    row = submit(fact_check=row, by=checker, version=row.version)
    row = approve(fact_check=row, by=editor, version=row.version)
    version = row.version
    discard_correction(fact_check=row, by=checker)
    row = FactCheck.objects.get()
    assert DraftContent.of(row) == content()
    assert (row.stage, row.public_state, row.note) == ("settled", "published", "")
    assert (row.author, row.approver) == (None, None)
    assert not Hand.objects.filter(round=row.round, part="approver").exists()
    assert row.version > version


def test_nothing_public_happens(published, checker):
    row = published()
    before = (row.seq, row.changed, last_change())
    discard_correction(fact_check=start_correction(fact_check=row, by=checker), by=checker)
    row.refresh_from_db()
    assert (row.seq, row.changed, last_change()) == before
    assert row.revisions.count() == 1


def test_the_next_correction_is_another_round(published, checker):
    row = discard_correction(fact_check=start_correction(fact_check=published(), by=checker), by=checker)
    assert start_correction(fact_check=row, by=checker).round == 3


def _other(content):
    return replace(content().sources[1], url="https://example.org/khac")
