"""Where a page of a list begins, as a word that only we can make."""

from __future__ import annotations

from django.core import signing

from kiemtin.api.faults import ApiError

_SALT = "kiemtin.api.cursor"


def cursor(*place: object) -> str:
    """Return the word for a place in a list."""
    return signing.dumps([str(part) for part in place], salt=_SALT)


def place_of(word: str, *, parts: int) -> list[str]:
    """Return the place that a word stands for.

    Raises
    ------
    ApiError
        It is none of ours, or of another list.
    """
    try:
        place = signing.loads(word, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise ApiError("unknown-cursor") from None
    if len(place) != parts:
        raise ApiError("unknown-cursor")
    return [str(part) for part in place]
