# ruff: noqa: E402  (Django is set up before its models are imported)
"""Work at a desk by the product's own actions: run as a program with a site's environment.

    python -m tests.functional.newsroom publish CLAIM SUMMARY
    python -m tests.functional.newsroom correct NUMBER SUMMARY
    python -m tests.functional.newsroom withdraw NUMBER

prints the number of the fact-check.
"""

import os
import sys
from dataclasses import replace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiemtin.config.settings")
django.setup()

from kiemtin.accounts.enums import Role
from kiemtin.accounts.models import Desk, User
from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.start_fact_check import start_fact_check
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.draft import DraftContent, SourceContent
from kiemtin.checks.models import FactCheck


def desk():
    """The demonstration's: other stories may have made more of them."""
    return Desk.objects.order_by("pk").first()


def person(role):
    return User.objects.filter(memberships__role=role, memberships__desk=desk()).order_by("pk").first()


def printed(row, content):
    """Bring it to print, by two people."""
    author, approver = person(Role.CHECKER), person(Role.EDITOR)
    row = save_draft(fact_check=row, by=author, version=row.version, content=content)
    row = submit(fact_check=row, by=author, version=row.version)
    row = approve(fact_check=row, by=approver, version=row.version)
    return publish(fact_check=row, by=approver).fact_check


def source(number):
    return SourceContent(
        title=f"Thông báo {number}",
        publisher=f"Cơ quan {number}",
        url=f"https://nguon.example/{number}",
        interest="independent",
        shows="Không có việc này.",
    )


def published(claim, summary):
    content = DraftContent(
        claim=claim,
        verdict="false",
        summary=summary,
        body="Chúng tôi đã hỏi hai nơi.",
        topic="health",
        sources=(source(1), source(2)),
    )
    return printed(start_fact_check(desk=desk(), by=person(Role.CHECKER), language="vi"), content)


def corrected(number, summary):
    row = start_correction(fact_check=FactCheck.objects.get(pk=number), by=person(Role.CHECKER))
    changed = replace(DraftContent.of(row), summary=summary, verdict="misleading", note="Thêm một con số đúng.")
    return printed(row, changed)


def withdrawn(number):
    row = FactCheck.objects.get(pk=number)
    withdraw(fact_check=row, by=person(Role.EDITOR), note="Nguồn chính đã bị gỡ.")
    return row


if __name__ == "__main__":
    deed, *arguments = sys.argv[1:]
    row = {"publish": published, "correct": corrected, "withdraw": withdrawn}[deed](*arguments)
    sys.stdout.write(f"{row.pk}\n")
