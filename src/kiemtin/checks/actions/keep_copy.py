"""Store a copy of a source."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.audit.record import record
from kiemtin.checks.actions.take_copy import cited_address
from kiemtin.checks.completeness import same_page
from kiemtin.checks.copy_store import Kept, put
from kiemtin.checks.enums import CopyLicence, CopyMethod, CopyState
from kiemtin.checks.models import CopyRequest, FactCheck, StoredCopy
from kiemtin.checks.permissions import check_may_work
from kiemtin.checks.transition import OBJECT_TYPE, begin, note
from kiemtin.checks.workflow import RULES, Action


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedCopy:
    """A copy that the program took; see `StoredCopy` for the fields."""

    file: Path
    media_type: str
    fetched_from: str
    payload_type: str
    text: str
    text_digest: str


def hand_in_copy(  # noqa: PLR0913  (what is kept, of what, by whom)
    *,
    fact_check: FactCheck,
    by: User,
    url: str,
    content: bytes,
    media_type: str,
    licence: CopyLicence = CopyLicence.NAMED_ONLY,
) -> StoredCopy:
    """Store a file as the copy of a page that the draft cites. Whoever calls has looked what the file is.

    Raises
    ------
    NotAllowedError, WrongStateError, NotCitedError
    EmptyTextError, CopyTooLargeError
    """
    check_may_work(Action.HAND_IN_COPY, user=by, work=fact_check)
    kept = put(content)  # outside the transaction: nobody waits for a disk
    with transaction.atomic():
        row = begin(Action.HAND_IN_COPY, fact_check, by=by)
        address = cited_address(row, url)
        copy, is_new = _stored(
            row, address, kept, media_type=media_type, method=CopyMethod.UPLOADED, licence=CopyLicence(licence)
        )
        CopyRequest.objects.filter(fact_check=row, page=copy.page, state=CopyState.FAILED).delete()
        if is_new:
            note(Action.HAND_IN_COPY, row=row, by=by, **_detail(copy))
    return copy


def keep_fetched_copy(*, request: CopyRequest, copy: FetchedCopy, by: str) -> StoredCopy:
    """Store what the program took, and be done with the request.

    Raises
    ------
    EmptyTextError, CopyTooLargeError
    """
    kept = put(copy.file)
    with transaction.atomic():
        row = FactCheck.objects.select_related("desk").get(pk=request.fact_check_id)
        fields = {name: getattr(copy, name) for name in ("media_type", "fetched_from", "payload_type", "text")}
        stored, is_new = _stored(
            row, request.url, kept, method=CopyMethod.FETCHED, text_digest=copy.text_digest, **fields
        )
        CopyRequest.objects.filter(pk=request.pk).delete()
        if is_new:
            record(
                by=by,
                verb=RULES[Action.HAND_IN_COPY].verb,
                object_type=OBJECT_TYPE,
                object_id=str(row.pk),
                desk=row.desk.slug,
                detail=_detail(stored),
            )
    return stored


def _stored(row: FactCheck, url: str, kept: Kept, **fields: object) -> tuple[StoredCopy, bool]:
    key = {"fact_check": row, "page": same_page(url), "sha256": kept.sha256}
    return StoredCopy.objects.get_or_create(**key, defaults={"url": url, "size": kept.size, **fields})


def _detail(copy: StoredCopy) -> dict[str, object]:
    return {"sha256": copy.sha256, "how": copy.method, "bytes": copy.size}
