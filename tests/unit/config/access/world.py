"""Two desks with everything that a desk can have: what one of them has must be nothing to the other.

Each text of a desk holds its mark, so that it is known wherever it comes up.
"""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from fido2 import cbor
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from kiemtin.accounts.enums import REQUIRED_PAGES, Role, Scope
from kiemtin.accounts.models import Desk, Membership, User
from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.actions.publish_alert import publish_alert
from kiemtin.checks.actions.save_alert import save_alert
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.start_alert import start_alert
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.actions.submit_alert import submit_alert
from kiemtin.checks.alerts import AlertContent
from kiemtin.checks.completeness import same_page
from kiemtin.checks.copy_store import put
from kiemtin.checks.draft import DraftContent, SourceContent
from kiemtin.checks.enums import Nature, Topic, Verdict
from kiemtin.checks.models import CitedSource, FactCheck, StoredCopy
from kiemtin.exchange.actions.create_page import create_page
from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.pages import PageContent, PageMarkup, PageRating
from kiemtin.questions.actions.close_not_checkable import close_not_checkable
from kiemtin.questions.actions.declare_conflict import declare_conflict
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.merge import merge
from kiemtin.questions.actions.note import note
from kiemtin.questions.actions.report_error import report_error
from kiemtin.questions.actions.save_view import save_view
from kiemtin.questions.actions.start_draft import start_draft
from kiemtin.questions.codes import new_code
from kiemtin.questions.enums import ReplyKind, ReplyState
from kiemtin.questions.models import Case, CaseChange, Match, Picture, Reply
from kiemtin.questions.secrets import seal_picture
from kiemtin.staff.actions.invite import invite
from kiemtin.staff.actions.make_token import make_token
from kiemtin.staff.actions.write_page import write_page
from tests.unit.questions.making import make_message, make_request, make_review

PASSWORD = "mat-khau-thu-nghiem"
_numbers = itertools.count(1)


@dataclass
class Corner:
    """A desk, its people, and its things by name: `corner.things["case_open"]`."""

    mark: str
    desk: Desk
    people: dict = field(default_factory=dict)
    things: dict = field(default_factory=dict)
    tokens: dict = field(default_factory=dict)


def build(slug, mark, *, is_intake):
    """Make a desk with people of each role who wrote nothing, and with things that two others made."""
    desk = Desk.objects.create(slug=slug, name=f"Bàn {mark}", language="vi", is_intake=is_intake)
    corner = Corner(mark, desk)
    for role in Role:
        corner.people[role.value] = _person(f"{role.value} {mark}", role, desk)
    author, approver = _person(f"Tác giả {mark}", Role.CHECKER, desk), _person(f"Duyệt {mark}", Role.EDITOR, desk)
    boss = _person(f"Trưởng {mark}", Role.ADMINISTRATOR, desk)
    corner.people |= {"author": author, "approver": approver, "boss": boss}
    # Somebody whose membership and views the others may reach for.
    corner.things["colleague"] = Membership.objects.get(user=author, desk=desk)
    corner.things["person"] = author
    for kind in REQUIRED_PAGES:
        write_page(desk=desk, kind=kind, language="vi", body=f"# {mark} {kind}", by=approver, expected_number=0)
    write_page(desk=desk, kind="method", language="vi", body=f"# {mark} hai", by=approver, expected_number=1)
    _cases(corner, author, approver)
    _checks(corner, author, approver)
    _alerts(corner, author, approver)
    _rest(corner, boss)
    return corner


def _person(name, role, desk):
    user = User.objects.create(email=f"nguoi{next(_numbers)}@example.org", name=name, password=make_password(PASSWORD))
    Membership.objects.create(user=user, desk=desk, role=role)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)
    _passkey(user)
    return user


def _passkey(user):
    """Give a person a passkey, as a phone would have registered it."""
    key = {1: 2, 3: -7, -1: 1, -2: b"\x01" * 32, -3: b"\x02" * 32}
    credential = AttestedCredentialData(b"\x00" * 16 + b"\x00\x04" + b"khoa" + cbor.encode(key))
    data = AuthenticatorData.create(b"\x03" * 32, AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 0, credential)
    told = b'{"type":"webauthn.create","challenge":"eA","origin":"https://kiem.example"}'
    response = {
        "clientDataJSON": websafe_encode(told),
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
    }
    stored = {"id": websafe_encode(b"khoa"), "rawId": websafe_encode(b"khoa"), "type": "public-key"}
    stored |= {"response": response, "clientExtensionResults": {"credProps": {"rk": True}}}
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Điện thoại", "credential": stored})


def _content(mark, claim, **fields):
    sources = tuple(
        SourceContent(
            title=f"Nguồn {number} {mark}",
            publisher=f"Viện {number}",
            url=f"https://nguon{number}-{mark.lower()}.example/bai",
            interest="independent",
            shows="Không đúng.",
        )
        for number in (1, 2)
    )
    given = {
        "claim": f"{claim} {mark}",
        "verdict": Verdict.FALSE,
        "summary": f"Không có bằng chứng {mark}.",
        "body": f"Nói rõ {mark}.",
        "topic": Topic.HEALTH,
        "sources": sources,
    }
    return DraftContent(**(given | fields))


def _case(corner, name, title, *, messages=1, **fields):
    fields = {"language": "vi", "title": f"{title} {corner.mark}"} | fields
    case = Case.objects.create(desk=corner.desk, **fields)
    for number in range(messages):
        make_message(case, text=f"{title} số {number} {corner.mark}")
    corner.things[name] = case
    return case


def _cases(corner, author, approver):
    things = corner.things
    case = _case(corner, "case_open", "Xe buýt ngừng chạy", messages=2)
    second = _case(corner, "case_second", "Xe buýt đổi giờ")
    things["message"], things["other_message"] = case.messages.order_by("pk")
    things["match"] = Match.objects.create(
        message=things["message"], case=second, probability=0.6, band="maybe", near_copy=True
    )
    things["receipt"] = make_request(things["message"], address=False)
    things["receipt_told"] = things["other_message"].requests.first()
    for name in ("receipt", "receipt_told"):
        things[name].code = new_code()
        things[name].save()
    declined = _case(corner, "case_declined", "Hàng xóm lấy chậu cây")
    decline(case=declined, by=approver, reason="Chuyện riêng.")
    opinion = _case(corner, "case_opinion", "Phở này dở")
    close_not_checkable(case=opinion, by=author, nature=Nature.OPINION, note="")
    merged = _case(corner, "case_merged", "Tuyến buýt nghỉ")
    merge(source=merged, target=second, by=author)
    things["change"] = CaseChange.objects.get(target=second)
    _case(corner, "case_fact", "Ghế đá bị dời", nature=Nature.FACT)
    conflict = _case(corner, "case_conflict", "Công ty xả thải")
    declare_conflict(case=conflict, by=author, reason=f"Họ hàng {corner.mark}.")
    note(case=case, by=author, text=f"Đã gọi bến xe {corner.mark}")
    things["note"] = case.notes.get()
    later = timezone.now() + dt.timedelta(days=7)
    given = {"secret": seal_picture(b"RIFF"), "delete_after": later}
    things["picture"] = Picture.objects.create(
        code=new_code(), state="asked", request=things["receipt"], needed=timezone.now(), **given
    )
    things["picture_number"] = things["picture"].pk
    wanted = Picture.objects.create(code=new_code(), state="asked", request=things["receipt"], **given)
    things["picture_wanted"] = wanted.pk
    fresh = {"state": "read", "text": f"Chữ trong ảnh {corner.mark}"}
    things["new_picture"] = Picture.objects.create(code=new_code(), **fresh, **given)
    things["review"] = make_review(claim=f"Xe buýt {corner.mark}")


def _drafted(corner, name, title, author, **fields):
    case = _case(corner, f"case_of_{name}", title, nature=Nature.FACT)
    check = start_draft(case=case, by=author)
    row = save_draft(fact_check=check, by=author, version=check.version, content=_content(corner.mark, title, **fields))
    corner.things[f"check_{name}"] = row
    return row


def _submitted(corner, name, title, author):
    row = _drafted(corner, name, title, author)
    return submit(fact_check=row, by=author, version=row.version)


def _published(corner, name, title, author, approver):
    row = _submitted(corner, name, title, author)
    corner.things[f"copy_of_{name}"] = _copy(row, licence="public")
    row = approve(fact_check=row, by=approver, version=row.version)
    publish(fact_check=row, by=approver)
    return FactCheck.objects.get(pk=row.pk)


def _copy(check, *, content=b"%PDF-1.4 ", licence="named-only"):
    url = check.sources.order_by("position").first().url
    kept = put(content + check.claim.encode())
    return StoredCopy.objects.create(
        fact_check=check,
        page=same_page(url),
        url=url,
        sha256=kept.sha256,
        size=kept.size,
        media_type="application/pdf",
        method="uploaded",
        licence=licence,
    )


def _checks(corner, author, approver):
    things = corner.things
    draft = _drafted(corner, "draft", "Chợ đóng cửa", author)
    things["copy"] = _copy(draft)
    things["source_url"] = draft.sources.order_by("position").first().url
    _submitted(corner, "submitted", "Cầu thu phí", author)
    approved = _submitted(corner, "approved", "Tem tăng giá", author)
    approve(fact_check=approved, by=approver, version=approved.version)
    published = _published(corner, "published", "Nước bị cắt", author, approver)
    things["check_published"] = published
    things["cited"] = CitedSource.objects.create(
        fact_check=published,
        revision=published.latest,
        page="nguon1.example/bai",
        url="https://nguon1.example/bai",
        standing="gone",
        flagged=timezone.now(),
    )
    correcting = _published(corner, "correcting", "Đèn tắt sớm", author, approver)
    row = start_correction(fact_check=correcting, by=author)
    fresh = _content(corner.mark, "Đèn tắt sớm", note=f"Sửa {corner.mark}", summary=f"Bản sửa {corner.mark}.")
    things["check_correcting"] = save_draft(fact_check=row, by=author, version=row.version, content=fresh)
    report_error(fact_check=published, text=f"Số sai {corner.mark}", address="")
    things["report"] = published.error_reports.get()
    request = things["case_of_published"].messages.get().requests.first()
    Reply.objects.filter(request=request).delete()
    things["reply"] = Reply.objects.create(
        request=request,
        kind=ReplyKind.ANSWER,
        case=things["case_of_published"],
        state=ReplyState.FAILED,
        message_id=f"<{next(_numbers)}@x>",
    )


def _alerts(corner, author, approver):
    things, check = corner.things, corner.things["check_published"]

    def made(name, title):
        content = AlertContent(title=f"{title} {corner.mark}", text="Kẻ gian.", checks=(check.pk,), language="vi")
        things[f"alert_{name}"] = start_alert(desk=corner.desk, by=author, content=content)
        return things[f"alert_{name}"]

    made("draft", "Giả điện lực")
    row = made("submitted", "Giả ngân hàng")
    submit_alert(alert=row, by=author, version=row.version)
    for name, title in (("published", "Giả người thân"), ("correcting", "Giả trúng thưởng")):
        row = made(name, title)
        row = submit_alert(alert=row, by=author, version=row.version)
        things[f"alert_{name}"] = publish_alert(alert=row, by=approver, version=row.version).alert
    row = things["alert_correcting"]
    row.refresh_from_db()
    content = AlertContent(title=row.title, text=f"Bản sửa {corner.mark}.", checks=(check.pk,), note="Sửa.")
    save_alert(alert=row, by=author, version=row.version, content=content)
    for name in ("draft", "submitted", "published", "correcting"):
        things[f"alert_{name}"].refresh_from_db()


def _rest(corner, boss):
    things, desk = corner.things, corner.desk
    for role in Role:
        person = corner.people[role.value]
        things[f"key_{role.value}"] = person.authenticator_set.get(type="webauthn")
        things[f"view_{role.value}"] = save_view(desk=desk, by=person, name=f"Của tôi {corner.mark}", query="tab=all")
    invited = invite(desk=desk, email=f"moi-{desk.slug}@example.org", role=Role.READER, by=boss)
    things["invitation"], things["invitation_secret"] = invited.invitation, invited.secret
    scopes = {"ask": [Scope.ASK], "cases": [Scope.CASES], "pages": [Scope.PAGES], "none": []}
    for name, given in scopes.items():
        made = make_token(
            desk=desk,
            name=f"Máy {corner.mark}",
            scopes=given,
            days=30,
            by=boss,
            publisher_name=f"Báo {corner.mark}",
            publisher_site=f"bao-{corner.mark.lower()}.example",
        )
        corner.tokens[name] = SimpleNamespace(row=made.token, secret=made.secret)
    things["token"] = corner.tokens["none"].row
    things["source"] = ReviewSource.objects.create(
        desk=desk,
        name=f"Nguồn {corner.mark}",
        publisher="Báo",
        kind="datafeed",
        address=f"https://{corner.mark.lower()}.example/feed.json",
        licence="CC0",
    )
    site = f"bao-{corner.mark.lower()}.example"
    markup = PageMarkup(claim=f"Tin {corner.mark}", rating=PageRating(words="Sai"))
    content = PageContent(f"https://{site}/bai-1", (markup,), None)
    things["markup_page"] = create_page(content=content, by=corner.tokens["pages"].row)
