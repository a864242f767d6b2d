"""From what is stored to what the matching core knows of it."""

from __future__ import annotations

import re

from kiemtin.checks.models import ExternalReview, FactCheck
from kiemtin.matching.shelf import Entry
from kiemtin.retrieval import Record

# What masking put in the place of personal data (see `questions.masking`): the words in it say nothing of the claim.
_MARK = re.compile(r"\[[a-z]+(?:-[a-z]+)*\]")
_OWN = re.compile(r"check:(\d{1,18})")


def check_id(pk: int) -> str:
    """Return the id of a fact-check of ours in the index."""
    return f"check:{pk}"


def check_pk(id_: str) -> int | None:
    """Return the number of the fact-check that an id stands for; None for a review of another publisher."""
    own = _OWN.fullmatch(id_)
    return int(own[1]) if own else None


def to_record(entry: Entry) -> Record:
    """Return the record of an entry."""
    return Record(entry.id, entry.title, entry.text, entry.wordings, entry.lang, entry.work)


def of_review(review: ExternalReview) -> Entry:
    """Return what is to be found of a review; its key is the id."""
    return Entry(
        id=review.key,
        seq=review.seq,
        title=review.claim,
        text=review.summary,
        wordings=tuple(review.wordings),
        lang=review.language,
        work=review.work,
        is_gone=review.withdrawn,
    )


def of_check(check: FactCheck) -> Entry:
    """Return what is to be found of a fact-check: its last revision, and copies that people decided to be its claim.

    `newest_wordings` is what `published` fetches beside it.
    """
    id_, revision = check_id(check.pk), check.latest
    if revision is None or not check.is_answer:
        return Entry(id_, check.seq, is_gone=True)
    known = (wording.text for wording in getattr(check, "newest_wordings", ()))
    texts = (_MARK.sub(" ", text) for text in (*revision.wordings, *known))
    return Entry(
        id=id_,
        seq=check.seq,
        title=revision.claim,
        text=revision.summary,
        wordings=tuple(dict.fromkeys(text for text in texts if text.strip())),
        lang=revision.language,
        work=check.work or id_,
    )
