"""What the matching core says of a message, stored with it."""

from __future__ import annotations

from kiemtin.matching.ask import SHOWN, Guard, Library, Searched, reply_from
from kiemtin.matching.stock import Stock
from kiemtin.questions.answers import Said, judge, matches_of, store_matches
from kiemtin.questions.enums import Answered
from kiemtin.questions.indicators import findings_sharing
from kiemtin.questions.models import Message


def search(library: Library, text: str) -> Searched:
    """Ask the library.

    Raises
    ------
    MessageError
        It cannot read the text.
    """
    return library.search(text, limit=SHOWN)


def judged(message: Message, searched: Searched | None, text: str, *, is_page: bool = False) -> Said:
    """Return what the matching core says, stored with the message; what it said before where it knows no more.

    What it found is joined to the tables only here: so nothing is given that was withdrawn before this transaction,
    and who withdraws it after sees whom it was given to. The caller stores the message, which is locked.

    Parameters
    ----------
    text
        What was searched for.
    is_page
        Whether that is not the message, but the page that it is a link to: then it is never the answer by itself.
    """
    if searched is None:
        return judge(message.band, matches_of(message))
    stock = Stock.of((match.id, match.work) for match in searched.answer.matches)
    reply = reply_from(searched.answer, stock)
    message.band = Answered(reply.band.value)
    if is_page and message.band == Answered.ANSWER:
        message.band = Answered.MAYBE
    shared = findings_sharing(message, limit=SHOWN) if message.band != Answered.ANSWER else []
    if shared:
        message.band = Answered.MAYBE
    matches = store_matches(message, reply.found, reply.band.value, text, shared=shared)
    guards = [Guard.LINK_ONLY, *reply.guards] if is_page else reply.guards
    message.guards = list(dict.fromkeys(guard.value for guard in guards))
    message.matched_seq = searched.mark
    return judge(message.band, matches, None if shared else stock)
