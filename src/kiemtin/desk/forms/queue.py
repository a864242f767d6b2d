"""The filter of the queue, as it stands in an address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet, TextChoices
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.accounts.models import User
from kiemtin.checks.enums import Nature, Topic
from kiemtin.desk.nav_counts import TO_DO, UNDECIDED
from kiemtin.desk.search import search_cases
from kiemtin.questions.enums import CaseState
from kiemtin.questions.models import Case


class Tab(TextChoices):
    """What the queue is looked at for."""

    TO_DO = "to-do", _("To do")
    MINE = "mine", _("Mine")
    IN_REVIEW = "in-review", _("In review")
    RECHECK = "recheck", _("Due for re-check")
    WAITING = "waiting", _("Waiting longest")
    ALL = "all", _("All")


class Sort(TextChoices):
    """Orders of the queue."""

    HOTTEST = "hottest", _("Hottest first")
    ASKED = "asked", _("Most asked first")
    WAITING = "waiting", _("Longest wait first")
    LATEST = "latest", _("Last asked first")
    BEST = "best", _("Best match first")


_STATES: dict[str, Iterable[str]] = {
    Tab.TO_DO: TO_DO,
    Tab.WAITING: TO_DO,
    Tab.MINE: UNDECIDED,
    Tab.IN_REVIEW: (CaseState.IN_REVIEW,),
}
_SORTS: dict[str, Sort] = {Tab.WAITING: Sort.WAITING, Tab.ALL: Sort.LATEST}
_ORDERS = {
    Sort.HOTTEST: ("-heat", "-pk"),
    Sort.ASKED: ("-asked", "-pk"),
    Sort.WAITING: ("first_asked", "pk"),
    Sort.LATEST: ("-last_asked", "-pk"),
}
_NARROWING = ("state", "assignee", "nature", "topic", "asked", "since")
_SEARCHED = 300  # characters
_NOBODY, _ME, _UNSAID = "nobody", "me", "unsaid"
_ANY = ("", _("Any"))


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter that is set: what it is, its value, and the list without it."""

    label: str | Promise
    text: str
    query: str


class QueueFilter(forms.Form):
    """What to list, and in which order. What cannot be read filters nothing: an old address still opens."""

    tab = forms.ChoiceField(choices=Tab.choices, required=False)
    q = forms.CharField(label=_("Search"), required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=Sort.choices, required=False)
    state = forms.ChoiceField(label=_("State"), choices=[_ANY, *CaseState.choices], required=False)
    assignee = forms.ChoiceField(label=_("Who works on it"), required=False)
    nature = forms.ChoiceField(
        label=_("Kind of statement"),
        choices=[_ANY, (_UNSAID, _("Not said yet")), *Nature.choices],
        required=False,
    )
    topic = forms.ChoiceField(
        label=_("Topic"), choices=[_ANY, *Topic.choices], required=False, help_text=_("Of the case's fact-check.")
    )
    asked = forms.IntegerField(label=_("Asked at least"), min_value=1, max_value=10**9, required=False)
    since = forms.DateField(
        label=_("Asked since"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: QueryDict, *, user: User, people: Iterable[User]) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.user = user
        fixed = [_ANY, (_NOBODY, _("Nobody")), (_ME, _("Me"))]
        choices = [*fixed, *((str(one.pk), one.name) for one in people if one != user)]
        cast(forms.ChoiceField, self.fields["assignee"]).choices = choices
        self.is_valid()

    def clean_q(self) -> str:
        """Return what is searched: of a whole message that was pasted its beginning."""
        return str(self.cleaned_data["q"])[:_SEARCHED].strip()

    @property
    def chosen_tab(self) -> Tab:
        """The tab; a search without one looks everywhere."""
        given = str(self._value("tab"))
        return Tab(given) if given else (Tab.ALL if self._value("q") else Tab.TO_DO)

    @property
    def chosen_sort(self) -> Sort:
        """The order: the one chosen, else the one that goes with a search or the tab."""
        given = str(self._value("sort"))
        if given and (given != Sort.BEST or self._value("q")):
            return Sort(given)
        return Sort.BEST if self._value("q") else _SORTS.get(self.chosen_tab, Sort.HOTTEST)

    @property
    def narrowed(self) -> int:
        """How many filters are set, beside tab, search and order."""
        return sum(bool(self._value(name)) for name in _NARROWING)

    @property
    def active(self) -> list[ActiveFilter]:
        """What narrows the list, each with the address of the list without it."""
        names = [name for name in ("q", *_NARROWING) if self._value(name)]
        labels = {name: self.fields[name].label or "" for name in names}
        return [ActiveFilter(labels[name], self._said(name), self.query(**{name: ""})) for name in names]

    @property
    def by_asked(self) -> str:
        """The same list in another order: most asked first."""
        return self.query(sort=Sort.ASKED)

    @property
    def by_heat(self) -> str:
        """The same, hottest first."""
        return self.query(sort=Sort.HOTTEST)

    @property
    def by_wait(self) -> str:
        """The same, longest wait first."""
        return self.query(sort=Sort.WAITING)

    def query(self, **other: str) -> str:
        """Return it as it stands in an address, with other values in the place of some; empty ones are left out."""
        values = {name: self._value(name) for name in self.fields} | other
        return urlencode({name: _written(value) for name, value in values.items() if value})

    def apply(self, rows: QuerySet[Case]) -> QuerySet[Case]:
        """Return the rows that fit, in order."""
        rows = rows.filter(self._conditions())
        if not (text := self._value("q")):
            return rows.order_by(*_ORDERS[self.chosen_sort])
        hits = search_cases(str(text))
        rows = rows.filter(hits.condition)
        if self.chosen_sort is Sort.BEST:
            return rows.order_by(hits.order, "-last_asked", "-pk")
        return rows.order_by(*_ORDERS[self.chosen_sort])

    def _conditions(self) -> Q:
        state = self._value("state")
        found = Q(state=state) if state else self._tab_states()
        if self.chosen_tab is Tab.MINE:
            found &= Q(assignee=self.user)
        if assignee := self._value("assignee"):
            found &= self._assigned_to(str(assignee))
        if nature := self._value("nature"):
            found &= Q(nature="" if nature == _UNSAID else nature)
        if topic := self._value("topic"):
            found &= Q(fact_check__topic=topic)
        if asked := self._value("asked"):
            found &= Q(asked__gte=asked)
        if since := self._value("since"):
            found &= Q(last_asked__gte=_morning(since))
        return found

    def _tab_states(self) -> Q:
        states = _STATES.get(self.chosen_tab)
        return Q(state__in=states) if states else Q()

    def _assigned_to(self, who: str) -> Q:
        if who == _NOBODY:
            return Q(assignee__isnull=True)
        return Q(assignee=self.user.pk if who == _ME else int(who))

    def _said(self, name: str) -> str:
        """Return a value as it is shown."""
        value = self._value(name)
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(cast(Iterable[tuple[str, str]], field.choices))[str(value)])
        return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, dt.date) else str(value)

    def _value(self, name: str) -> object:
        return self.cleaned_data.get(name) or ""


def _morning(day: object) -> dt.datetime:
    """Return when a day begins: a moment, so that the index is of use."""
    return timezone.make_aware(dt.datetime.combine(cast(dt.date, day), dt.time.min))


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)
