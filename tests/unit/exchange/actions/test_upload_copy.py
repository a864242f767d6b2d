import pytest

from kiemtin.checks.copy_store import path_of
from kiemtin.checks.exceptions import CopyTooLargeError
from kiemtin.checks.models import StoredCopy
from kiemtin.exchange.actions import upload_copy as module
from kiemtin.exchange.actions.upload_copy import upload_copy
from kiemtin.exchange.copy_files import NotACopyError

pytestmark = pytest.mark.django_db
WHO = "https://example.org/who"


def test_a_file_is_stored_as_what_it_is(draft, checker, data):
    copy = upload_copy(fact_check=draft(), by=checker, url=WHO, content=b"%PDF-1.7", licence="public")
    assert (copy.media_type, copy.method, copy.licence, copy.fetched_from) == (
        "application/pdf",
        "uploaded",
        "public",
        "",
    )
    assert path_of(copy.sha256).read_bytes() == b"%PDF-1.7"


def test_what_is_no_copy_or_too_large_leaves_nothing(draft, checker, data, monkeypatch):
    monkeypatch.setattr(module, "LARGEST_COPY", 20)
    row = draft()
    with pytest.raises(NotACopyError):
        upload_copy(fact_check=row, by=checker, url=WHO, content=b"<html>")
    with pytest.raises(CopyTooLargeError):
        upload_copy(fact_check=row, by=checker, url=WHO, content=b"%PDF-" + b"x" * 20)
    assert not StoredCopy.objects.exists()
    assert not (data / "copies").exists()
