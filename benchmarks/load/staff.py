"""People and work for a bad day: `python -m benchmarks.load.staff FOLDER`, a folder that `benchmarks.desk.fill` made.

Prints as JSON: sessions of five checkers, each with a draft of their own, and of an editor; checks of the rumours that
are asked about most, submitted and ready to be approved; texts that somebody has asked before, and new ones.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.desk.size import CARD, use

CHECKERS = 5
RUMOURS = 3
_KNOWN = 200
_NEW = 8_000


def make(card: dict[str, Any]) -> dict[str, Any]:
    """Make them on the data folder that Django is set up on."""
    import secrets  # noqa: PLC0415

    from benchmarks.desk.questions import questions  # noqa: PLC0415
    from kiemtin.accounts.models import Desk  # noqa: PLC0415
    from kiemtin.config.errors import opened  # noqa: PLC0415

    opened()  # a folder that an earlier version filled is brought to this one's form
    desk = Desk.objects.get(slug=card["slug"])
    checkers = _people(desk, "checker")[:CHECKERS]
    editor = _people(desk, "editor")[0]
    rumours, known = _rumours()
    supply = questions(card)
    return {
        "slug": desk.slug,
        "seed": secrets.randbelow(1 << 23),
        "checkers": [
            {"cookies": _session(one), "draft": _draft(desk, one, number)} for number, one in enumerate(checkers)
        ],
        "editor": _session(editor, is_second_factor=True),
        "checks": [_submitted(case, author=checkers[0]) for case in rumours],
        "rumours": known[:RUMOURS],
        "known": known,
        "new": [next(supply.generated) for _ in range(_NEW)],
        "words": card["searches"],
    }


def _people(desk: Any, role: str) -> list[Any]:  # noqa: ANN401  (rows of Django, which is set up later)
    from kiemtin.accounts.models import User  # noqa: PLC0415

    return list(User.objects.filter(memberships__desk=desk, memberships__role=role).order_by("pk"))


def _rumours() -> tuple[list[Any], list[str]]:
    """Return the open cases that are asked about most, and texts of open cases, those of the rumours first."""
    from kiemtin.questions.digest import readable  # noqa: PLC0415
    from kiemtin.questions.enums import CaseState  # noqa: PLC0415
    from kiemtin.questions.models import Message  # noqa: PLC0415

    rows = Message.objects.filter(case__state=CaseState.OPEN, case__fact_check=None, case__external_review=None)
    rows = rows.exclude(case__conflicts__isnull=False).select_related("case").order_by("-asked", "pk")[: 3 * _KNOWN]
    found = [row for row in rows if readable(row.text) == row.text]
    first = list({row.case_id: row for row in reversed(found)}.values())[::-1][:RUMOURS]
    others = [row for row in found if row not in first]
    return [row.case for row in first], [row.text for row in (*first, *others)][:_KNOWN]


def _session(user: Any, *, is_second_factor: bool = False) -> dict[str, str]:  # noqa: ANN401
    """Sign in without the form, which takes its time on purpose; with a second factor if the role needs one."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    if is_second_factor:
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
        session = client.session
        session["account_authentication_methods_user"] = str(user.pk)
        session["account_authentication_methods"] = [{"method": "password"}, {"method": "mfa", "type": "totp"}]
        session.save()
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _draft(desk: Any, author: Any, number: int) -> int:  # noqa: ANN401
    from kiemtin.checks.actions.start_fact_check import start_fact_check  # noqa: PLC0415

    row = start_fact_check(desk=desk, by=author, language="vi")
    return int(_written(row, author, f"Một bản nháp số {number}").pk)


def _submitted(case: Any, *, author: Any) -> int:  # noqa: ANN401
    """Write the check of a case and hand it in."""
    from kiemtin.checks.actions.submit import submit  # noqa: PLC0415
    from kiemtin.checks.enums import Nature  # noqa: PLC0415
    from kiemtin.questions.actions.say_nature import say_nature  # noqa: PLC0415
    from kiemtin.questions.actions.start_draft import start_draft  # noqa: PLC0415

    if case.nature != Nature.FACT:
        say_nature(case=case, by=author, nature=Nature.FACT)
    row = _written(start_draft(case=case, by=author), author, case.title)
    return int(submit(fact_check=row, by=author, version=row.version).pk)


def _written(row: Any, author: Any, claim: str) -> Any:  # noqa: ANN401
    from kiemtin.checks.actions.save_draft import save_draft  # noqa: PLC0415
    from kiemtin.checks.draft import DraftContent, SourceContent  # noqa: PLC0415

    sources = tuple(
        SourceContent(
            title=f"Thông báo {number}",
            publisher=f"Cơ quan {number}",
            url=f"https://nguon.example/{row.pk}/{number}",
            interest="independent",
            shows="Không có việc này.",
        )
        for number in (1, 2)
    )
    content = DraftContent(
        claim=claim,
        verdict="false",
        summary="Hai nơi có thẩm quyền đều nói là không có việc này.",
        body="Chúng tôi đã hỏi hai nơi.",
        topic="health",
        sources=sources,
    )
    return save_draft(fact_check=row, by=author, version=row.version, content=content)


def main() -> None:
    """Make and print."""
    data = Path(sys.argv[1]).absolute()
    use(data)
    print(json.dumps(make(json.loads((data / CARD).read_text(encoding="utf-8"))), ensure_ascii=False))


if __name__ == "__main__":
    main()
