# ruff: noqa: E402  (Django is set up before its models are imported)
"""Fills a site as `world.py` does, then puts an attack into every text that its database holds.

Run as a program like `world.py`, it prints the same and, as `attacks`, what stands where. What anybody, a publisher
that is followed, or somebody at the desk could bring is so on every page, whatever a form would have refused.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiemtin.config.settings")
django.setup()

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import models, transaction

from kiemtin.accounts.enums import Scope
from kiemtin.accounts.models import Desk, User
from kiemtin.audit.models import LogEntry
from kiemtin.checks.completeness import same_page
from kiemtin.checks.models import CitedSource, CopyRequest, ExternalReview, StoredCopy
from kiemtin.config.demonstration import SLUG
from kiemtin.exchange.models import ImportRun, MarkupPage, ReviewSource, SourcedReview, SourcePage
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.models import Case, Picture
from kiemtin.staff.actions.make_token import make_token
from tests.functional import world
from tests.functional.attacks import EMAIL, FORMS, SHORT, address, label
from tests.functional.hostile_fields import (
    A_CITED_ADDRESS,
    ADDRESSES,
    CITED,
    KEPT,
    LANGUAGE,
    PLAIN_KEYS,
    WHOLE,
)
from tests.tampering import unguarded

APPS = ("accounts", "audit", "checks", "questions", "exchange", "matching", "mfa", "account")


class Attacker:
    """Puts attacks in the place of texts: another one for each text of a field, the same for the same text.

    Remembers under which label each field has its attacks.
    """

    def __init__(self):
        self.labels, self.made = {}, {}

    def text(self, field, old, limit=None):
        """Return the attack in the place of a text."""
        name = CITED.get(field, field)
        made = self.made.setdefault(name, {})
        if old in made.values():
            return old  # it is one already
        return made.setdefault(old, self._attack(name, len(made), limit))

    def _attack(self, name, number, limit):
        told = f"{self.label(name)}{number}"
        if name == A_CITED_ADDRESS or name.endswith(ADDRESSES):
            return address(told, number)
        if name.endswith((".email", ".contact")):
            return EMAIL.format(label=told)
        form = FORMS[number % len(FORMS)].format(label=told)
        return form if limit is None or len(form) <= limit else SHORT.format(label=told)[:limit]

    def label(self, field):
        return self.labels.setdefault(field, label(len(self.labels)))

    def json(self, field, value):
        """Do so with all texts in a JSON value but those of the program."""
        if isinstance(value, dict):
            return {key: one if key in PLAIN_KEYS else self.json(f"{field}.{key}", one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.json(field, one) for one in value]
        return self.text(field, value) if isinstance(value, str) and value else value


def texts():
    """Yield model and field of every text in the database that somebody chose the words of."""
    for model in apps.get_models():
        if model._meta.app_label in APPS:
            for field in model._meta.fields:
                if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices:
                    yield model, field


def name_of(model, field):
    return f"{model._meta.label}.{field.name}"


def attack(attacker):
    """Attack every text; returns the names of those of which there is none in the whole world."""
    empty = []
    for model, field in texts():
        name = name_of(model, field)
        if name not in KEPT and field.name != LANGUAGE and not _attack(attacker, model, field, name):
            empty.append(name)
    for model in (StoredCopy, CopyRequest, CitedSource):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(page=same_page(row.url))
    return empty


def _attack(attacker, model, field, name):
    count = 0
    for row in model._base_manager.order_by("pk"):
        old = getattr(row, field.name)
        if name == "mfa.Authenticator.data":  # the name of a passkey, beside what it is checked with
            new = old | {"name": attacker.text(f"{name}.name", old["name"])} if "name" in old else old
        elif isinstance(field, models.JSONField):
            new = attacker.json(name, old)
        else:
            new = attacker.text(name, old, field.max_length) if old else old
            new = f"{old} {new}" if name in WHOLE else new
        if new != old:
            model._base_manager.filter(pk=row.pk).update(**{field.name: new})
            count += 1
    return count


def fill_more(desk):
    """Make what the world has none of, and publish with the product's own actions what the public log then holds."""
    who = {role: User.objects.get(email=f"{role}@e2e.example") for role in ("checker", "editor")}
    work = world.Work(desk, who)
    bad = FORMS[0].format(label=label(9_999))
    work.published("attack", f"Tin có bẫy {bad}", claim=bad, summary=bad, body=FORMS[3].format(label=label(9_999)))
    case, _ = work.case("attack-declined", f"Chuyện riêng có bẫy {bad}")
    decline(case=case, by=work.editor, reason=bad)
    rating = {"words": "Sai", "why": "Vì thế", "value": 1, "best": 5, "worst": 1}
    page = MarkupPage.objects.create(
        desk=desk,
        code="kt",
        publisher_name="Báo",
        publisher_site="bao.example",
        url="https://bao.example/1",
        markups=[{"claim": "Tin", "url": "", "claim_date": "", "rating": rating}],
    )
    told = {"etag": '"a"', "last_modified": "Fri, 20 Nov 2026 10:00:00 GMT"}
    ReviewSource.objects.filter(desk=desk).update(**told, within="/tin/", site="bao-ban.example")
    SourcePage.objects.update(**told, lastmod="2026-11-20", read_lastmod="2026-11-20")
    CitedSource.objects.update(**told)
    review = ExternalReview.objects.exclude(url="").first()
    sources = [{"title": "Nguồn", "publisher": "Viện", "url": "https://vien.example", "shows": "Rõ", "kind": "primary"}]
    words = {"wordings": ["Tin"], "licence": "CC BY 4.0", "sources": sources, "work": "bao/1", "rating_before": "Đúng"}
    ExternalReview.objects.update(**words)
    Picture.objects.update(typed="Tin này thật không")
    Case.objects.filter(state="not-checkable").update(nature_note="Ai cũng có thể nghĩ khác.")
    fields = {"scopes": list(Scope), "days": 30, "publisher_name": "Báo", "publisher_site": "bao.example"}
    make_token(desk=desk, name="Bot", by=User.objects.get(email="administrator@e2e.example"), **fields)
    SourcedReview.objects.create(source=ReviewSource.objects.first(), review=review, key=review.key, url=review.url)
    ImportRun.objects.create(digest="0" * 64, name="checks.json", reader="claimreview-lines", size=1)
    return {"cases": {"attack": case.pk}, "page": page.code, "check": work.checks["attack"].pk}


def _email(key):
    """Return the address that the person of a session has now."""
    return User.objects.get(pk=SessionStore(session_key=key)[SESSION_KEY]).email


@transaction.atomic
def build():
    built = world.build()
    more = fill_more(Desk.objects.get(slug=SLUG))
    attacker = Attacker()
    with unguarded():
        empty = attack(attacker)
    entries = LogEntry.objects.count()
    return built | {
        "emails": {name: _email(key) for name, key in built["sessions"].items()},
        "attacks": {"labels": attacker.labels, "empty": empty, "entries": entries, **more},
    }


if __name__ == "__main__":
    json.dump(build(), sys.stdout)
