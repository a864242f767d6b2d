import datetime as dt

import pytest
from django.utils import timezone

from kiemtin.audit.models import Event
from kiemtin.checks.actions.drop_copy import drop_copy
from kiemtin.checks.actions.hold_source import hold_source, mark
from kiemtin.checks.actions.keep_copy import hand_in_copy
from kiemtin.checks.actions.license_copy import license_copy
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.actions.recheck import recheck
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.actions.take_copy import take_copy
from kiemtin.checks.copy_store import path_of
from kiemtin.checks.exceptions import CopyInUseError, NotCitedError, WrongStateError
from kiemtin.checks.models import CitedSource, CopyRequest, FactCheck, StoredCopy

pytestmark = pytest.mark.django_db
WHO, BAO = "https://example.org/who", "https://example.org/bao"
PDF = {"content": b"%PDF-1.7", "media_type": "application/pdf"}


def events(verb):
    return [event.detail for event in Event.objects.filter(verb=verb)]


def test_a_copy_is_asked_for_under_the_address_as_it_is_cited(draft, checker):
    request = take_copy(fact_check=draft(), by=checker, url="http://www.example.org/who/")
    assert (request.url, request.page, request.state) == (WHO, "example.org/who?", "waiting")


def test_a_page_that_is_not_cited_is_not_copied(draft, checker):
    for url in ("https://example.org/khac", "", "http://[x"):
        with pytest.raises(NotCitedError):
            take_copy(fact_check=draft(), by=checker, url=url)
    assert not CopyRequest.objects.exists()


def test_asking_again_after_a_failure_begins_anew(draft, checker):
    row = draft()
    take_copy(fact_check=row, by=checker, url=WHO)
    CopyRequest.objects.update(state="failed", failure="gone", status=404)
    take_copy(fact_check=row, by=checker, url=WHO)
    request = CopyRequest.objects.get()
    assert (request.state, request.failure, request.status) == ("waiting", "", 0)


def test_handing_in_for_review_asks_for_what_is_missing(draft, checker, copy_of):
    row = draft()
    copy_of(row, WHO)
    submit(fact_check=row, by=checker, version=row.version)
    assert [request.url for request in CopyRequest.objects.all()] == [BAO]


def test_of_samples_no_copies_are_taken(draft, checker, desk):
    desk.is_sample = True
    desk.save()
    row = draft()
    submit(fact_check=row, by=checker, version=row.version)
    assert not CopyRequest.objects.exists()


def test_a_file_is_kept_with_its_hash_and_the_log_tells_no_address(draft, checker, data):
    copy = hand_in_copy(fact_check=draft(), by=checker, url=WHO, licence="public", **PDF)
    assert path_of(copy.sha256).read_bytes() == b"%PDF-1.7"
    assert (copy.size, copy.method, copy.licence, copy.url) == (8, "uploaded", "public", WHO)
    assert events("evidence.copied") == [{"sha256": copy.sha256, "how": "uploaded", "bytes": 8}]


def test_a_file_settles_what_the_program_could_not_take(draft, checker, data):
    row = draft()
    for page, state in (("example.org/who?", "failed"), ("example.org/bao?", "failed")):
        CopyRequest.objects.create(fact_check=row, page=page, url=f"https://{page}", state=state)
    hand_in_copy(fact_check=row, by=checker, url=WHO, **PDF)
    assert [request.page for request in CopyRequest.objects.all()] == ["example.org/bao?"]


def test_the_same_file_twice_is_one_copy(draft, checker, data):
    row = draft()
    first, again = (hand_in_copy(fact_check=row, by=checker, url=WHO, **PDF) for _ in range(2))
    other = hand_in_copy(fact_check=row, by=checker, url=BAO, **PDF)
    assert (first, first.sha256) == (again, other.sha256)
    assert (StoredCopy.objects.count(), len(events("evidence.copied"))) == (2, 2)


def test_a_copy_changes_neither_the_text_nor_its_approval(approved, checker, editor, ready_pages, copy_of):
    row = approved()
    take_copy(fact_check=row, by=checker, url=WHO)
    copy_of(row, WHO)
    now = FactCheck.objects.get()
    assert (now.version, now.stage, now.approver) == (row.version, "approved", editor)
    publish(fact_check=now, by=editor)


def test_a_copy_alone_is_nothing_to_correct(published, copy_of, checker):
    from kiemtin.checks.actions.start_correction import start_correction
    from kiemtin.checks.completeness import Gap, gaps_of

    row = start_correction(fact_check=published(), by=checker)
    copy_of(row, WHO)
    assert Gap.UNCHANGED in gaps_of(row)


def test_a_wrong_file_is_deleted_whole(draft, checker, data, django_capture_on_commit_callbacks):
    row = draft()
    copy = hand_in_copy(fact_check=row, by=checker, url=WHO, **PDF)
    other = hand_in_copy(fact_check=row, by=checker, url=BAO, **PDF)
    with django_capture_on_commit_callbacks(execute=True):
        drop_copy(copy=copy, by=checker)
    assert path_of(copy.sha256).exists(), "it is a copy of the other source too"
    with django_capture_on_commit_callbacks(execute=True):
        drop_copy(copy=other, by=checker)
    assert not path_of(other.sha256).exists()
    assert [event["sha256"] for event in events("evidence.copy-dropped")] == [copy.sha256] * 2


def test_of_two_who_delete_a_copy_one_did_it(draft, checker, editor, copy_of):
    """Both have its page open; the second one's answer is that it is gone, and the log tells of one deed."""
    copy = copy_of(draft(), WHO)
    seen = StoredCopy.objects.get(pk=copy.pk)
    drop_copy(copy=copy, by=checker)
    with pytest.raises(StoredCopy.DoesNotExist):
        drop_copy(copy=seen, by=editor)
    with pytest.raises(StoredCopy.DoesNotExist):
        license_copy(copy=seen, by=editor, licence="public")
    assert len(events("evidence.copy-dropped")) == 1
    assert not events("evidence.licence-said")


def test_what_readers_are_told_of_is_not_deleted(approved, copy_of, editor, checker, ready_pages):
    from kiemtin.checks.actions.start_correction import start_correction

    row = approved()
    named = copy_of(row, WHO)
    row = publish(fact_check=row, by=editor).fact_check
    later = copy_of(row, BAO, sha256="b" * 64, method="fetched")
    start_correction(fact_check=row, by=checker)
    for copy in (named, later):
        with pytest.raises(CopyInUseError):
            drop_copy(copy=copy, by=checker)
    assert StoredCopy.objects.count() == 2


def test_who_gets_a_copy_is_said_and_logged_once(draft, editor, copy_of):
    copy = copy_of(draft(), WHO)
    for _ in range(2):
        license_copy(copy=copy, by=editor, licence="public")
    copy.refresh_from_db()
    assert (copy.licence, len(events("evidence.licence-said"))) == ("public", 1)
    assert copy.changed > copy.taken


@pytest.fixture
def flagged(published):
    def make(**fields):
        row = published()
        given = {"page": "example.org/who?", "url": WHO, "flagged": timezone.now(), "known": "a" * 64} | fields
        return CitedSource.objects.create(fact_check=row, revision=row.latest, **given)

    return make


def test_a_change_that_was_looked_at_is_what_later_looks_compare_with(flagged, checker):
    source = flagged(standing="changed", seen="b" * 64)
    hold_source(source=source, by=checker, seen=mark(source))
    source.refresh_from_db()
    assert (source.known, source.standing, source.flagged, source.held) == ("b" * 64, "fine", None, "")
    assert events("evidence.held")[0]["standing"] == "changed"


def test_a_source_that_is_gone_stays_so_without_a_flag(flagged, checker):
    source = flagged(standing="gone")
    hold_source(source=source, by=checker, seen=mark(source))
    source.refresh_from_db()
    assert (source.standing, source.held, source.flagged) == ("gone", "gone", None)


def test_what_changed_while_somebody_looked_is_not_held(flagged, checker):
    source = flagged(standing="changed", seen="b" * 64)
    seen = mark(source)
    CitedSource.objects.update(seen="c" * 64)
    with pytest.raises(WrongStateError):
        hold_source(source=source, by=checker, seen=seen)
    assert CitedSource.objects.get().flagged is not None


def test_what_is_not_flagged_needs_no_word(flagged, checker):
    source = flagged(standing="fine", flagged=None)
    with pytest.raises(WrongStateError):
        hold_source(source=source, by=checker, seen=mark(source))


def test_a_recheck_moves_the_day_and_publishes_nothing(published, checker):
    row = published()
    FactCheck.objects.update(recheck_on=timezone.localdate())
    day = timezone.localdate() + dt.timedelta(days=60)
    recheck(fact_check=row, by=checker, again_on=day)
    now = FactCheck.objects.get()
    assert (now.recheck_on, now.latest_id, now.changed) == (day, row.latest_id, row.changed)
    recheck(fact_check=row, by=checker)
    assert FactCheck.objects.get().recheck_on is None
