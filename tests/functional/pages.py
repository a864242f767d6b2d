"""Every page there is, and how to get to it. A named address that is neither here nor in `NOT_PAGES` fails a test.

Addresses are those of Vietnamese; `{…}` is filled from what `world.py` printed, as in `{checks[published]}`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.databases import opened

PASSWORD = "mot-cau-dai-de-nho"
FLOODED = "192.0.2.77"
"""An address that has asked too much, and tried too many unknown receipt codes."""


@dataclass(frozen=True)
class Entry:
    """A page.

    Attributes
    ----------
    name
        Of the test.
    url
        Its name in the URL configuration; empty for an error.
    path
        Where it is.
    who
        Whose session opens it; empty for everybody.
    do
        What is done there to come to the state that is meant: called with the page and the world, returns the answer.
    status
        Of the answer that shows it.
    sender
        Where the request seems to come from (there is a proxy in front).
    """

    name: str
    url: str
    path: str
    who: str = ""
    do: Callable = None
    status: int = 200
    sender: str = "192.0.2.10"

    @property
    def is_public(self):
        """Whether it is of the kind that caches may keep and that sets no cookie."""
        return self.url.startswith(("public:", "api-page")) and not self.who


OPEN_AROUND = "el => { for (let at = el; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true; }"


def send(form, **fields):
    """Fill a form in and send it as its main button does."""

    def act(page, world):
        page.eval_on_selector(form, OPEN_AROUND)
        for name, value in fields.items():
            field = page.locator(f"{form} [name={name}]").first
            if field.get_attribute("type") == "radio":
                page.check(f"{form} [name={name}][value='{value}']")
            else:
                field.fill(value.format(**world))
        # No check by the browser: what the server says is what is looked at.
        page.eval_on_selector(form, "form => { form.noValidate = true; form.removeAttribute('data-busy'); }")
        with page.expect_navigation() as done:
            page.locator(form).first.evaluate("form => form.requestSubmit()")
        return done.value

    return act


def post(path, **fields):
    """Send something from a page of the site without a form of it."""

    def act(page, world):
        script = """([path, fields]) => {
            const form = Object.assign(document.createElement("form"), { method: "post", action: path });
            for (const [name, value] of Object.entries(fields))
                form.append(Object.assign(document.createElement("textarea"), { name, value }));
            document.body.append(form); form.submit();
        }"""
        prefix = "/en" if "/en/" in page.url else ""
        with page.expect_navigation() as done:
            page.evaluate(script, [prefix + path.format(**world), fields])
        return done.value

    return act


def deed(action, **fields):
    """Do something at the desk with what its page holds as a token."""
    return send(f"main form[action$='/{action}/']", **fields)


def often(times, act):
    """Do something again and again, from the start each time; the last time decides."""

    def again(page, world):
        start = page.url
        for _ in range(times - 1):
            act(page, world)
            page.goto(start)
        return act(page, world)

    return again


def meanwhile(page, world):
    """Save an old version of a draft: somebody else has saved since."""
    page.eval_on_selector("#id_version", "field => { field.value = '1'; }")
    page.fill("[name=claim]", "Một câu khác hẳn câu kia")
    with page.expect_navigation() as done:
        # Not by a click, which waits for frames that a walking browser may never draw.
        page.eval_on_selector("form#draft", "form => form.requestSubmit()")
    return done.value


_LOGIN = "main form:has([name=login])"


def to_second_factor(page, world):
    return send(_LOGIN, login="{emails[editor]}", password=PASSWORD)(page, world)


LONG = "Chuyện này có đúng không nhỉ. " * 400
DESK = "/desk/{desk}"

PUBLIC = (
    Entry("home", "public:home", "/"),
    Entry("ask", "public:ask", "/ask/?text=Nghe+nói+mai+cúp+điện"),
    Entry("ask-empty", "public:ask", "/ask/", do=send("form[action$='/ask/']", text=""), status=422),
    Entry("ask-long", "public:ask", "/ask/", do=send("form[action$='/ask/']", text=LONG), status=422),
    Entry(
        "ask-flood",
        "public:ask",
        "/ask/",
        do=post("/ask/", text="Một tin, hỏi mãi", website=""),
        status=429,
        sender=FLOODED,
    ),
    Entry("share", "public:share-target", "/", do=post("/share/", title="Tin nóng", text="Mai cúp điện", url="")),
    Entry("share-nothing", "public:share-target", "/", do=post("/share/", title="", text="", url="")),
    Entry("offline", "public:offline", "/offline/"),
    Entry("checks", "public:checks", "/checks/"),
    Entry("checks-last", "public:checks", "/checks/?page=2"),
    Entry("checks-filtered", "public:checks", "/checks/?topic=health&verdict=false&language=en"),
    Entry("checks-found", "public:checks", "/checks/?q=nước+máy+bị+cắt"),
    Entry("checks-nothing", "public:checks", "/checks/?topic=world&verdict=altered"),
    Entry("check-sample", "public:check", "/checks/{checks[sample]}/"),
    Entry("check", "public:check", "/checks/{checks[published]}/"),
    Entry("check-corrected", "public:check", "/checks/{checks[corrected]}/"),
    Entry("check-withdrawn", "public:check", "/checks/{checks[withdrawn]}/"),
    Entry("revisions", "public:check-revisions", "/checks/{checks[corrected]}/revisions/"),
    Entry("revision-old", "public:revision", "/checks/{checks[corrected]}/revisions/1/"),
    Entry("revision-withdrawal", "public:revision", "/checks/{checks[withdrawn]}/revisions/2/"),
    Entry("changed", "public:changed", "/checks/{checks[corrected]}/revisions/1-2/"),
    Entry("copy", "public:copy", "/copies/{copies[given]}/"),
    Entry("copy-named", "public:copy", "/copies/{copies[named]}/"),
    Entry("report", "public:report-error", "/checks/{checks[published]}/report/"),
    Entry(
        "report-empty",
        "public:report-error",
        "/checks/{checks[published]}/report/",
        do=send("main form", text=""),
        status=422,
    ),
    Entry("report-thanks", "public:report-thanks", "/checks/{checks[published]}/report/thanks/"),
    Entry("alerts", "public:alerts", "/alerts/"),
    Entry("alert", "public:alert", "/alerts/{alerts[published]}/"),
    Entry("alert-shaken", "public:alert", "/alerts/{alerts[shaken]}/"),
    Entry("alert-withdrawn", "public:alert", "/alerts/{alerts[withdrawn]}/"),
    Entry("alert-revisions", "public:alert-revisions", "/alerts/{alerts[published]}/revisions/"),
    Entry("corrections", "public:corrections", "/corrections/"),
    Entry("method", "public:method", "/method/"),
    Entry("scale", "public:scale", "/scale/"),
    Entry("about", "public:about", "/about/"),
    Entry("corrections-policy", "public:corrections-policy", "/corrections/policy/"),
    Entry("contact", "public:contact", "/contact/"),
    Entry("desk-page", "public:page", "/desks/ban-trong/method/"),
    Entry("page-version", "public:page-version", "/desks/{desk}/method/vi/1/"),
    Entry("api", "api-page", "/api/"),
    Entry("privacy", "public:privacy", "/privacy/"),
    Entry("reuse", "public:reuse", "/reuse/"),
    Entry("security-policy", "public:security", "/security/"),
    Entry("widget", "public:widget", "/widget/"),
    Entry("widget-found", "public:widget", "/widget/?q=nước+máy+bị+cắt"),
    Entry("widget-nothing", "public:widget", "/widget/?q=qqqq+zzzz"),
    Entry("embed", "public:embed", "/checks/{checks[published]}/embed/"),
    Entry("embed-withdrawn", "public:embed", "/checks/{checks[withdrawn]}/embed/"),
    Entry("open-data", "public:data", "/data/"),
    Entry("public-log", "public:log", "/log/"),
    Entry("public-log-last", "public:log", "/log/?page=99"),
    Entry("public-log-entry", "public:log-entry", "/log/entry/0/"),
)


def receipt(name, code="", **other):
    return Entry(f"receipt-{name}", "public:receipt", f"/r/{{codes[{code or name}]}}/", **other)


def hold(page, world):
    """Take the picture as a worker does that is still at it; the site's own was done with it long ago."""
    lease = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)
    with opened(Path(world["data"])) as database:
        database.execute(
            "UPDATE questions_picture SET state = 'reading', lease = %s WHERE code = %s",
            [str(lease), world["pictures"]["waiting"]],
        )
    answer = page.reload()
    assert page.locator("#state[hx-get]").count(), "it waits"
    return answer


def picture(name, **other):
    return Entry(f"picture-{name}", "public:picture", f"/r/{{pictures[{name}]}}/picture/", **other)


ASKER = (
    Entry("receipt-find", "public:receipt-find", "/r/"),
    picture("waiting", do=hold),
    picture("read"),
    picture("unread"),
    picture("plain"),
    picture("photo"),
    picture("wrong", do=send("form.ask", text="0912 345 678"), status=422),
    Entry("receipt-unknown", "public:receipt", "/r/AAAAAAAAAA/", status=404),
    Entry("receipt-flood", "public:receipt", "/r/AAAAAAAAAB/", status=429, sender=FLOODED),
    receipt("received"),
    receipt("unsure"),
    receipt("maybe"),
    receipt("at-desk", "open"),
    receipt("in-progress"),
    receipt("in-review"),
    receipt("answered"),
    receipt("foreign"),
    receipt("of-case", "published"),
    receipt("news"),
    receipt("chosen"),
    receipt("outside"),
    receipt("reopened"),
    receipt("withdrawn"),
    receipt("not-checkable"),
    receipt("declined"),
    receipt("told"),
    receipt("wrong-address", "similar", do=send("form[action*='/address/']", address="khong phai thu"), status=422),
    Entry("forget", "public:receipt-forget", "/r/{codes[told]}/forget/"),
    Entry("forgotten", "public:receipt-forget", "/r/{codes[gone]}/forget/"),
)

ERRORS = (
    Entry(
        "400", "", "/account/password/reset/", do=post("/account/password/reset/", email="x" * 3_000_000), status=400
    ),
    Entry("403", "", f"{DESK}/people/", who="checker", status=403),
    Entry("403-form", "", "/account/login/", do=post("/account/login/", login="a"), status=403),
    Entry("404", "", "/khong-co-trang-nay/", status=404),
    Entry("500", "", "/r/{codes[broken]}/", status=500),
    Entry("404-desk", "", "/desk/khong-co/", who="checker", status=404),
)

SIGN_IN = (
    Entry("login", "account_login", "/account/login/"),
    Entry(
        "login-wrong",
        "account_login",
        "/account/login/",
        do=send(_LOGIN, login="ai-do@e2e.example", password="nham"),
        sender="192.0.2.20",
    ),
    Entry("second-factor", "mfa_authenticate", "/account/login/", do=to_second_factor, sender="192.0.2.21"),
    Entry("inactive", "account_inactive", "/account/inactive/"),
    Entry("password-reset", "account_reset_password", "/account/password/reset/"),
    Entry("password-reset-done", "account_reset_password_done", "/account/password/reset/done/"),
    Entry(
        "password-reset-flood",
        "account_reset_password",
        "/account/password/reset/",
        do=often(6, send("main form", email="ai-do@e2e.example")),
        status=429,
        sender="192.0.2.22",
    ),
    Entry("password-choose", "account_reset_password_from_key", "{reset}"),
    Entry("password-choose-old", "account_reset_password_from_key", "/account/password/reset/key/b-dead-beef/"),
    Entry("password-chosen", "account_reset_password_from_key_done", "/account/password/reset/key/done/"),
    Entry("logout", "account_logout", "/account/logout/", who="plain"),
    Entry("reauthenticate", "account_reauthenticate", "/account/reauthenticate/", who="keyed"),
    Entry("reauthenticate-code", "mfa_reauthenticate", "/account/2fa/reauthenticate/", who="keyed"),
    Entry("reauthenticate-key", "mfa_reauthenticate_webauthn", "/account/2fa/webauthn/reauthenticate/", who="keyed"),
    Entry("password-change", "account_change_password", "/account/password/change/", who="plain"),
    Entry(
        "password-change-wrong",
        "account_change_password",
        "/account/password/change/",
        who="plain",
        do=send("main form.page-form", oldpassword="nham", password1="1"),
    ),
    Entry("password-set", "account_set_password", "/account/password/set/", who="wordless"),
    Entry("security", "mfa_index", "/account/2fa/", who="keyed"),
    Entry("security-bare", "mfa_index", "/account/2fa/", who="plain"),
    Entry("app", "mfa_activate_totp", "/account/2fa/totp/activate/", who="plain"),
    Entry("app-remove", "mfa_deactivate_totp", "/account/2fa/totp/deactivate/", who="keyed"),
    Entry("codes", "mfa_view_recovery_codes", "/account/2fa/recovery-codes/", who="keyed"),
    Entry("codes-new", "mfa_generate_recovery_codes", "/account/2fa/recovery-codes/generate/", who="keyed"),
    Entry("keys", "mfa_list_webauthn", "/account/2fa/webauthn/", who="keyed"),
    Entry("key-add", "mfa_add_webauthn", "/account/2fa/webauthn/add/", who="plain"),
    Entry("key-edit", "mfa_edit_webauthn", "/account/2fa/webauthn/keys/{key}/edit/", who="keyed"),
    Entry("key-remove", "mfa_remove_webauthn", "/account/2fa/webauthn/keys/{key}/remove/", who="keyed"),
    Entry("desks", "desk:home", "/desk/", who="both"),
    Entry("no-desk", "desk:home", "/desk/", who="nobody"),
    Entry("factor-needed", "desk:second-factor", "/desk/second-factor/", who="waiting"),
    Entry("account", "desk:account", "/desk/account/", who="plain"),
    Entry("account-nameless", "desk:account", "/desk/account/", who="plain", do=send("main form", name=""), status=422),
    Entry("invitation", "desk:invitation", "/desk/invitation/{invitations[fresh]}/"),
    Entry(
        "invitation-wrong",
        "desk:invitation",
        "/desk/invitation/{invitations[fresh]}/",
        do=send("main form", name="", password="1"),
        status=422,
    ),
    Entry("invitation-known", "desk:invitation", "/desk/invitation/{invitations[known]}/"),
    Entry("invitation-mine", "desk:invitation", "/desk/invitation/{invitations[known]}/", who="plain"),
    Entry("invitation-other", "desk:invitation", "/desk/invitation/{invitations[known]}/", who="keyed"),
    Entry("invitation-used", "desk:invitation", "/desk/invitation/{invitations[used]}/", status=410),
    Entry("invitation-revoked", "desk:invitation", "/desk/invitation/{invitations[revoked]}/", status=410),
    Entry("invitation-unknown", "desk:invitation", "/desk/invitation/khong-co/", status=404),
)


def case(name, who="checker", **other):
    return Entry(f"case-{name}-{who}", "desk:case", f"{DESK}/cases/{{cases[{name}]}}/", who=who, **other)


def check(name, who="editor", **other):
    return Entry(f"check-{name}-{who}", "desk:check", f"{DESK}/checks/{{checks[{name}]}}/", who=who, **other)


def draft(name, state="", who="checker", **other):
    return Entry(f"draft-{state or name}", "desk:edit", f"{DESK}/checks/{{checks[{name}]}}/edit/", who=who, **other)


def alert(name, who="editor", **other):
    return Entry(f"alert-{name}-{who}", "desk:alert", f"{DESK}/alerts/{{alerts[{name}]}}/", who=who, **other)


DESK_PAGES = (
    Entry("queue-checker", "desk:queue", f"{DESK}/", who="checker"),
    Entry("queue-reader", "desk:queue", f"{DESK}/", who="reader"),
    Entry("queue-editor-all", "desk:queue", f"{DESK}/?tab=all&sort=waits&asked=2", who="editor"),
    Entry("queue-mine", "desk:queue", f"{DESK}/?tab=mine", who="checker"),
    Entry("queue-recheck", "desk:queue", f"{DESK}/?tab=recheck", who="editor"),
    Entry("queue-found", "desk:queue", f"{DESK}/?q=xe+buýt", who="checker"),
    Entry("queue-nothing", "desk:queue", f"{DESK}/?q=khôngcógìgiốngthế", who="checker"),
    Entry("views", "desk:views", f"{DESK}/views/", who="editor"),
    Entry("views-none", "desk:views", f"{DESK}/views/", who="administrator"),
    Entry(
        "merge-two", "desk:merge", f"{DESK}/cases/merge/?case={{cases[open]}}&case={{cases[similar]}}", who="checker"
    ),
    Entry("merge-one", "desk:merge", f"{DESK}/cases/merge/?case={{cases[similar]}}", who="editor"),
    case("open"),
    case("open", "reader"),
    case("open", "editor"),
    case("scam"),
    case("scam-copy", "editor"),
    case("in-progress"),
    case("in-review", "editor"),
    case("published", "editor"),
    case("outside", "editor"),
    case("reopened", "editor"),
    case("withdrawn"),
    case("not-checkable"),
    case("declined", "editor"),
    case("merged"),
    case("conflict"),
    Entry("case-searched", "desk:case", f"{DESK}/cases/{{cases[open]}}/?find=nước+máy", who="checker"),
    Entry(
        "case-failed",
        "desk:case",
        f"{DESK}/cases/{{cases[open]}}/",
        who="editor",
        do=deed("decline", public_reason=" "),
        status=422,
    ),
    Entry("copies-published", "desk:copies", f"{DESK}/checks/{{checks[published]}}/copies/", who="editor"),
    Entry("copies-draft", "desk:copies", f"{DESK}/checks/{{checks[sent-back]}}/copies/", who="checker"),
    Entry("copies-none", "desk:copies", f"{DESK}/checks/{{checks[in-progress]}}/copies/", who="reader"),
    Entry(
        "copies-wrong",
        "desk:copies",
        f"{DESK}/checks/{{checks[sent-back]}}/copies/",
        who="checker",
        do=send("#source-2 form[enctype]"),
        status=422,
    ),
    draft("in-progress"),
    draft("sent-back"),
    draft("correcting"),
    draft("sent-back", "met", do=meanwhile, status=409),
    Entry("checks-desk", "desk:checks", f"{DESK}/checks/", who="checker"),
    Entry("checks-desk-filtered", "desk:checks", f"{DESK}/checks/?state=withdrawn&verdict=false", who="reader"),
    Entry("reviews", "desk:reviews", f"{DESK}/review/", who="editor"),
    check("in-progress", "checker"),
    check("in-review"),
    check("in-review", "checker"),
    check("approved"),
    check("published"),
    check("published", "reader"),
    check("correcting"),
    check("withdrawn"),
    Entry(
        "check-failed",
        "desk:check",
        f"{DESK}/checks/{{checks[in-review]}}/",
        who="editor",
        do=deed("send-back", remarks=" "),
        status=422,
    ),
    Entry("alerts-desk", "desk:alerts", f"{DESK}/alerts/", who="checker"),
    Entry("alerts-none", "desk:alerts", "/desk/ban-trong/alerts/", who="both"),
    Entry("alert-new", "desk:alert-new", f"{DESK}/alerts/new/", who="checker"),
    Entry(
        "alert-new-empty",
        "desk:alert-new",
        f"{DESK}/alerts/new/",
        who="checker",
        do=send("main form.editor", title=" "),
        status=422,
    ),
    Entry("alert-edit", "desk:alert-edit", f"{DESK}/alerts/{{alerts[correcting]}}/edit/", who="checker"),
    Entry("alert-edit-sent-back", "desk:alert-edit", f"{DESK}/alerts/{{alerts[sent-back]}}/edit/", who="checker"),
    alert("in-review"),
    alert("in-review", "checker"),
    alert("draft", "checker"),
    alert("published", "reader"),
    alert("correcting"),
    alert("shaken"),
    alert("withdrawn"),
    Entry(
        "alert-failed",
        "desk:alert",
        f"{DESK}/alerts/{{alerts[in-review]}}/",
        who="editor",
        do=deed("send-back-alert", remarks=" "),
        status=422,
    ),
    Entry("reports", "desk:reports", f"{DESK}/reports/", who="editor"),
    Entry("reports-done", "desk:reports", f"{DESK}/reports/?show=done", who="checker"),
    Entry("outbox", "desk:outbox", f"{DESK}/outbox/", who="editor"),
    Entry("people", "desk:people", f"{DESK}/people/", who="administrator"),
    Entry(
        "people-wrong",
        "desk:people",
        f"{DESK}/people/",
        who="administrator",
        do=send("#invite form", email="{emails[checker]}", role="checker"),
        status=422,
    ),
    Entry("member-remove", "desk:remove-member", f"{DESK}/people/{{members[plain]}}/remove/", who="administrator"),
    Entry("tokens", "desk:tokens", f"{DESK}/tokens/", who="administrator"),
    Entry(
        "tokens-wrong",
        "desk:tokens",
        f"{DESK}/tokens/",
        who="administrator",
        do=send("#make form", name="", publisher_site="x"),
        status=422,
    ),
    Entry("token-made", "desk:tokens", f"{DESK}/tokens/", who="administrator", do=send("#make form", name="Bot")),
    Entry("pages", "desk:pages", f"{DESK}/pages/", who="administrator"),
    Entry("page", "desk:page", f"{DESK}/pages/method/vi/", who="administrator"),
    Entry("page-none", "desk:page", f"{DESK}/pages/contact/en/", who="administrator"),
    Entry("page-version-desk", "desk:page-version", f"{DESK}/pages/method/vi/{{page}}/", who="administrator"),
    Entry("sources", "desk:sources", f"{DESK}/sources/", who="editor"),
    Entry("source-add", "desk:source-add", f"{DESK}/sources/add/", who="editor"),
    Entry(
        "source-refused",
        "desk:source-add",
        f"{DESK}/sources/add/",
        who="editor",
        do=send("main form", address="ftp://bao.example/", name="Báo", publisher="Báo", licence="CC0"),
        status=422,
    ),
    Entry("source", "desk:source", f"{DESK}/sources/{{sources[failing]}}/", who="editor"),
    Entry("source-ended", "desk:source", f"{DESK}/sources/{{sources[ended]}}/", who="editor"),
    Entry("log", "desk:log", f"{DESK}/log/", who="administrator"),
    Entry("log-found", "desk:log", f"{DESK}/log/?kind=case&since=2020-01-01", who="administrator"),
    Entry("log-nothing", "desk:log", f"{DESK}/log/?number=999999999", who="administrator"),
)

GROUPS = {"public": PUBLIC, "asker": ASKER, "errors": ERRORS, "sign-in": SIGN_IN, "desk": DESK_PAGES}
PAGES = tuple(entry for group in GROUPS.values() for entry in group)

# Addresses that show no page of their own: what a GET there gives instead, and where that can be seen.
NOT_PAGES = {
    "desk:open-links": (405, f"{DESK}/sources/links/"),
    "public:receipt-short": (302, "/r/{codes[open]}"),
    "public:picture-ask": (405, "/r/{pictures[read]}/picture/ask/"),
    "public:picture-image": ("image/webp", "/r/{pictures[read]}/picture/image.webp"),
    "public:decide": (405, "/r/{codes[open]}/decide/"),
    "public:receipt-address": (302, "/r/{codes[open]}/address/"),
    "public:receipt-agreement": (302, "/r/{codes[open]}/open-data/"),
    "public:copy-file": ("application/warc", "/copies/{copies[given]}/file"),
    "public:data-file": (404, "/data/2000-01/README.md"),
    "public:manifest": ("application/manifest+json", "/manifest.webmanifest"),
    "public:service-worker": ("text/javascript", "/sw.js"),
    "public:suggest": ("piece", "/search/?q=nước"),
    "public:card": ("image/png", "/checks/{checks[sample]}/card-wide-r1.png"),
    "public:robots": ("text/plain", "/robots.txt"),
    "public:sitemap": ("application/xml", "/sitemap.xml"),
    "public:sitemap-part": (404, "/sitemap-1.xml"),
    "public:feed-checks": ("application/atom+xml", "/feeds/checks.atom"),
    "public:feed-topic": ("application/rss+xml", "/feeds/topics/health.rss"),
    "public:feed-alerts": ("application/atom+xml", "/feeds/alerts.atom"),
    "public:feed-corrections": ("application/feed+json", "/feeds/corrections.json"),
    "public:claimreview-feed": ("application/json", "/feeds/claimreview.json"),
    "public:oembed": (400, "/oembed"),
    "public:log-checkpoint": ("text/plain", "/log/checkpoint"),
    "public:log-head": (404, "/log/checkpoint/0"),
    "public:log-key": ("text/plain", "/log/key"),
    "public:log-tile": ("application/octet-stream", "/log/tile/0/000.p/1"),
    "public:log-published": ("application/x-ndjson", "/log/published/000.p/1"),
    "public:log-proof": ("text/plain", "/log/entry/0.tlog-proof"),
    "public:log-standing": ("application/x-ndjson", "/log/standing"),
    "public:security-txt": (404, "/.well-known/security.txt"),  # the sample desk names no contact
    "public:widget-script": ("text/javascript", "/widget.js"),
    "mfa_download_recovery_codes": ("text/plain", "/account/2fa/recovery-codes/download/"),
    "mfa_login_webauthn": (302, "/account/2fa/webauthn/login/"),
    "account_signup": (404, "/account/signup/"),
    "account_email": (404, "/account/email/"),
    "account_email_verification_sent": (404, "/account/confirm-email/"),
    "account_confirm_email": (404, "/account/confirm-email/x/"),
    "account_confirm_login_code": (404, "/account/login/code/confirm/"),
    "desk:queue-news": ("piece", f"{DESK}/news/?opened=2020-01-01T00:00:00Z"),
    "desk:bulk": (405, f"{DESK}/cases/together/"),
    "desk:view": (405, f"{DESK}/views/{{view}}/"),
    "desk:case-picture": ("image/webp", f"{DESK}/cases/{{cases[in-progress]}}/pictures/{{pictures[number]}}.webp"),
    "desk:case-act": (405, f"{DESK}/cases/{{cases[open]}}/take/"),
    "desk:handle-report": (405, f"{DESK}/reports/1/"),
    "desk:retry": (405, f"{DESK}/outbox/again/"),
    "desk:source-fetch": (405, f"{DESK}/sources/{{sources[failing]}}/fetch/"),
    "desk:source-end": (405, f"{DESK}/sources/{{sources[failing]}}/end/"),
    "desk:source-pause": (405, f"{DESK}/sources/{{sources[failing]}}/pause/"),
    "desk:copy-take": (405, f"{DESK}/checks/{{checks[published]}}/copies/take/"),
    "desk:copy-hand-in": (405, f"{DESK}/checks/{{checks[published]}}/copies/hand-in/"),
    "desk:copy-licence": (405, f"{DESK}/checks/{{checks[published]}}/copies/{{copies[row]}}/licence/"),
    "desk:copy-drop": (405, f"{DESK}/checks/{{checks[published]}}/copies/{{copies[row]}}/delete/"),
    "desk:copy-file": ("application/warc", f"{DESK}/checks/{{checks[published]}}/copies/{{copies[row]}}/file"),
    "desk:source-hold": (405, f"{DESK}/checks/{{checks[published]}}/sources/1/hold/"),
    "desk:autosave": (405, f"{DESK}/checks/{{checks[in-progress]}}/autosave/"),
    "desk:check-act": (405, f"{DESK}/checks/{{checks[in-progress]}}/submit/"),
    "desk:alert-act": (405, f"{DESK}/alerts/{{alerts[draft]}}/submit-alert/"),
    "desk:role": (405, f"{DESK}/people/{{members[plain]}}/role/"),
    "desk:revoke-invitation": (405, f"{DESK}/people/invitations/1/revoke/"),
    "desk:revoke-token": (405, f"{DESK}/tokens/1/revoke/"),
    "desk:page-preview": (405, f"{DESK}/pages/preview/"),
    "desk:log-csv": (405, f"{DESK}/log/csv/"),
}
