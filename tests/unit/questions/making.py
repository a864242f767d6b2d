"""Makes what the tests of cases and replies begin with, with the real actions wherever people would use them."""

import itertools

from django.utils import timezone

from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.start_fact_check import start_fact_check
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.draft import DraftContent, SourceContent
from kiemtin.checks.enums import Interest, Nature, Topic, Verdict
from kiemtin.checks.models import ExternalReview, FactCheck
from kiemtin.questions.actions.start_draft import start_draft
from kiemtin.questions.counters import recount
from kiemtin.questions.enums import CaseState
from kiemtin.questions.models import Case, Message, Picture, ReplyAddress, Request

_numbers = itertools.count(1)


def make_message(case=None, *, requests=1, address=True, text=""):
    """A message of a case with so many requests."""
    number = next(_numbers)
    message = Message.objects.create(
        digest=f"{number:064x}",
        text=text or f"Tin số {number}: uống nước chanh nóng khỏi ung thư",
        case=case,
        settled=case is not None,
        asked=requests,
        heat=float(number % 7),
    )
    for _ in range(requests):
        make_request(message, address=address)
    if case is not None:
        recount(case)
    return message


def make_request(message, *, address=True, **fields):
    request = Request.objects.create(code=f"MA{next(_numbers):06}", message=message, **fields)
    if address:
        ReplyAddress.objects.create(request=request, secret=b"not read here", digest=f"{request.pk}")
    return request


def make_picture(message):
    """A picture that a message's text was read from, kept for the desk."""
    request = message.requests.first() or make_request(message, address=False)
    later = timezone.now() + timezone.timedelta(days=7)
    code = f"PI{next(_numbers):06}"
    return Picture.objects.create(code=code, state="asked", request=request, secret=b"sealed", delete_after=later)


def make_case(desk, *, messages=1, requests=1, address=True, title="Nước chanh nóng chữa ung thư", **fields):
    """A case of the desk, open unless a state is given, with messages that were asked about."""
    case = Case.objects.create(desk=desk, title=title, language=desk.language, **fields)
    for _ in range(messages):
        make_message(case, requests=requests, address=address)
    return case


def content(**fields):
    """All that a fact-check needs; the fields given replace those of it."""
    given = {
        "claim": "Uống nước chanh nóng khỏi ung thư",
        "verdict": Verdict.FALSE,
        "summary": "Không có nghiên cứu nào trên người cho thấy điều đó.",
        "body": "Bệnh viện K nói rõ.",
        "topic": Topic.HEALTH,
        "sources": (
            SourceContent(
                title="Lời khuyên",
                publisher="Bệnh viện K",
                url="https://example.org/1",
                interest=Interest.INDEPENDENT,
                shows="Chanh không chữa ung thư.",
            ),
            SourceContent(
                title="Tổng quan",
                publisher="Viện Ung thư",
                url="https://example.org/2",
                interest=Interest.INDEPENDENT,
                shows="Không có bằng chứng.",
            ),
        ),
    }
    return DraftContent(**(given | fields))


def write(check, *, by, **fields):
    """Save complete content over what is there."""
    check.refresh_from_db()
    return save_draft(fact_check=check, by=by, version=check.version, content=content(**fields))


def bring_to_print(check, *, author, editor, **fields):
    """Write, submit, approve, publish."""
    row = write(check, by=author, **fields)
    row = submit(fact_check=row, by=author, version=row.version)
    row = approve(fact_check=row, by=editor, version=row.version)
    return publish(fact_check=row, by=editor)


def publish_case(case, *, author, editor, **fields):
    """Draft and publish the check of a case; returns the revision."""
    Case.objects.filter(pk=case.pk).update(nature=Nature.FACT)
    check = start_draft(case=case, by=author)
    revision = bring_to_print(check, author=author, editor=editor, **fields)
    case.refresh_from_db()
    return revision


def correct(check, *, author, editor, **fields):
    """Publish a correction; returns the revision."""
    start_correction(fact_check=check, by=author)
    given = {"verdict": Verdict.MISLEADING, "note": "Bản đầu nói quá."} | fields
    return bring_to_print(check, author=author, editor=editor, **given)


def publish_check(desk, *, author, editor, **fields):
    """A published check without a case."""
    check = start_fact_check(desk=desk, by=author)
    return bring_to_print(check, author=author, editor=editor, **fields)


def make_review(**fields):
    """A review of another publisher."""
    number = next(_numbers)
    return ExternalReview.objects.create(
        **{
            "key": f"review-{number}",
            "publisher_name": "Báo Kiểm",
            "claim": "Uống nước chanh nóng khỏi ung thư",
            "rating": "Sai sự thật",
            "url": "https://example.org/review",
            "seq": number,
            "digest": "0",
        }
        | fields
    )


def case_in(state, desk, *, author, editor):
    """A case in any state, put there by hand only where no action leads to it."""
    plain = {
        CaseState.OPEN: {},
        CaseState.IN_PROGRESS: {"nature": Nature.FACT},
        CaseState.IN_REVIEW: {"nature": Nature.FACT},
        CaseState.NOT_CHECKABLE: {"nature": Nature.OPINION},
        CaseState.DECLINED: {"public_reason": "Ngoài phạm vi."},
    }
    if state == CaseState.PUBLISHED:
        case = make_case(desk, messages=2)
        publish_case(case, author=author, editor=editor)
        return case
    if state == CaseState.MERGED:
        return make_case(desk, messages=0, state=state, merged_into=make_case(desk))
    return make_case(desk, messages=2, state=state, **plain[state])


def fact_check_of(case):
    return FactCheck.objects.get(case=case)
