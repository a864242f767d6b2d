"""Every request that the pages take: where each address leads, and what each form sends.

`{case_open}` is the number or code of that thing of the corner in question, `{check_draft.version}` an attribute of
it, `{view_of_role}` the one of whoever asks. What stands in `{…}` without a dot names an object: so it is what an
attacker would put another desk's into.
"""

import re
from dataclasses import dataclass, field

from kiemtin.questions.models import Picture, Request

FILE = "(a file)"
FRESH = "mot-cau-khac-dai-hon"
PASSWORD = "mat-khau-thu-nghiem"

PLACES = {
    "desk:invitation": {"secret": "{invitation_secret}"},
    "desk:view": {"pk": "{view_reader}"},
    "desk:case": {"pk": "{case_open}"},
    "desk:case-picture": {"pk": "{case_open}", "number": "{picture_number}"},
    "desk:case-act": {"pk": "{case_open}", "action": "take"},
    "desk:handle-report": {"pk": "{report}"},
    "desk:edit": {"pk": "{check_draft}"},
    "desk:autosave": {"pk": "{check_draft}"},
    "desk:copies": {"pk": "{check_draft}"},
    "desk:copy-take": {"pk": "{check_draft}"},
    "desk:copy-hand-in": {"pk": "{check_draft}"},
    "desk:copy-licence": {"pk": "{check_draft}", "copy": "{copy}"},
    "desk:copy-drop": {"pk": "{check_draft}", "copy": "{copy}"},
    "desk:copy-file": {"pk": "{check_draft}", "copy": "{copy}"},
    "desk:source-hold": {"pk": "{check_published}", "source": "{cited}"},
    "desk:check": {"pk": "{check_draft}"},
    "desk:check-act": {"pk": "{check_draft}", "action": "submit"},
    "desk:alert": {"pk": "{alert_draft}"},
    "desk:alert-edit": {"pk": "{alert_draft}"},
    "desk:alert-act": {"pk": "{alert_draft}", "action": "submit-alert"},
    "desk:role": {"pk": "{colleague}"},
    "desk:remove-member": {"pk": "{colleague}"},
    "desk:revoke-invitation": {"pk": "{invitation}"},
    "desk:revoke-token": {"pk": "{token}"},
    "desk:page": {"kind": "method", "language": "vi"},
    "desk:page-version": {"kind": "method", "language": "vi", "number": "2"},
    "desk:source": {"pk": "{source}"},
    "desk:source-fetch": {"pk": "{source}"},
    "desk:source-pause": {"pk": "{source}"},
    "desk:source-end": {"pk": "{source}"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
    "account_confirm_email": {"key": "x"},
    "mfa_remove_webauthn": {"pk": "{key_of_role}"},
    "mfa_edit_webauthn": {"pk": "{key_of_role}"},
    "public:receipt-short": {"code": "{receipt}"},
    "public:receipt": {"code": "{receipt}"},
    "public:decide": {"code": "{receipt}"},
    "public:receipt-address": {"code": "{receipt}"},
    "public:receipt-agreement": {"code": "{receipt}"},
    "public:receipt-forget": {"code": "{receipt_told}"},
    "public:picture": {"code": "{new_picture}"},
    "public:picture-ask": {"code": "{new_picture}"},
    "public:picture-image": {"code": "{new_picture}"},
    "public:check": {"pk": "{check_published}"},
    "public:check-revisions": {"pk": "{check_published}"},
    "public:revision": {"pk": "{check_published}", "number": "1"},
    "public:changed": {"pk": "{check_published}", "old": "1", "new": "1"},
    "public:report-error": {"pk": "{check_published}"},
    "public:report-thanks": {"pk": "{check_published}"},
    "public:card": {"pk": "{check_published}", "shape": "wide", "number": "1"},
    "public:embed": {"pk": "{check_published}"},
    "public:copy": {"sha256": "{copy_of_published.sha256}"},
    "public:copy-file": {"sha256": "{copy_of_published.sha256}"},
    "public:alert": {"pk": "{alert_published}"},
    "public:alert-revisions": {"pk": "{alert_published}"},
    "public:page": {"slug": "{desk.slug}", "kind": "method"},
    "public:page-version": {"slug": "{desk.slug}", "kind": "method", "language": "vi", "number": "1"},
    "public:data-file": {"month": "2000-01", "name": "README.md"},
    "public:log-head": {"size": "1"},
    "public:log-tile": {"name": "0/000.p/1"},
    "public:log-published": {"name": "000.p/1"},
    "public:log-entry": {"index": "0"},
    "public:log-proof": {"index": "0"},
    "public:feed-checks": {"form": "atom"},
    "public:feed-topic": {"topic": "health", "form": "rss"},
    "public:feed-alerts": {"form": "atom"},
    "public:feed-corrections": {"form": "json"},
    "public:sitemap-part": {"number": "1"},
}
"""What addresses need beside the desk."""


@dataclass(frozen=True)
class Form:
    """What is sent to an address.

    Attributes
    ----------
    sent
        Its fields.
    where
        What of the address is other than in `PLACES`.
    verb
        The event that tells of it; empty where nothing of the desk is written.
    """

    sent: dict = field(default_factory=dict)
    where: dict = field(default_factory=dict)
    verb: str = ""


def _case(verb="", pk="{case_open}", **sent):
    return lambda action: Form(sent, {"pk": pk, "action": action}, verb)


def _check(verb, pk, **sent):
    return lambda action: Form(sent, {"pk": pk, "action": action}, verb)


_WRITTEN = {
    "version": "{check_draft.version}",
    "claim": "Chợ mở cửa",
    "verdict": "false",
    "summary": "Không có bằng chứng.",
    "topic": "health",
    "body": "Nói rõ.",
    "wordings": "Chợ đóng",
    "source-TOTAL_FORMS": "1",
    "source-INITIAL_FORMS": "0",
    "source-0-url": "{source_url.}",
    "source-0-title": "Nguồn",
}
_ALERT = {"title": "Giả điện lực đòi tiền", "text": "Kẻ gian.", "language": "vi", "check": "{check_published}"}

CASE_DEEDS = {
    "take": _case("case.assigned"),
    "assign": _case("case.assigned", person="{person}"),
    "release": _case("case.released", pk="{case_of_draft}"),
    "declare-conflict": _case("case.conflict-declared", reason="Họ hàng tôi."),
    "rename": _case("case.renamed", title="Xe buýt số 12 ngừng chạy"),
    "say-nature": _case("case.nature-said", nature="fact"),
    "close-not-checkable": _case("case.not-checkable", nature="opinion"),
    "decline": _case("case.declined", public_reason="Chuyện riêng."),
    "reopen": _case("case.reopened", pk="{case_declined}"),
    "split": _case("case.split", message="{message}", split_title="Một chuyện khác"),
    "decide-match": _case("match.decided", match="{match}", answer="no"),
    "answer-with-check": _case("case.answered-with-check", check="{check_published}"),
    "answer-with-review": _case("case.answered-with-review", pk="{case_fact}", review="{review.pk}"),
    "start-draft": _case("check.started", pk="{case_fact}"),
    "note": _case("case.noted", text="Đã hỏi bến xe."),
    "withhold-text": _case("text.withheld", withhold="{message}"),
    "need-picture": _case("case.picture-needed", picture="{picture_wanted}"),
    "undo": _case("case.merge-undone", pk="{case_second}", change="{change}"),
}
CHECK_DEEDS = {
    "submit": _check("check.submitted", "{check_draft}", version="{check_draft.version}"),
    "recall": _check("check.recalled", "{check_submitted}"),
    "send-back": _check("check.sent-back", "{check_submitted}", remarks="Thêm nguồn."),
    "approve": _check("check.approved", "{check_submitted}", version="{check_submitted.version}"),
    "publish": _check("check.published", "{check_approved}"),
    "start-correction": _check("check.correction-started", "{check_published}"),
    "discard-correction": _check("check.correction-discarded", "{check_correcting}"),
    "recheck": _check("check.rechecked", "{check_published}", again_on="2100-01-01"),
    "withdraw": _check("check.withdrawn", "{check_published}", note="Nguồn sai."),
}
ALERT_DEEDS = {
    "submit-alert": _check("alert.submitted", "{alert_draft}", version="{alert_draft.version}"),
    "send-back-alert": _check("alert.sent-back", "{alert_submitted}", remarks="Rõ hơn."),
    "publish-alert": _check("alert.published", "{alert_submitted}", version="{alert_submitted.version}"),
    "discard-alert-correction": _check("alert.correction-discarded", "{alert_correcting}"),
    "withdraw-alert": _check("alert.withdrawn", "{alert_published}", note="Hai tin không liên quan."),
}

FORMS = {
    "desk:account": Form({"name": "Tên Mới"}, verb="person.renamed"),
    "desk:bulk take": Form({"case": "{case_open}", "take": "yes"}, verb="case.assigned"),
    "desk:bulk assign": Form({"case": "{case_open}", "assign": "yes", "person": "{person}"}, verb="case.assigned"),
    "desk:bulk merge": Form({"case": "{case_open}", "merge": "yes"}),
    "desk:views": Form({"name": "Mới", "query": "tab=all&assignee={person}"}, verb="view.saved"),
    "desk:view rename": Form({"name": "Tên khác"}, {"pk": "{view_of_role}"}, "view.saved"),
    "desk:view delete": Form({"delete": "yes"}, {"pk": "{view_of_role}"}, "view.saved"),
    "desk:merge": Form({"case": "{case_open}", "target": "{case_second}"}, verb="case.merged"),
    **{f"desk:case-act {action}": make(action) for action, make in CASE_DEEDS.items()},
    **{f"desk:check-act {action}": make(action) for action, make in CHECK_DEEDS.items()},
    **{f"desk:alert-act {action}": make(action) for action, make in ALERT_DEEDS.items()},
    "desk:handle-report": Form({"outcome": "Đã sửa."}, verb="report.handled"),
    "desk:retry": Form({"reply": "{reply}"}, verb="reply.retried"),
    "desk:edit": Form(_WRITTEN, verb="check.edited"),
    "desk:edit take-copy": Form(_WRITTEN | {"take-copy": "0"}, verb="evidence.copy-asked"),
    "desk:autosave": Form(_WRITTEN, verb="check.edited"),
    "desk:copy-take": Form({"url": "{source_url.}"}, verb="evidence.copy-asked"),
    "desk:copy-hand-in": Form({"url": "{source_url.}", "file": FILE, "licence": "named-only"}, verb="evidence.copied"),
    "desk:copy-licence": Form({"licence": "public"}, verb="evidence.licence-said"),
    "desk:copy-drop": Form(verb="evidence.copy-dropped"),
    "desk:source-hold": Form({"seen": "gone:"}, verb="evidence.held"),
    "desk:alert-new": Form(_ALERT | {"version": "0"}, verb="alert.started"),
    "desk:alert-edit": Form(_ALERT | {"version": "{alert_draft.version}"}, verb="alert.edited"),
    "desk:people": Form({"email": "ai@example.org", "role": "reader", "language": "vi"}, verb="people.changed"),
    "desk:role": Form({"role": "reader"}, verb="people.changed"),
    "desk:remove-member": Form(verb="people.changed"),
    "desk:revoke-invitation": Form(verb="people.changed"),
    "desk:tokens": Form({"name": "Bot", "days": "30"}, verb="token.changed"),
    "desk:revoke-token": Form(verb="token.changed"),
    "desk:page": Form({"body": "# Cách làm mới", "number": "2"}, verb="page.written"),
    "desk:page-preview": Form({"body": "# Xem trước"}),
    "desk:source": Form(
        {
            "kind": "datafeed",
            "address": "https://bao-khac.example/feed.json",
            "name": "Tên",
            "publisher": "Báo",
            "licence": "CC0",
            "every": "3600",
        },
        verb="source.changed",
    ),
    "desk:source-add": Form(
        {
            "kind": "datafeed",
            "address": "https://bao-moi.example/feed.json",
            "name": "Báo mới",
            "publisher": "Báo",
            "licence": "CC0",
            "every": "3600",
        },
        verb="source.changed",
    ),
    "desk:source-fetch": Form(verb="source.changed"),
    "desk:source-pause": Form({"pause": "yes"}, verb="source.changed"),
    "desk:source-end": Form(verb="source.changed"),
    "desk:log-csv": Form({"kind": "case"}, verb="log.downloaded"),
    "desk:open-links": Form({"open": "yes"}, verb="links.opened-or-not"),
    "account_login": Form({"login": "x@example.org", "password": "sai"}),
    "account_logout": Form(),
    "account_change_password": Form({"oldpassword": PASSWORD, "password1": FRESH}),
    "account_reauthenticate": Form({"password": PASSWORD}),
    "account_reset_password": Form({"email": "x@example.org"}),
    "mfa_edit_webauthn": Form({"name": "Khoá nhà"}),
    "public:ask": Form({"text": "Nghe nói mai cúp điện cả thành phố, thật không?"}),
    "public:share-target": Form({"title": "Tin nóng", "text": "Mai cúp điện", "url": ""}),
    "public:decide": Form({"answer": "none"}),
    "public:receipt-address": Form({"address": "ai@example.org"}),
    "public:receipt-agreement": Form({"agrees": "yes"}),
    "public:picture-ask": Form({"text": "Nghe nói mai cúp điện cả thành phố, thật không?"}),
    "public:report-error": Form({"text": "Con số ở dòng hai sai."}),
}
"""What is sent, by the name of the address and, where one takes several, a word."""

_NAMED = re.compile(r"\{([a-z_]+)(\.[a-z0-9_]*)?\}")


def ids_in(text):
    """The things that a text names by number or code."""
    return [name for name, attribute in _NAMED.findall(str(text)) if not attribute]


def filled(text, corner, role=""):
    """A text with the numbers and codes of a corner."""

    def value(match):
        name, attribute = match[1], match[2] or ""
        thing = _thing(corner, name, role)
        return str(getattr(thing, attribute[1:]) if attribute[1:] else id_of(thing) if not attribute else thing)

    return _NAMED.sub(value, str(text))


def id_of(thing):
    """The number or code by which an address or a field names a thing."""
    if isinstance(thing, Request | Picture):
        return thing.code
    return getattr(thing, "pk", thing)


def _thing(corner, name, role):
    """A thing of a corner by its name; some are of the person who asks."""
    if name == "desk":
        return corner.desk
    if name.endswith("_of_role"):
        return corner.things[f"{name.removesuffix('_of_role')}_{role or 'reader'}"]
    thing = corner.things[name]
    if hasattr(thing, "refresh_from_db"):
        thing.refresh_from_db()
    return thing
