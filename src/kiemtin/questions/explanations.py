"""What somebody who asked is told where there is no fact to check: kindly, and without any rating."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.checks.enums import Nature
from kiemtin.questions.models import Case

EXPLANATIONS: dict[str, str | Promise] = {
    Nature.OPINION: _(
        "What you sent is an opinion. People may see it differently, and evidence cannot show it to be right or "
        "wrong, so we give no rating. If it contains a fact that you doubt, send us that part."
    ),
    Nature.BELIEF: _(
        "What you sent is a matter of belief. That is each person's own, and we neither check nor rate it. If it "
        "contains a fact that you doubt, or asks for money, send us that part."
    ),
    Nature.SATIRE: _(
        "What you sent was made as a joke or satire and does not claim that it happened. We give no rating. If you "
        "meet it somewhere as real news, ask us again and say where it stood."
    ),
    Nature.PREDICTION: _(
        "What you sent is about the future, and nobody can know that yet, so we give no rating. If it rests on a "
        "fact of today that you doubt, send us that part."
    ),
}


def explanation(case: Case) -> str:
    """Return why a case was closed as not checkable: the desk's own words, else those of its nature."""
    return case.nature_note or str(EXPLANATIONS.get(case.nature, ""))
