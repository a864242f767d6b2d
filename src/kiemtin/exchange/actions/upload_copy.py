"""Take a file that a person hands in as the copy of a source: a PDF as it is, a picture drawn afresh."""

from __future__ import annotations

from kiemtin.accounts.models import User
from kiemtin.checks.actions.keep_copy import hand_in_copy
from kiemtin.checks.copy_models import LARGEST_COPY
from kiemtin.checks.enums import CopyLicence
from kiemtin.checks.exceptions import CopyTooLargeError
from kiemtin.checks.models import FactCheck, StoredCopy
from kiemtin.exchange.copy_files import as_stored


def upload_copy(
    *, fact_check: FactCheck, by: User, url: str, content: bytes, licence: CopyLicence = CopyLicence.NAMED_ONLY
) -> StoredCopy:
    """Store a file as the copy of a page that the draft cites.

    Raises
    ------
    NotAllowedError, WrongStateError, NotCitedError
    EmptyTextError, CopyTooLargeError
    NotACopyError
        It is neither a PDF nor a picture that can be opened.
    """
    if len(content) > LARGEST_COPY:
        raise CopyTooLargeError(f"a copy has {LARGEST_COPY} bytes at most")
    data, media_type = as_stored(content)
    return hand_in_copy(fact_check=fact_check, by=by, url=url, content=data, media_type=media_type, licence=licence)
