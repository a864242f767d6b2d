import pytest

from kiemtin.accounts.enums import Role
from kiemtin.questions.models import ErrorReport
from tests.publishing import published as publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(desk):
    check = publish("Uống nước chanh nóng khỏi ung thư", desk=desk)
    return ErrorReport.objects.create(fact_check=check, revision=check.latest, text="Sai ngày, gọi [phone].")


@pytest.fixture
def url(desk):
    return f"/en/desk/{desk.slug}/reports/"


def test_a_report_is_handled_with_what_came_of_it(report, checker, sign_in, url):
    client = sign_in(checker)
    page = client.get(url).content.decode()
    assert "Uống nước chanh nóng" in page
    assert "[phone]" not in page
    assert client.post(f"{url}{report.pk}/", {"outcome": "Đã sửa ngày."}).status_code == 302
    report.refresh_from_db()
    assert (report.outcome, report.handled_by) == ("Đã sửa ngày.", checker)
    assert "Đã sửa ngày." not in client.get(url).content.decode()
    assert "Đã sửa ngày." in client.get(url, {"show": "done"}).content.decode()


def test_what_cannot_be_done_is_said(report, checker, sign_in, url):
    client = sign_in(checker)
    answer = client.post(f"{url}{report.pk}/", {"outcome": " "})
    assert answer.status_code == 422
    assert "Please write something first." in answer.content.decode()


def test_readers_read_and_strangers_find_nothing(report, member, desk, outsider, sign_in, url):
    reader = sign_in(member("Đọc", Role.READER, desk))
    assert "What came of it" not in reader.get(url).content.decode()
    assert reader.post(f"{url}{report.pk}/", {"outcome": "x"}).status_code == 403
    assert sign_in(outsider).get(url).status_code == 404


def test_reports_of_other_desks_are_not_there(report, other_desk, outsider, sign_in):
    theirs = f"/en/desk/{other_desk.slug}/reports/"
    assert "chanh" not in sign_in(outsider).get(theirs).content.decode()
    assert sign_in(outsider).post(f"{theirs}{report.pk}/", {"outcome": "x"}).status_code == 404
