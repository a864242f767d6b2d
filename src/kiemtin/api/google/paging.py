"""Pages of a list. A token knows where its page begins and which question it belongs to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext_lazy as _

from kiemtin.api.faults import ApiError, Wrong
from kiemtin.api.google.shapes import Paged

_SALT = "kiemtin.api.google.paging"
_DEFAULT, _MOST = 10, 100


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is asked for.

    Attributes
    ----------
    question
        Hash of what is asked apart from the part.
    """

    start: int
    size: int
    question: str

    @property
    def end(self) -> int:
        """Where the next page begins."""
        return self.start + self.size

    def next_token(self, *, more: bool) -> str | None:
        """Return the token of the next page; None if this is the last."""
        return signing.dumps([self.end, self.question], salt=_SALT) if more else None


def window_of(asked: Paged, *question: object) -> Window:
    """Return the part of the list that is asked for; the token counts before the offset, which clients keep sending.

    Raises
    ------
    ApiError
        The token is none of ours, or belongs to another question.
    """
    size = min(asked.page_size or _DEFAULT, _MOST)
    mark = hashlib.sha256(repr(question).encode(errors="replace")).hexdigest()[:16]
    if not asked.page_token:
        return Window(asked.offset, size, mark)
    try:
        start, of_question = signing.loads(asked.page_token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise _bad_token() from None
    if of_question != mark:
        raise _bad_token()
    return Window(int(start), size, mark)


def _bad_token() -> ApiError:
    sentence = _("This token belongs to no page of this list.")
    return ApiError("invalid", wrong=(Wrong("pageToken", "bad-token", sentence),))
