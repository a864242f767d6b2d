"""Fills a database so that something is in each table: the world of the functional tests, and what it leaves out."""

import datetime as dt
import json
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.utils import timezone

from kiemtin.accounts.enums import Scope
from kiemtin.accounts.models import ApiToken, Desk, User
from kiemtin.audit.publiclog.append import append
from kiemtin.audit.publiclog.entries import Entry, moment
from kiemtin.audit.publiclog.tiles import WIDTH
from kiemtin.checks.models import ExternalReview, FactCheck
from kiemtin.config.commands.index import bring_up
from kiemtin.config.database import open_database
from kiemtin.config.demonstration import make_desk, make_people, write_pages
from kiemtin.exchange.actions.create_page import create_page
from kiemtin.exchange.actions.import_file import import_file
from kiemtin.exchange.actions.load_samples import load_samples
from kiemtin.exchange.models import ReviewSource, SourcedReview
from kiemtin.exchange.pages import PageContent, PageMarkup, PageRating
from kiemtin.matching.live import live_library
from kiemtin.questions.actions.ask import ask
from kiemtin.questions.actions.leave_address import leave_address
from kiemtin.questions.models import CheckDemand
from kiemtin.staff.actions.make_token import make_token

PASSWORD, FLOODED, ADDRESS = "mat-khau-cua-ban-phat-hanh", "198.51.100.7", "nguoi-hoi@example.org"
UNUSED = {"auth_group", "auth_group_permissions", "account_emailconfirmation"}
"""Tables of packages that nothing of ours writes to."""

_SAMPLES = 2
_OFFER = (
    "Vay nhanh lãi 0 phần trăm, lên vaynhanh-ngay.vn hoặc gọi 0901 234 567, chuyển phí vào số tài khoản 19031234567890"
)
_REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://www.bao-kiem.example/check/1",
    "claimReviewed": "Tỏi chữa được Covid-19",
    "author": {"@type": "Organization", "name": "Báo Kiểm", "url": "https://www.bao-kiem.example"},
    "reviewRating": {"@type": "Rating", "alternateName": "Sai", "ratingValue": 1, "bestRating": 5},
    "datePublished": "2020-05-01",
}


class Silent:
    """Hears how an import goes on."""

    def moved(self, done, total, rows):
        pass

    def left_out(self, row):
        raise ValueError(row)


def fill(known):
    """Fill the database of the data folder; `known` is the file for what only people know."""
    open_database()
    _begin()
    sys.argv[1:3] = PASSWORD, FLOODED
    from tests.functional import world

    told = world.build()
    _import()
    token = _token(User.objects.get(email=told["emails"]["administrator"]))
    offer = _ask()
    check = FactCheck.objects.get(pk=told["checks"]["published"])
    CheckDemand.objects.create(fact_check=check, day=timezone.localdate(), count=3)
    cases = range(10**9, 10**9 + WIDTH)  # enough for a hash over a full tile
    append(*(Entry(kind="reopened", desk="mau", at=moment(timezone.now()), case=case) for case in cases))
    empty = {one._meta.db_table for one in apps.get_models(include_auto_created=True) if not one._base_manager.exists()}
    if empty != UNUSED:
        raise ValueError(f"nothing is in {empty - UNUSED}, something in {UNUSED - empty}")
    kept = {
        "password": PASSWORD,
        "address": ADDRESS,
        "emails": told["emails"],
        "recovery": _recovery(told["emails"]["editor"]),
        "codes": told["codes"] | {"offer": offer},
        "checks": told["checks"],
        "alerts": told["alerts"],
        "copy": told["copies"]["given"],
        "token": token,
    }
    known.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _begin():
    """Make the sample desk with a few of its checks."""
    desk = make_desk()
    people = make_people(desk)
    write_pages(desk, people.editor)
    library = files("kiemtin") / "samples" / "checks"
    names = sorted(one.name for one in library.iterdir() if one.name.endswith(".json"))
    with tempfile.TemporaryDirectory() as folder:
        for name in names[:_SAMPLES]:
            (Path(folder) / name).write_text((library / name).read_text(encoding="utf-8"), encoding="utf-8")
        load_samples(desk=desk, author=people.checker, approver=people.editor, by="command-line", folder=Path(folder))


def _import():
    """Take in a review of another publisher from a file, as if a source had brought it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "checks.json"
        path.write_text(json.dumps(_REVIEW), encoding="utf-8")
        import_file(path=path, by="command-line", listener=Silent())
    review = ExternalReview.objects.get(url=_REVIEW["url"])
    source = ReviewSource.objects.get(name="Báo bạn")
    SourcedReview.objects.create(source=source, review=review, key=review.key, url=review.url, round=1)


def _token(by):
    """Make a token, and hand in a page with it; it never expires, as these data are looked at for years."""
    made = make_token(
        desk=Desk.objects.get(slug="mau"),
        name="Báo khác",
        scopes=[Scope.CASES, Scope.PAGES],
        days=365,
        by=by,
        publisher_name="Báo khác",
        publisher_site="bao-khac.example",
    )
    markup = PageMarkup(claim="Muối chữa được sốt", rating=PageRating(words="Sai"))
    create_page(content=PageContent("https://www.bao-khac.example/check/2", (markup,)), by=made.token)
    ApiToken.objects.filter(pk=made.token.pk).update(expires=dt.datetime(2999, 1, 1, tzinfo=dt.UTC))
    return made.secret


def _ask():
    """Ask about an offer, so that its numbers are kept as hashes, and leave an address; returns the receipt code."""
    bring_up(use_encoder=False)
    asked = ask(text=_OFFER, channel="web", language="vi", asker="a", library=live_library())
    leave_address(request=asked.request, address=ADDRESS)
    return asked.request.code


def _recovery(email):
    authenticator = Authenticator.objects.get(user__email=email, type=Authenticator.Type.RECOVERY_CODES)
    return RecoveryCodes(authenticator).get_unused_codes()
