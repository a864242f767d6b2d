"""Object by object: another desk's number or code, in an address or in a field, is as if it were not there."""

import pytest
from django.urls import reverse

from kiemtin.checks.models import ScamAlert
from kiemtin.questions.models import SavedView
from tests.unit.config.access.asks import FILE, FORMS, PLACES, Form, filled, ids_in
from tests.unit.config.access.conftest import as_sent, asks, fields, place

pytestmark = pytest.mark.django_db
OURS = ("desk:", "mfa_")

# Fields out of which another desk's things are passed over while the rest is stored.
PASSED_OVER = {
    ("desk:alert-new", "check"): lambda: list(ScamAlert.objects.latest("pk").checks),
    ("desk:alert-edit", "check"): lambda: [
        one for row in ScamAlert.objects.filter(desk__slug="ban-a") for one in row.checks
    ],
    ("desk:views", "query"): lambda: [part for row in SavedView.objects.all() for part in row.query.split("=")],
}


def test_another_desks_number_in_an_address_leads_nowhere(visitor, corners):
    here, there = corners
    asking = visitor("administrator")
    wrong, tried = [], 0
    for method, label, form in asks():
        places = PLACES.get(label.split()[0], {}) | form.where
        for key, value in places.items():
            if not ids_in(value) or not label.startswith(OURS) or label == "desk:invitation":
                continue
            tried += 1
            theirs = filled(value, there, asking.role)
            url = place(label, form, here, asking.role, **{key: theirs})
            answer = asking.ask(method, url, fields(form, here, asking.role))
            if answer.status_code not in (404, 405) or (answer.changed and label.startswith("desk:")):
                wrong.append(f"{method} {label} {key}: {answer.status_code} {answer.changed}")
    assert not wrong, "\n".join(wrong)
    assert tried > 90


def test_a_view_is_its_owners_alone_also_within_the_desk(visitor, corners):
    here, _ = corners
    asking = visitor("administrator")
    for label in ("desk:view rename", "desk:view delete"):
        url = place(label, FORMS[label], here, "editor")
        answer = asking.ask("POST", url, fields(FORMS[label], here))
        assert (answer.status_code, answer.changed) == (404, set())


def test_another_desks_number_in_a_field_changes_nothing(visitor, corners):
    here, there = corners
    asking = visitor("administrator")
    wrong, tried = [], 0
    for label, form in FORMS.items():
        for name, value in form.sent.items():
            if value == FILE or not ids_in(value) or not label.startswith("desk:"):
                continue
            tried += 1
            sent = fields(form, here, asking.role) | {name: as_sent(value, there, asking.role)}
            asking.inspect = PASSED_OVER.get((label, name))
            answer = asking.ask("POST", place(label, form, here, asking.role), sent)
            theirs = sent[name].rpartition("=")[2]
            if asking.inspect:
                if theirs in map(str, answer.found) or answer.status_code != 302:
                    wrong.append(f"{label} {name}: {answer.status_code}, {theirs} in {answer.found}")
            elif answer.status_code not in (302, 404, 422) or answer.changed:
                wrong.append(f"{label} {name}: {answer.status_code} {answer.changed}")
    assert not wrong, "\n".join(wrong)
    assert tried > 15


def test_the_same_fields_do_something_with_ones_own(visitor, corners):
    """Otherwise nothing would be proven by their doing nothing with another's."""
    here, _ = corners
    asking = visitor("administrator")
    idle = []
    for label, form in FORMS.items():
        if label.startswith("desk:") and form.verb:
            answer = asking.ask("POST", place(label, form, here, asking.role), fields(form, here, asking.role))
            if answer.status_code >= 400 or "audit_event" not in answer.changed:
                idle.append(f"{label}: {answer.status_code} {answer.changed}")
    assert not idle, "\n".join(idle)


MANY = {
    "desk:bulk take": "case",
    "desk:bulk assign": "case",
    "desk:merge": "case",
    "desk:case-act split": "message",
    "desk:retry": "reply",
}


@pytest.mark.parametrize(("label", "name"), MANY.items())
def test_among_ones_own_another_desks_are_left_alone(label, name, visitor, corners):
    here, there = corners
    asking, form = visitor("editor"), FORMS[label]
    theirs = there.things[form.sent[name].strip("{}")]
    before = theirs.__class__.objects.filter(pk=theirs.pk).values().get()
    asking.inspect = lambda: theirs.__class__.objects.filter(pk=theirs.pk).values().get()
    sent = fields(form, here, asking.role)
    sent[name] = [sent[name], str(theirs.pk)]
    answer = asking.ask("POST", place(label, form, here, asking.role), sent)
    assert answer.status_code == 302
    assert answer.found == before


def test_no_page_of_a_desk_shows_anything_of_another(visitor, corners):
    here, there = corners
    shown = []
    for role in ("reader", "administrator"):
        asking = visitor(role)
        for method, label, form in asks():
            if method == "GET" and label.startswith("desk:") and label != "desk:invitation":
                answer = asking.ask(method, place(label, form, here, asking.role))
                if there.mark in answer.body.decode(errors="replace"):
                    shown.append(f"{label} to a {role}")
    assert not shown


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("desk:merge", {"case": "{case_open}"}),
        ("desk:merge", {"case": "{case_open}", "target": "{case_second}"}),
        ("desk:merge", {"case": "{case_open}", "q": "Hàng xóm"}),
        ("desk:queue", {"tab": "all", "assignee": "{person}"}),
        ("desk:queue", {"tab": "all", "q": "Hàng xóm"}),
        ("desk:checks", {"q": "Chợ"}),
        ("desk:log", {"who": "user-{person}"}),
        ("desk:log", {"where": "installation"}),
        ("desk:case", {"find": "Chợ đóng cửa"}),
    ],
)
def test_nor_when_it_is_asked_for_by_number_or_by_words(name, query, visitor, corners):
    here, there = corners
    asking = visitor("administrator")
    url = place(name, Form(), here, asking.role)
    for foreign in query:
        sent = {key: filled(value, there if key == foreign else here) for key, value in query.items()}
        assert there.mark not in asking.ask("GET", url, sent).body.decode(), sent


# What is not public


HIDDEN = ("draft", "submitted", "approved")


def test_what_is_not_published_has_no_public_address(visitor, corners):
    asking = visitor("nobody")
    here, _ = corners
    for name, places in PLACES.items():
        if not name.startswith("public:") or name == "public:report-thanks":
            continue
        for key, value in places.items():
            if value == "{check_published}":
                others = [str(here.things[f"check_{state}"].pk) for state in HIDDEN]
            elif value == "{alert_published}":
                others = [str(here.things[f"alert_{state}"].pk) for state in HIDDEN[:2]]
            elif value == "{copy_of_published.sha256}":
                others = [here.things["copy"].sha256]
            else:
                continue
            for other in others:
                url = place(name, Form(), here, "", **{key: other})
                assert asking.ask("GET", url).status_code == 404, url
                assert asking.ask("POST", url, {"text": "Số sai"}).status_code in (404, 405), url


def test_no_public_page_shows_a_draft_of_any_desk(visitor, corners):
    asking = visitor("nobody")
    here, there = corners
    drafts = [
        f"{words} {corner.mark}"
        for corner in corners
        for words in ("Chợ đóng cửa", "Cầu thu phí", "Tem tăng giá", "Giả điện lực", "Giả ngân hàng", "Bản sửa", "Sửa")
    ]
    extra = ["/en/checks/?q=Chợ+đóng+cửa", "/en/search/?q=Chợ+đóng", "/en/widget/?q=Tem+tăng+giá"]
    urls = [
        place(label, form, corner, "")
        for corner in (here, there)
        for method, label, form in asks()
        if method == "GET" and label.startswith("public:")
    ]
    for url in [*urls, *extra]:
        page = asking.ask("GET", url).body.decode(errors="replace")
        assert not [draft for draft in drafts if draft in page], url


def test_a_receipt_shows_nothing_of_the_desk(visitor, corners):
    here, _ = corners
    page = visitor("nobody").ask("GET", reverse("public:receipt", args=[here.things["receipt"].code])).body.decode()
    for inside in ("Đã gọi bến xe", here.people["author"].name, "Xe buýt đổi giờ"):
        assert inside not in page
