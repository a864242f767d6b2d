"""The first question of a case: the kinds of statement, each with a line that tells it from the others."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kiemtin.checks.enums import Nature
from kiemtin.questions.explanations import EXPLANATIONS


@dataclass(frozen=True, slots=True)
class NatureChoice:
    """A kind of statement.

    Attributes
    ----------
    means
        When it is chosen.
    explanation
        What those who asked are told where the desk adds no words of its own; empty for a fact.
    """

    nature: Nature
    means: str | Promise
    explanation: str | Promise

    @property
    def value(self) -> str:
        """The word in the form."""
        return self.nature.value

    @property
    def label(self) -> str:
        """The word for people."""
        return str(self.nature.label)


_MEANS: dict[Nature, str | Promise] = {
    Nature.FACT: _("Something happened, is so, or is said in so many words: evidence can show it right or wrong."),
    Nature.OPINION: _("A judgement, a criticism, a call to do something: people may see it differently."),
    Nature.BELIEF: _("Faith, fortune or the supernatural: a matter of each person's own."),
    Nature.SATIRE: _("A joke that does not claim to have happened. If it is passed on as news, it is a fact to check."),
    Nature.PREDICTION: _("About the future: nobody can know it yet. What it rests on today may be a fact to check."),
}

NATURES = tuple(NatureChoice(nature, _MEANS[nature], EXPLANATIONS.get(nature, "")) for nature in Nature)


def own_words(nature: Nature, text: str) -> str:
    """Return the desk's own words for those who asked, empty if they are those that stand there anyway.

    Left as they are, each asker reads them in their own language.
    """
    said = " ".join(text.split())
    for language, _name in settings.LANGUAGES:
        with override(language):
            if said == " ".join(str(EXPLANATIONS.get(nature, "")).split()):
                return ""
    return text.strip()
