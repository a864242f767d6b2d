"""The sample desk: its people, its pages, and a few questions in its queue."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from importlib.resources import files

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.utils.translation import gettext, override

from kiemtin.accounts.enums import SECOND_FACTOR, PageKind, Role
from kiemtin.accounts.models import Desk, DeskPage, User
from kiemtin.matching.live import live_library
from kiemtin.questions.actions.ask import ask
from kiemtin.questions.actions.decide_match import decline_matches
from kiemtin.questions.enums import Answered
from kiemtin.questions.models import Message
from kiemtin.staff.actions.add_person import add_person
from kiemtin.staff.actions.create_desk import create_desk
from kiemtin.staff.actions.write_page import write_page

ACTOR = "command-line"
SLUG = "mau"
DOMAIN = "kiemtin.example"  # reserved for examples (RFC 2606): no mail ever gets there
_NAMES = {
    Role.READER: "Lê Đọc (mẫu)",
    Role.CHECKER: "Trần Kiểm (mẫu)",
    Role.EDITOR: "Phạm Biên (mẫu)",
    Role.ADMINISTRATOR: "Nguyễn Quản (mẫu)",
}
_CODES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who was made just now, with what is shown once."""

    role: Role
    email: str
    password: str = field(repr=False)
    codes: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class People:
    """Who writes and who approves the samples, and all who are new."""

    checker: User
    editor: User
    new: list[NewPerson]


def make_desk() -> Desk:
    """Return the sample desk; made if it is not there. It takes in the questions unless another desk does."""
    found = Desk.objects.filter(slug=SLUG).first()
    if found:
        return found
    with override("vi"):
        name = gettext("Kiểm Tin (sample library)")
    is_intake = not Desk.objects.filter(is_intake=True).exists()
    return create_desk(slug=SLUG, name=name, by=ACTOR, is_intake=is_intake, is_sample=True)


@transaction.atomic
def make_people(desk: Desk) -> People:
    """Return the demonstration people of a desk; those who are not there are made."""
    users: dict[Role, User] = {}
    new: list[NewPerson] = []
    for role in Role:
        email = f"{role.value}@{DOMAIN}"
        known = User.objects.filter(email=email, memberships__desk=desk).first()
        if known is None:
            password = secrets.token_urlsafe(12)
            known = add_person(email=email, name=_NAMES[role], desk=desk, role=role, by=ACTOR, password=password)
            new.append(NewPerson(role, email, password, _second_factor(known) if role in SECOND_FACTOR else ()))
        users[role] = known
    return People(users[Role.CHECKER], users[Role.EDITOR], new)


def _second_factor(user: User) -> tuple[str, ...]:
    """Set up a second factor whose device nobody has, so that the codes are what lets in; returns some of those."""
    TOTP.activate(user, generate_totp_secret())
    return tuple(RecoveryCodes.activate(user).get_unused_codes()[:_CODES_SHOWN])


def write_pages(desk: Desk, editor: User) -> None:
    """Write the sample desk's pages where it has none."""
    for path in sorted((files("kiemtin") / "samples" / "pages").iterdir(), key=lambda path: path.name):
        kind, language, _end = path.name.split(".")
        if not DeskPage.objects.filter(desk=desk, kind=kind, language=language).exists():
            body = path.read_text(encoding="utf-8")
            write_page(desk=desk, kind=PageKind(kind), language=language, body=body, by=editor, expected_number=0)


def ask_samples(desk: Desk) -> int:
    """Ask the sample questions once, so that the queue has something in it; returns how many were asked."""
    if not desk.is_intake or Message.objects.exists():
        return 0
    questions = json.loads((files("kiemtin") / "samples" / "questions.json").read_text(encoding="utf-8"))
    library = live_library()
    for question in questions:
        for number in range(question["asked"]):
            asker = f"sample-{number}"
            asked = ask(text=question["text"], channel="web", language="vi", asker=asker, library=library)
            if asked.band is Answered.MAYBE:
                decline_matches(request=asked.request)  # so that it is at the desk at once
    return len(questions)
