"""The desk, its people and its pages, made by the product's own actions."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from kiemtin.accounts.enums import Role
from kiemtin.accounts.models import Desk, User
from kiemtin.config.demonstration import write_pages
from kiemtin.staff.actions.add_person import add_person
from kiemtin.staff.actions.create_desk import create_desk

ACTOR = "command-line"
SLUG = "do-luong"
EMAIL = "kiem-{}@kiemtin.example"
HANDS = 8


@dataclass(frozen=True)
class Cast:
    """Who works at the desk; `password` is that of the first checker, who signs in."""

    desk: Desk
    checkers: list[User]
    editor: User
    password: str


def make() -> Cast:
    """Make them."""
    desk = create_desk(slug=SLUG, name="Bàn Đo Lường", by=ACTOR, is_intake=True)
    password = secrets.token_urlsafe(16)
    checkers = [_person(desk, number, password if number == 0 else None) for number in range(HANDS)]
    editor = add_person(email=EMAIL.format("duyet"), name="Phạm Biên", desk=desk, role=Role.EDITOR, by=ACTOR)
    write_pages(desk, editor)
    return Cast(desk, checkers, editor, password)


def _person(desk: Desk, number: int, password: str | None) -> User:
    name = f"Người Kiểm {number + 1}"
    return add_person(email=EMAIL.format(number), name=name, desk=desk, role=Role.CHECKER, by=ACTOR, password=password)
