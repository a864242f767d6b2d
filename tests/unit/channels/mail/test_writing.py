import datetime as dt
import email
import re
from email import policy

import pytest
from django.utils import translation

from kiemtin.accounts.models import Desk
from kiemtin.channels.mail.writing import write
from kiemtin.checks.enums import Verdict
from kiemtin.checks.models import ExternalReview, FactCheck, Revision
from kiemtin.questions.enums import Language, ReplyKind
from kiemtin.questions.outbox import Telling

CLAIM = 'Uống <b>nước chanh nóng</b> & "mật ong" khỏi ung thư'
DAY = dt.datetime(2026, 3, 9, 8, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def at_home(settings):
    settings.KIEMTIN_ADDRESS = "https://kiemtin.example"


def revision(check, number, **fields):
    given = {
        "claim": CLAIM,
        "verdict": Verdict.FALSE,
        "summary": "Không có nghiên cứu nào trên người.",
        "language": "vi",
        "source_count": 3,
        "independent_count": 2,
        "at": DAY,
    }
    return Revision(fact_check=check, number=number, **(given | fields))


def telling(kind=ReplyKind.ANSWER, language="vi", **fields):
    desk = Desk(slug="ban", name="Bàn Tin", contact="ban@example.org")
    check = FactCheck(pk=7, desk=desk, language="vi", slug="nuoc-chanh", claim="Bản nháp chưa ai thấy")
    is_check = kind in (ReplyKind.ANSWER, ReplyKind.CORRECTION, ReplyKind.WITHDRAWAL)
    note = "" if kind == ReplyKind.ANSWER else "Bản đầu nói quá."
    given = {
        "code": "ABCDE12345",
        "forget_key": "f" * 64,
        "message_id": "<reply-1@kiemtin.example>",
        "fact_check": check if is_check else None,
        "revision": revision(check, 2, note=note) if is_check else None,
    }
    return Telling(kind=kind, language=language, **(given | fields))


def parts(told):
    """The mail as it arrives: headers, text, HTML."""
    arrived = email.message_from_bytes(write("a@example.org", told).message().as_bytes(), policy=policy.default)
    text, html = (part.get_content() for part in arrived.iter_parts())
    return arrived, text, html


TOLD = {
    "answer": lambda language: telling(language=language),
    "correction": lambda language: telling(
        ReplyKind.CORRECTION, language, before=revision(None, 1, verdict=Verdict.SCAM, claim="Câu cũ")
    ),
    "withdrawal": lambda language: telling(ReplyKind.WITHDRAWAL, language),
    "declined": lambda language: telling(ReplyKind.DECLINED, language, public_reason="Ngoài <phạm vi>."),
    "not-checkable": lambda language: telling(ReplyKind.NOT_CHECKABLE, language, explanation="Đây là <ý kiến>."),
    "review": lambda language: telling(
        language=language,
        fact_check=None,
        revision=None,
        external_review=ExternalReview(
            publisher_name="Báo <Kiểm>", claim=CLAIM, rating="Sai & bịa", summary="Vì sao.", url="https://example.org/r"
        ),
    ),
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("what", TOLD)
def test_every_mail_is_whole_in_both_forms_and_both_languages(what, language):
    arrived, text, html = parts(TOLD[what](language))
    prefix = "/en" if language == "en" else ""
    for body in (text, html):
        assert f"https://kiemtin.example{prefix}/r/ABCDE12345/" in body
        assert f"https://kiemtin.example{prefix}/r/ABCDE12345/forget/?key={'f' * 64}" in body
        assert "ABCDE-12345" in body
    assert f'lang="{language}"' in html
    assert "&lt;" not in text
    assert "{" not in text + html
    assert not re.search(r"<(b>|ý|phạm|Kiểm)", html)
    assert "\n\n\n" not in text.replace("\r", "")
    assert arrived["Subject"]


@pytest.mark.parametrize("what", TOLD)
def test_headers_are_those_of_a_mail_from_a_program(what):
    arrived, _, _ = parts(TOLD[what]("vi"))
    assert arrived["Message-ID"] == "<reply-1@kiemtin.example>"
    assert arrived["List-Unsubscribe"].strip() == f"<https://kiemtin.example/r/ABCDE12345/forget/?key={'f' * 64}>"
    assert arrived["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["To"] == "a@example.org"
    assert arrived.get_content_type() == "multipart/alternative"


@pytest.mark.parametrize("what", TOLD)
def test_nothing_is_loaded_and_nobody_is_followed(what):
    _, _, html = parts(TOLD[what]("vi"))
    assert not re.search(r"<(img|script|link|iframe|form)|url\(|@import", html)
    assert all(link.startswith(("https://kiemtin.example", "https://example.org/r")) for link in links(html))


def links(html):
    return re.findall(r'href="([^"]+)"', html)


def test_an_answer_has_the_verdict_the_claim_why_and_the_page():
    arrived, text, html = parts(telling(language="en"))
    assert arrived["Subject"].strip().startswith("False: “Uống")
    for body in (text, html):
        for words in ("The evidence shows that the claim is wrong.", "Không có nghiên cứu nào", "Bàn Tin", "3 sources"):
            assert words in body
        assert "https://kiemtin.example/en/checks/7/nuoc-chanh/" in body
        assert "Bản nháp chưa ai thấy" not in body
    assert CLAIM in text
    assert "FALSE" in text
    assert arrived["Reply-To"] == "ban@example.org"


def test_a_correction_says_what_changed_when_and_from_what():
    arrived, text, html = parts(TOLD["correction"]("en"))
    assert arrived["Subject"].strip().startswith("Corrected, now False")
    for body in (text, html):
        for words in ("Bản đầu nói quá.", "2026", "Scam", "Câu cũ", "/en/checks/7/revisions/"):
            assert words in body
    assert "Before: Scam. Now: False." in text


def test_a_correction_that_keeps_the_verdict_does_not_speak_of_another():
    _, text, _ = parts(telling(ReplyKind.CORRECTION, "en", before=revision(None, 1)))
    assert "Before:" not in text
    assert "worded" not in text


def test_a_withdrawal_gives_no_verdict_any_more():
    arrived, text, html = parts(telling(ReplyKind.WITHDRAWAL, "en"))
    assert arrived["Subject"].strip().startswith("Withdrawn")
    for body in (text, html):
        assert "Bản đầu nói quá." in body
        assert "The evidence shows" not in body
        assert "False" not in body


def test_another_publishers_words_are_never_ours():
    arrived, text, html = parts(TOLD["review"]("en"))
    assert arrived["Subject"].strip().startswith("Checked by Báo <Kiểm>")
    assert "Báo <Kiểm> says: Sai & bịa" in text
    for body in (text, html):
        assert "theirs, not ours" in body
        assert "The evidence shows" not in body


def test_no_rating_is_given_where_there_is_none():
    for what, words in (("declined", "nothing about whether"), ("not-checkable", "ý kiến")):
        _, text, html = parts(TOLD[what]("en"))
        assert words in text
        assert words in html
        with translation.override("en"):
            assert not any(str(verdict.label) in text for verdict in Verdict)


def test_a_long_claim_is_cut_in_the_subject_and_stays_on_one_line():
    check = telling().fact_check
    arrived, _, _ = parts(telling(revision=revision(check, 2, claim="Tin\nđồn " * 60)))
    assert len(arrived["Subject"]) < 130
    assert "\n" not in arrived["Subject"]


EVIL = "Báo\r\nBcc: b@evil.example\n\n<kt-x onclick=kt()>'\"\u2028</style><script>kt()</script>"
HEADERS = {
    *("MIME-Version", "Subject", "From", "To", "Reply-To", "Date", "Message-ID", "List-Unsubscribe", "Content-Type"),
    *("List-Unsubscribe-Post", "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Language"),
}


@pytest.mark.parametrize("kind", [ReplyKind.ANSWER, ReplyKind.CORRECTION, ReplyKind.WITHDRAWAL])
def test_what_others_wrote_is_no_header_and_no_markup(kind):
    review = ExternalReview(
        publisher_name=EVIL,
        claim=EVIL,
        rating=EVIL,
        rating_before="x",
        summary=EVIL,
        url="javascript:kt()//",
        language="vi",
    )
    given = [
        telling(kind, external_review=review, fact_check=None, revision=None),
        telling(
            kind, revision=revision(None, 2, claim=EVIL, summary=EVIL, note=EVIL), before=revision(None, 1, claim=EVIL)
        ),
    ]
    for told in given:
        arrived, _, html = parts(told)
        assert set(arrived.keys()) <= HEADERS
        assert arrived["To"] == "a@example.org"
        assert not re.search(r"<(kt-x|script)", html)
        assert all(link.startswith(("https://kiemtin.example", "mailto:ban@")) for link in links(html)), links(html)


@pytest.mark.parametrize("kind", [ReplyKind.NOT_CHECKABLE, ReplyKind.DECLINED])
def test_what_a_desk_wrote_is_no_header_and_no_markup(kind):
    arrived, _, html = parts(telling(kind, explanation=EVIL, public_reason=EVIL))
    assert set(arrived.keys()) <= HEADERS
    assert not re.search(r"<(kt-x|script)", html)
