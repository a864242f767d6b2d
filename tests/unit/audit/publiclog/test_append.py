import metamorphic_log
import pytest
from django.db import IntegrityError, connection, transaction
from tlog_scales.tiles import leaf_hash

from kiemtin.audit.exceptions import AppendOnlyError
from kiemtin.audit.models import Event, LogEntry, LogHead, LogNode, PublicLog
from kiemtin.audit.publiclog.append import append, root_text
from kiemtin.audit.publiclog.entries import Entry
from kiemtin.audit.publiclog.log_key import log_key
from kiemtin.audit.publiclog.notes import public_key
from kiemtin.audit.publiclog.proofs import proof_text
from kiemtin.audit.publiclog.stored import latest_head, leaves, places, stored_tree, tile_bytes
from kiemtin.audit.publiclog.tiles import Tile
from kiemtin.audit.verifying.check_log import tree_of
from tests.tampering import tamper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


def entry(number):
    return Entry(kind="declined", desk="ban-tin", at="2026-11-28T00:00:00.000000Z", case=number, reason="Vì sao.")


def vkey():
    return public_key(log_key(may_make=False), origin=PublicLog.objects.get().origin)


def test_each_addition_is_signed_and_old_heads_stay():
    append(entry(1))
    append(entry(2), entry(3))
    assert [head.size for head in LogHead.objects.all()] == [1, 3]
    assert PublicLog.objects.get().origin == "localhost:8000/log"
    older, newer = LogHead.objects.all()
    assert newer.note.splitlines()[2] == root_text(newer)
    proof = stored_tree(3).get_consistency_proof(1, 3).node_hashes
    metamorphic_log.checkpoint_verify_consistency(older.note, newer.note, [vkey()], proof)
    for row in LogEntry.objects.all():
        path = stored_tree(3).get_inclusion_proof(row.index, 3).node_hashes
        metamorphic_log.checkpoint_verify_inclusion(newer.note, [vkey()], row.index, bytes(row.digest), path)


def test_full_tiles_are_hashed_once_and_the_root_is_that_of_all_entries():
    for start in range(0, 600, 100):
        append(*map(entry, range(start, start + 100)))
    assert list(LogNode.objects.values_list("level", "index")) == [(1, 0), (1, 1)]
    digests = [leaf_hash(entry(number).leaf()) for number in range(600)]
    assert bytes(latest_head().root) == tree_of(digests).calculate_root_hash()
    assert tile_bytes(Tile(1, 0, 2)) == b"".join(bytes(node.digest) for node in LogNode.objects.all())
    assert tile_bytes(Tile(0, 1, 256)) == b"".join(digests[256:512])
    assert tile_bytes(Tile(0, 2, 88)) == b"".join(digests[512:])
    assert tile_bytes(Tile(0, 2, 89)) is None
    assert tile_bytes(Tile(1, 0, 256)) is None


def test_a_proof_can_be_kept_and_checked_without_the_site():
    append(*map(entry, range(5)))
    text = proof_text(3, latest_head())
    lines, _, note = text.partition("\n\n")
    first, index, *path = lines.splitlines()
    assert (first, index) == ("c2sp.org/tlog-proof@v1", "index 3")
    assert len(path) == 3
    assert note == latest_head().note


def test_an_entry_is_found_by_what_it_is_about():
    append(entry(4), entry(9), entry(4))
    assert places(["case/9", "case/4", "case/5"]) == {"case/4": 0, "case/9": 1}
    assert leaves(1, 2) == [entry(9).leaf()]


def test_nothing_added_is_nothing_signed():
    assert append() == []
    assert latest_head() is None


@pytest.mark.parametrize("table", ["audit_publiclog", "audit_logentry", "audit_lognode", "audit_loghead"])
def test_the_database_itself_refuses_changes(table):
    append(*map(entry, range(256)))
    column = {"audit_publiclog": "origin", "audit_logentry": "leaf", "audit_loghead": "note"}.get(table, "digest")
    for statement in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):  # noqa: S608
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_stored_row_is_neither_saved_again_nor_deleted():
    (row,) = append(entry(1))
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE audit_logentry SET digest = leaf WHERE "index" = 1',
        'DELETE FROM audit_logentry WHERE "index" = 1',
        'DELETE FROM audit_logentry WHERE "index" > 1',
        'DELETE FROM audit_logentry WHERE "index" > 0',
    ],
)
def test_what_does_not_go_on_from_the_last_head_is_not_signed(statement):
    append(*map(entry, range(4)))
    tamper(statement)
    append(entry(9))
    assert [head.size for head in LogHead.objects.all()] == [4]
    event = Event.objects.get(verb="log.not-signed")
    assert event.detail == {"reason": "history"}


def test_without_its_key_the_log_goes_on_unsigned(data):
    append(entry(1))
    (data / "log-key").unlink()
    append(entry(2))
    assert LogEntry.objects.count() == 2
    assert latest_head().size == 1
    assert Event.objects.get(verb="log.not-signed").detail == {"reason": "key"}


def test_what_is_undone_is_in_no_head():
    append(entry(1))
    with transaction.atomic():
        append(entry(2))
        transaction.set_rollback(True)
    assert (latest_head().size, LogEntry.objects.count()) == (1, 1)
    append(entry(3))
    assert latest_head().size == 2
