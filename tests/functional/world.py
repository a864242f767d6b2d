# ruff: noqa: E402  (Django is set up before its models are imported)
"""Puts something behind every page: run as a program with a site's environment, it prints what is where as JSON.

Work is done by the product's own actions; what only time or a matching core could bring about (who asked when, what
matched) is stored as rows. People are its own, so that other tests find theirs as they were.
"""

import datetime as dt
import json
import os
import sys
from dataclasses import replace
from io import BytesIO

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiemtin.config.settings")
django.setup()

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from fido2 import cbor
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData
from PIL import Image

from kiemtin.accounts.enums import PageKind, Role
from kiemtin.accounts.models import Desk, Invitation, Membership, User
from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.actions.publish_alert import publish_alert
from kiemtin.checks.actions.save_alert import save_alert
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.send_back import send_back
from kiemtin.checks.actions.send_back_alert import send_back_alert
from kiemtin.checks.actions.start_alert import start_alert
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.actions.submit_alert import submit_alert
from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.actions.withdraw_alert import withdraw_alert
from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews
from kiemtin.checks.alerts import AlertContent
from kiemtin.checks.completeness import same_page
from kiemtin.checks.copy_store import put
from kiemtin.checks.draft import DraftContent, SourceContent
from kiemtin.checks.enums import Interest, Nature, SourceKind, Topic, Verdict
from kiemtin.checks.models import CitedSource, CopyRequest, ExternalReview, FactCheck, Revision, ScamAlert, StoredCopy
from kiemtin.checks.review import Review
from kiemtin.config.demonstration import SLUG
from kiemtin.config.links import password_link
from kiemtin.exchange.models import ReviewSource, SourcePage
from kiemtin.media.pictures import PhotoHash, open_picture
from kiemtin.questions.actions.answer_with_review import answer_with_review
from kiemtin.questions.actions.close_not_checkable import close_not_checkable
from kiemtin.questions.actions.declare_conflict import declare_conflict
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.handle_report import handle_report
from kiemtin.questions.actions.leave_address import leave_address
from kiemtin.questions.actions.merge import merge
from kiemtin.questions.actions.note import note
from kiemtin.questions.actions.read_link import LEASE
from kiemtin.questions.actions.report_error import report_error
from kiemtin.questions.actions.save_view import save_view
from kiemtin.questions.actions.say_nature import say_nature
from kiemtin.questions.actions.start_draft import start_draft
from kiemtin.questions.actions.take import take
from kiemtin.questions.codes import new_code
from kiemtin.questions.digest import digest_of, readable
from kiemtin.questions.enums import Answered, ReplyKind, ReplyState
from kiemtin.questions.limits import ASKING, LOOKING_UP
from kiemtin.questions.limits import take as use_up
from kiemtin.questions.link_pages import key_of, openable
from kiemtin.questions.models import (
    Bucket,
    Case,
    CaseNote,
    Conflict,
    Demand,
    ErrorReport,
    Indicator,
    LinkPage,
    Match,
    Message,
    PhotoMark,
    Picture,
    Reply,
    Request,
    SavedView,
    Sighting,
)
from kiemtin.questions.secrets import seal_picture
from kiemtin.staff.actions.accept_invitation import accept_invitation
from kiemtin.staff.actions.add_person import add_person
from kiemtin.staff.actions.create_desk import create_desk
from kiemtin.staff.actions.invite import invite
from kiemtin.staff.actions.revoke_invitation import revoke_invitation
from kiemtin.staff.actions.write_page import write_page
from tests.sessions import session

PASSWORD, FLOODED = sys.argv[1:3]  # of the people; an address that has tried too many unknown codes
_BODY = """Lời đồn này có từ nhiều năm nay. **Nên làm gì:** đừng gửi tiếp.

- Thứ nhất, không có nguồn nào nói như vậy.
- Thứ hai, xem [thông báo gốc](https://nguon.example/thong-bao) của cơ quan phụ trách.

> Trích thông báo: mọi việc vẫn bình thường.
"""

_ALERT = """Kẻ gian nhắn tin như người của cơ quan, rồi **đòi tiền hoặc mã**.

## Nhận ra thế nào

- Số lạ, giọng gấp, có đường dẫn lạ.
- Đòi chuyển khoản ngay.

## Nên làm gì

Đừng bấm, đừng chuyển. Gọi số trên hoá đơn cũ.
"""


def people(desk):
    """Members of the sample desk in each role, one of no desk, one of two, and two for the pages of an account."""
    made = {}
    for role in Role:
        made[role.value] = add_person(
            email=f"{role.value}@e2e.example", name=f"Người {role.value[:2].upper()}", desk=desk, role=role, by="test"
        )
        if role in (Role.EDITOR, Role.ADMINISTRATOR):
            _device(made[role.value])
    other = create_desk(slug="ban-trong", name="Ban còn trống", by="test", contact="ban@e2e.example")
    made["both"] = add_person(email="hai@e2e.example", name="Người hai ban", desk=desk, role=Role.CHECKER, by="test")
    add_person(email="hai@e2e.example", name="", desk=other, role=Role.CHECKER, by="test")
    made["nobody"] = add_person(email="khong@e2e.example", name="Người ngoài", desk=other, role=Role.READER, by="test")
    Membership.objects.filter(user=made["nobody"]).delete()
    made["plain"] = add_person(email="don@e2e.example", name="Người đơn", desk=desk, role=Role.CHECKER, by="test")
    made["keyed"] = add_person(email="khoa@e2e.example", name="Người có khoá", desk=desk, role=Role.CHECKER, by="test")
    made["wordless"] = add_person(email="moi@e2e.example", name="Người mới", desk=desk, role=Role.CHECKER, by="test")
    made["waiting"] = add_person(email="cho@e2e.example", name="Người chờ", desk=desk, role=Role.EDITOR, by="test")
    made["closed"] = add_person(email="nghi@e2e.example", name="Người nghỉ", desk=desk, role=Role.READER, by="test")
    hashed = make_password(PASSWORD)
    for name, user in made.items():
        if name != "wordless":
            user.password = hashed
        user.is_active = name != "closed"
        user.save()
    _device(made["keyed"])
    return made


def _device(user):
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)


def passkey(user):
    """A passkey as a phone would have registered it."""
    key = {1: 2, 3: -7, -1: 1, -2: b"\x01" * 32, -3: b"\x02" * 32}
    credential = AttestedCredentialData(b"\x00" * 16 + b"\x00\x04" + b"khoa" + cbor.encode(key))
    data = AuthenticatorData.create(b"\x03" * 32, AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 0, credential)
    response = {
        "clientDataJSON": websafe_encode(b'{"type":"webauthn.create","challenge":"eA","origin":"https://e2e.example"}'),
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
    }
    stored = {"id": websafe_encode(b"khoa"), "rawId": websafe_encode(b"khoa"), "type": "public-key"}
    stored |= {"response": response, "clientExtensionResults": {"credProps": {"rk": True}}}
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": "Điện thoại", "credential": stored})


def content(claim, **other):
    sources = (
        SourceContent(
            title="Thông báo về tin đồn",
            publisher="Cơ quan phụ trách",
            url="https://nguon.example/thong-bao",
            kind=SourceKind.PRIMARY,
            interest=Interest.INDEPENDENT,
            shows="Nói rõ rằng không có việc đó.",
            accessed=dt.date(2026, 11, 20),
        ),
        SourceContent(
            title="Lời của bên bán",
            publisher="Công ty bán hàng",
            url="https://ben-ban.example/loi-giai-thich-rat-dai-khong-co-dau-cach-nao-ca-de-thu-xem-co-tran-ra-ngoai",
            interest=Interest.PARTY,
            recheck_on=timezone.localdate() + dt.timedelta(days=2),
        ),
    )
    texts = {
        "claim": claim,
        "verdict": Verdict.FALSE.value,
        "summary": "Không có nguồn nào nói như vậy, và cơ quan phụ trách đã bác bỏ.",
        "body": _BODY,
        "topic": Topic.EVERYDAY.value,
        "wordings": ("Lời đồn nói rằng mọi việc đã đổi",),
        "sources": sources,
    }
    return DraftContent(**(texts | other))


def asked(text, *, case=None, times=3, shown=None, band="", guards=(), language="vi"):
    """A message, and the request of one of those who asked."""
    masked = readable(text)
    now = timezone.now()
    message = Message.objects.create(
        digest=digest_of(masked),
        text=masked,
        band=band or Answered.NONE,
        guards=list(guards),
        case=case,
        settled=True,
        asked=times,
        heat=float(times),
        first_asked=now - dt.timedelta(days=3),
        last_asked=now,
    )
    for day in range(3):
        Demand.objects.create(message=message, day=timezone.localdate() - dt.timedelta(days=day), count=times + day)
    return Request.objects.create(code=new_code(), message=message, language=language, shown=shown, asker="e2e")


def opened(desk, text, *others):
    """A case with its messages; returns it and the request of one who asked."""
    now = timezone.now()
    case = Case.objects.create(
        desk=desk, title=text, language="vi", asked=3, messages_count=1 + len(others), heat=3.0, first_asked=now
    )
    request = asked(text, case=case)
    for other in others:
        asked(other, case=case)
    return case, request


def matched(request, check, rank=0, band="maybe", passage=""):
    return Match.objects.create(
        message=request.message, fact_check=check, rank=rank, probability=0.8, band=band, passage=passage
    )


class Work:
    """Cases and fact-checks, one in each state."""

    def __init__(self, desk, people):
        self.desk, self.checker, self.editor = desk, people["checker"], people["editor"]
        self.people, self.cases, self.checks, self.codes, self.alerts = people, {}, {}, {}, {}

    def case(self, name, text, *others):
        case, request = opened(self.desk, text, *others)
        self.cases[name], self.codes[name] = case, request.code
        return case, request

    def drafted(self, name, text, *others, claim="", **changes):
        case, _ = self.case(name, text, *others)
        take(case=case, by=self.checker)
        say_nature(case=case, by=self.checker, nature=Nature.FACT)
        check = start_draft(case=case, by=self.checker)
        written = content(claim or text[:70], **changes)
        self.checks[name] = save_draft(fact_check=check, by=self.checker, version=check.version, content=written)
        return self.checks[name]

    def submitted(self, name, text, *others, **changes):
        check = self.drafted(name, text, *others, **changes)
        return submit(fact_check=check, by=self.checker, version=check.version)

    def published(self, name, text, *others, **changes):
        check = self.submitted(name, text, *others, **changes)
        check = approve(fact_check=check, by=self.editor, version=check.version)
        publish(fact_check=check, by=self.editor)
        return FactCheck.objects.get(pk=check.pk)

    def alert(self, name, title, *checks, to="published", text=_ALERT):
        content = AlertContent(title=title, text=text, checks=tuple(check.pk for check in checks), language="vi")
        row = start_alert(desk=self.desk, by=self.checker, content=content)
        self.alerts[name] = row.pk
        if to != "draft":
            row = submit_alert(alert=row, by=self.checker, version=row.version)
        if to == "published":
            publish_alert(alert=row, by=self.editor, version=row.version)
        return ScamAlert.objects.get(pk=row.pk)

    def alert_correction(self, row, *, to="published"):
        note = "Thêm một dấu hiệu, bỏ một câu nói quá."
        fresh = replace(AlertContent.of(row), text=f"{row.text}\n\nĐừng đọc mã cho ai.", note=note)
        row = save_alert(alert=row, by=self.checker, version=row.version, content=fresh)
        if to == "published":
            row = submit_alert(alert=row, by=self.checker, version=row.version)
            publish_alert(alert=row, by=self.editor, version=row.version)

    def correction(self, check, *, to="approved", **changes):
        check = start_correction(fact_check=check, by=self.checker)
        fresh = content(check.claim, note="Thêm con số đúng và sửa một câu viết nhầm.", **changes)
        check = save_draft(fact_check=check, by=self.checker, version=check.version, content=fresh)
        if to == "draft":
            return check
        check = submit(fact_check=check, by=self.checker, version=check.version)
        if to == "submitted":
            return check
        check = approve(fact_check=check, by=self.editor, version=check.version)
        return publish(fact_check=check, by=self.editor)


def fill_cases(work):
    work.case(
        "open",
        "Nghe nói xe buýt tuyến số mười hai ngừng chạy từ thứ hai, ai biết thật không, gọi 0912 345 678 hỏi thử",
        "xe buyt tuyen so 12 ngung chay tu thu hai do bà con " + "rất dài " * 120,
        "Xe buýt tuyến số mười hai vẫn chạy nhưng đổi giờ từ thứ hai",
    )
    work.case("by-keys", "Ghế đá công viên bị dời đi hết trong tuần này")
    work.case("similar", "Xe buýt tuyến số mười ba ngừng chạy từ thứ hai tuần sau")
    work.drafted("in-progress", "Chợ đầu mối đóng cửa một tháng để sửa mái", verdict="", sources=())
    sent_back = work.submitted("sent-back", "Trường học cho nghỉ hè sớm hai tuần vì nắng nóng")
    send_back(fact_check=sent_back, by=work.editor, remarks="Cần thêm một nguồn từ sở, và bớt tính từ trong câu đầu.")
    work.submitted("in-review", "Cầu vượt mới thu phí qua lại từ tháng sau")
    approved = work.submitted("approved", "Bưu điện tăng giá tem gấp ba từ đầu năm")
    approve(fact_check=approved, by=work.editor, version=approved.version)
    work.published(
        "published", "Nước máy bị cắt ba ngày để súc rửa đường ống", "Nuoc may bi cat 3 ngay de suc rua duong ong"
    )
    corrected = work.published("corrected", "Phí gửi xe ở bệnh viện tăng gấp đôi từ tuần sau")
    work.correction(corrected, summary="Phí chỉ tăng hai nghìn đồng, và không phải ở mọi bệnh viện.")
    correcting = work.published("correcting", "Đèn đường sẽ tắt từ mười giờ đêm để tiết kiệm điện")
    work.correction(correcting, to="submitted", verdict=Verdict.MISLEADING.value)
    withdrawn = work.published("withdrawn", "Thư viện thành phố bỏ thẻ bạn đọc")
    fill_alerts(work, withdrawn)
    withdraw(fact_check=withdrawn, by=work.editor, note="Nguồn chính đã bị gỡ và không còn kiểm lại được.")
    opinion, _ = work.case("not-checkable", "Món phở ở quận này dở nhất nước, tôi thấy thế")
    close_not_checkable(case=opinion, by=work.checker, nature=Nature.OPINION, note="")
    declined, _ = work.case("declined", "Hàng xóm của tôi lấy trộm chậu cây, mọi người xác minh giúp")
    decline(case=declined, by=work.editor, reason="Chúng tôi không kiểm chứng chuyện riêng giữa hai nhà.")
    source, _ = work.case("merged", "Tuyến buýt 12 nghỉ chạy")
    merge(source=source, target=work.cases["open"], by=work.checker)
    conflict, _ = work.case("conflict", "Công ty nước ngọt trong xã bị phạt vì xả thải")
    declare_conflict(case=conflict, by=work.checker, reason="Anh họ tôi làm ở đó.")
    given = work.cases["open"].messages.order_by("pk")
    Message.objects.filter(pk__in=[one.pk for one in given[:2]]).update(agreed=1)
    Message.objects.filter(pk=given[1].pk).update(withheld=True)
    note(case=work.cases["open"], by=work.checker, text="Đã gọi bến xe, hẹn chiều trả lời.")
    first, second = work.codes["open"], work.cases["similar"].messages.get()
    message = Request.objects.get(code=first).message
    Match.objects.create(message=message, case=second.case, probability=0.6, band="maybe", near_copy=True)
    matched(Request.objects.get(code=first), work.checks["published"], rank=1)


def fill_alerts(work, fallen):
    """Alerts in each state; one of them gathers a check that falls afterwards."""
    checks = work.checks
    two = checks["published"], checks["corrected"]
    work.alert("draft", "Rao bán nhà giả, đòi đặt cọc trước", to="draft")
    work.alert("in-review", "Nhận việc nhẹ lương cao, phải nộp tiền trước", checks["published"], to="submitted")
    sent_back = work.alert("sent-back", "Báo trúng thưởng xe máy", checks["published"], to="submitted")
    send_back_alert(alert=sent_back, by=work.editor, remarks="Cần nói rõ hơn phải gọi cho ai.")
    work.alert_correction(work.alert("published", "Tin nhắn giả cơ quan cấp nước, đòi chuyển khoản", *two))
    work.alert_correction(work.alert("correcting", "Giả nhân viên điện lực thu tiền", *two), to="draft")
    withdrawn = work.alert("withdrawn", "Giả giọng người thân xin tiền", checks["published"])
    withdraw_alert(alert=withdrawn, by=work.editor, note="Hai tin gộp ở đây hoá ra không liên quan đến nhau.")
    work.alert("shaken", "Thu phí đổi thẻ qua đường dẫn lạ", fallen, checks["published"])


def fill_links(work):
    """Two cases with one scam in other words, and pages that were opened, cannot be read, and are waited for."""
    offer = "Ngân hàng tặng quà, vào v\u0456etcombank.com/nhan-qua?ma=1, xem bit.ly/3xYz và https://tin-la.example/{}"
    first, request = work.case("scam", offer.format("dai-" * 30))
    _, other = work.case("scam-copy", "Cộng tác viên chốt đơn lương cao, xem tại v\u0456etcombank.com/viec-lam")
    today = timezone.localdate()
    for kind, shown in (("domain", "v\u0456etcombank[.]com"), ("phone", "…456")):
        indicator = Indicator.objects.create(kind=kind, digest=kind, shown=shown)
        for asked_with, count in ((request, 210), (other, 4)):
            day = today - dt.timedelta(days=4)
            Sighting.objects.create(message=asked_with.message, indicator=indicator, asked=count, first=day, last=today)
    Match.objects.create(message=other.message, case=first, probability=0.0, band="maybe", by_indicator=True)
    read, failed, waiting = openable(request.message.text)
    said = {"title": "Quà tặng khách hàng", "description": "Nhập số thẻ để nhận quà", "text": "Nhận quà.\n" * 40}
    for link, fields in (
        (read, {"state": "read", "led_to": "https://dich-khac.example/", **said}),
        (failed, {"state": "failed", "failure": "robots"}),
        (waiting, {"lease": timezone.now() + LEASE}),  # so long the worker of the site leaves it alone
    ):
        LinkPage.objects.create(key=key_of(link), address=link.target, tried=timezone.now(), **fields)


def fill_reviews(work):
    """Another publisher's review that answers a case, and one that was withdrawn after it did."""
    fields = {"publisher_name": "Báo bạn", "publisher_site": "https://bao-ban.example", "language": "vi"}
    fields |= {"summary": "Chưa có quy định nào như vậy.", "rating": "Tin giả"}
    for name, claim in (("outside", "Xe đạp điện bị cấm trong nội thành"), ("reopened", "Vỉa hè thu tiền người đi bộ")):
        review = Review(key=f"e2e-{name}", claim=claim, url=f"https://bao-ban.example/{name}", **fields)
        upsert_external_reviews(reviews=[review], by="import")
        case, _ = work.case(name, f"{claim} từ tháng tới")
        take(case=case, by=work.checker)
        say_nature(case=case, by=work.checker, nature=Nature.FACT)
        stored = ExternalReview.objects.get(key=f"e2e-{name}")
        answer_with_review(case=case, external_review=stored, by=work.editor)
        Request.objects.filter(code=work.codes[name]).update(shown_review=stored)
    withdraw_external_reviews(keys=["e2e-reopened"], by="import")


def fill_pictures(work):
    """Pictures on their way, and two that belong to messages of the desk; returns their codes by name."""
    drawn = BytesIO()
    Image.new("RGB", (390, 300), "#e7e2da").save(drawn, "PNG")
    secret = seal_picture(open_picture(drawn.getvalue()).data)
    later = timezone.now() + dt.timedelta(days=365)
    looks = str(PhotoHash(((0x0F0F3C3C5A5A9669, 0x00FF33CC55AA9966),)))
    PhotoMark.objects.create(message=Request.objects.get(code=work.codes["published"]).message, photo=looks)
    told = {
        "waiting": {"state": "waiting"},  # the worker of the site soon reads it: `pages.py` holds it again
        "read": {"state": "read", "text": "Mai cúp điện cả xã, bà con trữ nước, gọi [phone]"},
        "unread": {"state": "read", "failure": "no-reader"},
        "plain": {"state": "read"},
        "photo": {"state": "read", "photo": looks},
        "wrong": {"state": "read", "text": "Mai cúp điện"},
    }
    for name, case, needed in (("kept", "open", None), ("needed", "in-progress", timezone.now())):
        request = Request.objects.get(code=work.codes[case])
        told[name] = {"state": "asked", "request": request, "needed": needed}
    rows = {name: Picture(code=new_code(), secret=secret, delete_after=later, **row) for name, row in told.items()}
    Picture.objects.bulk_create(rows.values())
    return {name: row.code for name, row in rows.items()} | {"number": rows["needed"].pk}


def fill_requests(work):
    """What askers see beside the states of a case."""
    latest = {name: FactCheck.objects.get(pk=check.pk) for name, check in work.checks.items()}
    published, corrected = latest["published"], latest["corrected"]
    passage = "Nước máy bị cắt ba ngày"
    answered = asked(f"{passage} để súc ống, bà con trữ nước", shown=published.latest, band=Answered.ANSWER)
    matched(answered, published, band="answer", passage=passage)
    foreign = asked("No water for three days, they say", shown=published.latest, band=Answered.ANSWER, language="en")
    matched(foreign, published, band="answer")
    first = corrected.revisions.get(number=1)
    news = asked("Phí gửi xe bệnh viện tăng gấp đôi thật à", shown=first, band=Answered.ANSWER)
    matched(news, corrected, band="answer")
    maybe = asked("Nước với xe đều thay đổi từ tuần sau phải không", band=Answered.MAYBE)
    by_keys = asked("Nước với phí gửi xe đổi từ tuần sau à", band=Answered.MAYBE)
    no_script = asked("Nghe bảo nước bị cắt, gửi xe tăng giá", band=Answered.MAYBE)
    for request in (maybe, by_keys, no_script):
        for rank, check in enumerate((published, corrected)):
            matched(request, check, rank)
    chosen = asked("Nước có bị cắt không nhỉ", band=Answered.MAYBE, shown=published.latest)
    choice = matched(chosen, published)
    chosen.decisions = {str(choice.pk): "yes"}
    chosen.save()
    received = asked("Hồ bơi công viên mở cửa miễn phí cả tháng")
    unsure = asked("https://la-lung.example/tin", guards=("link-only",))
    broken = asked("Một tin làm hỏng trang", guards=("no-such-guard",))  # what no program wrote breaks the page
    told = asked("Sân bay dời lịch mọi chuyến sáng chủ nhật")
    leave_address(request=told, address="nguoi-hoi@e2e.example")
    gone = asked("Xe buýt miễn phí cho học sinh từ năm sau")
    rows = {
        "answered": answered,
        "foreign": foreign,
        "news": news,
        "maybe": maybe,
        "maybe-keys": by_keys,
        "maybe-plain": no_script,
        "chosen": chosen,
        "received": received,
        "unsure": unsure,
        "broken": broken,
        "told": told,
        "gone": gone,
    }
    work.codes |= {name: request.code for name, request in rows.items()}
    Reply.objects.create(
        request=told,
        kind=ReplyKind.ANSWER,
        case=work.cases["published"],
        revision=published.latest,
        state=ReplyState.FAILED,
        attempts=6,
        error="550 mailbox unavailable",
        message_id="<e2e@example>",
    )


def fill_desk(work, administrator):
    check = FactCheck.objects.get(pk=work.checks["published"].pk)
    report_error(fact_check=check, text="Con số ở đoạn hai sai, hỏi 0912 345 678.", address="192.0.2.1")
    done = report_error(fact_check=check, text="Nguồn thứ hai không mở được.", address="192.0.2.2")
    handle_report(report=done, by=work.editor, outcome="Đã xem lại: mở được.")
    save_view(desk=work.desk, by=work.checker, name="Đang chờ lâu", query="tab=mine")
    view = save_view(desk=work.desk, by=work.editor, name="Của ban", query="tab=to-do&sort=waits")
    body = "# Cách làm\n\nChúng tôi hỏi nguồn gốc trước. Sau đó mới viết.\n"
    page = work.desk.pages.filter(kind=PageKind.METHOD, language="vi").order_by("-number").first()
    write_page(
        desk=work.desk,
        kind=PageKind.METHOD,
        language="vi",
        body=f"{page.body}\n\n{body}",
        by=administrator,
        expected_number=page.number,
    )
    return {"view": view.pk, "page": page.number + 1, "sources": sources(work.desk)}


def fill_copies(work):
    """Copies that readers are given and are only told of, one that could not be taken, and sources to look at.

    None is due: nothing is fetched here.
    """
    check = FactCheck.objects.get(pk=work.checks["published"].pk)
    first, second = (source["url"] for source in check.latest.sources)
    text = "Thông báo về tin đồn\nCông ty cấp nước không cắt nước ba ngày như lời đồn. " + "Nước vẫn chảy. " * 20
    archive = {"media_type": "application/warc", "method": "fetched", "payload_type": "text/html"}
    given = copy_of(check, first, b"WARC/1.1 ...", **archive, licence="public", text=text, fetched_from=f"{first}?v=2")
    named = copy_of(check, second, b"WARC/1.1 ....", **archive)
    draft = work.checks["sent-back"]
    copy_of(draft, first, b"%PDF-1.7 ...", media_type="application/pdf", method="uploaded")
    CopyRequest.objects.filter(fact_check=draft).delete()
    CopyRequest.objects.create(
        fact_check=draft, page=same_page(second), url=second, state="failed", failure="robots", tried=timezone.now()
    )
    later = timezone.now() + dt.timedelta(days=365)
    for url, standing, failure in ((first, "changed", ""), (second, "gone", "gone")):
        CitedSource.objects.create(
            fact_check=check,
            revision=check.latest,
            page=same_page(url),
            url=url,
            title=next(source["title"] for source in check.latest.sources if source["url"] == url),
            standing=standing,
            failure=failure,
            flagged=timezone.now(),
            looked=timezone.now(),
            due=later,
        )
    return {"copies": {"given": given.sha256, "named": named.sha256, "row": given.pk}}


def copy_of(check, url, content, **fields):
    kept = put(content)
    return StoredCopy.objects.create(
        fact_check=check, page=same_page(url), url=url, sha256=kept.sha256, size=kept.size, **fields
    )


def sources(desk):
    """A source that works, one that does not and one that has ended. None is due: nothing is fetched here."""
    given = {"desk": desk, "kind": "datafeed", "licence": "CC BY 4.0", "publisher": "Báo bạn", "tried": timezone.now()}
    given |= {"due": timezone.now() + dt.timedelta(days=365), "every": 86_400}
    taken = {"outcome": "taken", "detail": {"added": 12, "elsewhere": 3}}
    ReviewSource.objects.create(name="Báo bạn", address="https://bao-ban.example/feed.json", **given, **taken)
    failed = {"outcome": "failed", "failure": "unreachable", "failures": 3, "succeeded": timezone.now()}
    row = ReviewSource.objects.create(name="Đài xa", address="https://dai-xa.example/feed.json", **given, **failed)
    SourcePage.objects.create(source=row, url="https://dai-xa.example/kiem-chung/1", failure="timed-out")
    given |= {"outcome": "ended", "detail": {"withdrawn": 7}, "state": "ended"}
    ended = ReviewSource.objects.create(name="Trang cũ", address="https://trang-cu.example/feed.json", **given)
    return {"failing": row.pk, "ended": ended.pk}


def invitations(desk, administrator):
    made = {
        name: invite(desk=desk, email=f"{name}@moi.example", role=Role.CHECKER, by=administrator)
        for name in ("fresh", "used", "revoked")
    }
    other = Desk.objects.get(slug="ban-trong")
    Membership.objects.create(user=administrator, desk=other, role=Role.ADMINISTRATOR)
    made["known"] = invite(desk=other, email="don@e2e.example", role=Role.CHECKER, by=administrator)
    accept_invitation(secret=made["used"].secret, name="Người đã vào", password=PASSWORD)
    revoke_invitation(invitation=Invitation.objects.get(pk=made["revoked"].invitation.pk), by=administrator)
    return {name: invited.secret for name, invited in made.items()}


def names():
    """What is called the same in every language, and what people at the desk write to one another."""
    sources = (source for revision in Revision.objects.all() for source in revision.sources)
    return {
        "Kiểm Tin",
        "Tiếng Việt",
        "Điện thoại",
        *Desk.objects.values_list("name", flat=True),
        *User.objects.values_list("name", flat=True),
        *(source.get("publisher", "") for source in sources),
        *ExternalReview.objects.values_list("publisher_name", flat=True),
        *ReviewSource.objects.values_list("name", flat=True),
        *CaseNote.objects.values_list("text", flat=True),
        *Conflict.objects.values_list("reason", flat=True),
        *ScamAlert.objects.exclude(remarks="").values_list("remarks", flat=True),
        *FactCheck.objects.exclude(remarks="").values_list("remarks", flat=True),
        *ErrorReport.objects.exclude(outcome="").values_list("outcome", flat=True),
        *SavedView.objects.values_list("name", flat=True),
    } - {""}


def flood():
    """Use up what one address may ask and look up, now and for the next hour."""
    there = set(Bucket.objects.values_list("pk", flat=True))
    for limit in (*ASKING, *LOOKING_UP):
        for later in range(0, 3600, limit.seconds):
            use_up(limit, subject=FLOODED, now=timezone.now() + dt.timedelta(seconds=later))
    Bucket.objects.exclude(pk__in=there).update(count=1_000_000)


@transaction.atomic
def build():
    desk = Desk.objects.get(slug=SLUG)
    who = people(desk)
    key = passkey(who["keyed"])
    work = Work(desk, who)
    fill_cases(work)
    fill_links(work)
    fill_reviews(work)
    pictures = fill_pictures(work)
    fill_requests(work)
    told = fill_desk(work, who["administrator"])
    told |= fill_copies(work)
    flood()
    sample = FactCheck.objects.filter(desk=desk, language="vi", latest__isnull=False).earliest("pk")
    return {
        "data": str(settings.KIEMTIN_DATA),
        "desk": SLUG,
        "sessions": {name: session(user) for name, user in who.items() if name != "closed"},
        "emails": {name: user.email for name, user in who.items()},
        "cases": {name: case.pk for name, case in work.cases.items()},
        "checks": {name: check.pk for name, check in work.checks.items()} | {"sample": sample.pk},
        "alerts": work.alerts,
        "codes": work.codes,
        "pictures": pictures,
        "key": key.pk,
        "members": {name: who[name].memberships.get(desk=desk).pk for name in ("checker", "plain")},
        "invitations": invitations(desk, who["administrator"]),
        "reset": password_link(who["plain"]),
        "names": sorted(names()),
        **told,
    }


if __name__ == "__main__":
    json.dump(build(), sys.stdout)
