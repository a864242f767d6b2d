"""Examples of masking; people, numbers and addresses in them are invented, but for those of whom everybody speaks, in
`public`: what is said of these is invented, and nothing that anybody could mind.

In `MARKED` each piece of personal data stands as ``{kind|piece}``, and everything else must stay.
"""

import re

from tests.unit.questions.masking.cases.abroad import ABROAD
from tests.unit.questions.masking.cases.accounts import ACCOUNTS, CARDS
from tests.unit.questions.masking.cases.alike import ALIKE
from tests.unit.questions.masking.cases.called import CALLED
from tests.unit.questions.masking.cases.exact import MASKED
from tests.unit.questions.masking.cases.forms import FORMS
from tests.unit.questions.masking.cases.grouped import GROUPED
from tests.unit.questions.masking.cases.hasty import HASTY
from tests.unit.questions.masking.cases.identity import IDENTITY, PLATES
from tests.unit.questions.masking.cases.kept import KEPT
from tests.unit.questions.masking.cases.messages import MESSAGES
from tests.unit.questions.masking.cases.near import NEAR
from tests.unit.questions.masking.cases.others import OTHERS
from tests.unit.questions.masking.cases.payments import PAYMENTS
from tests.unit.questions.masking.cases.phones import PHONES
from tests.unit.questions.masking.cases.places import HOMES
from tests.unit.questions.masking.cases.public import PUBLIC
from tests.unit.questions.masking.cases.talk import TALK

__all__ = ["KEPT", "MARKED", "MASKED", "parsed"]

MARKED = [
    *PHONES,
    *ACCOUNTS,
    *CARDS,
    *IDENTITY,
    *PLATES,
    *OTHERS,
    *MESSAGES,
    *FORMS,
    *TALK,
    *PAYMENTS,
    *NEAR,
    *CALLED,
    *ABROAD,
    *HOMES,
    *PUBLIC,
    *ALIKE,
    *HASTY,
    *GROUPED,
]
_PIECE = re.compile(r"\{(?P<kind>[a-z-]+)\|(?P<text>[^{}]+)\}")


def parsed(line):
    """Give a marked line as its text and the pieces in it: start, end, kind."""
    text, pieces, last = "", [], 0
    for piece in _PIECE.finditer(line):
        text += line[last : piece.start()]
        pieces.append((len(text), len(text) + len(piece["text"]), piece["kind"]))
        text, last = text + piece["text"], piece.end()
    return text + line[last:], pieces
