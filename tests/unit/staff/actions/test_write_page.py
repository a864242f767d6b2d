import pytest

from kiemtin.accounts.models import DeskPage
from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import EmptyTextError, NotAllowedError, StaleVersionError
from kiemtin.staff.actions import write_page as module
from kiemtin.staff.actions.write_page import write_page

pytestmark = pytest.mark.django_db


def write(desk, by, body="Chúng tôi làm thế này.", expected=0, **fields):
    given = {"desk": desk, "kind": "method", "language": "vi", "body": body, "by": by, "expected_number": expected}
    return write_page(**(given | fields))


def test_versions_are_added_and_the_old_ones_stay(desk, editor):
    write(desk, editor)
    second = write(desk, editor, "Khác.", 1)
    assert [(page.number, page.body) for page in DeskPage.objects.all()] == [
        (2, "Khác."),
        (1, "Chúng tôi làm thế này."),
    ]
    event = Event.objects.last()
    assert (event.verb, event.object_id, event.actor) == ("page.written", str(second.pk), editor.actor)
    assert event.detail == {"kind": "method", "language": "vi", "number": 2}


def test_nobody_writes_over_anybody(desk, editor, administrator):
    write(desk, editor)
    with pytest.raises(StaleVersionError) as error:
        write(desk, administrator, "Tôi chưa thấy bản kia.", 0)
    assert error.value.params["version"] == 1
    assert DeskPage.objects.count() == 1


def test_two_at_the_same_moment_do_not_both_save(desk, editor, administrator, monkeypatch):
    add = module._add

    def slower(**fields):
        add(**(fields | {"by": administrator, "body": "Nhanh hơn."}))
        return add(**fields)

    monkeypatch.setattr(module, "_add", slower)
    with pytest.raises(StaleVersionError):
        write(desk, editor)
    assert Event.objects.count() == 0


def test_the_same_text_again_is_no_version(desk, editor):
    first = write(desk, editor, "Một.\r\nHai.")
    assert write(desk, editor, "Một.\nHai.\n", 1) == first
    assert (DeskPage.objects.count(), Event.objects.count()) == (1, 1)


def test_each_language_and_kind_counts_for_itself(desk, editor):
    write(desk, editor)
    assert write(desk, editor, language="en").number == 1
    assert write(desk, editor, kind="scale").number == 1


def test_an_empty_page_is_refused(desk, editor):
    with pytest.raises(EmptyTextError):
        write(desk, editor, " \n ")


@pytest.mark.parametrize("who", ["reader", "checker", "outsider"])
def test_who_is_no_editor_of_the_desk_writes_nothing(who, desk, request):
    with pytest.raises(NotAllowedError):
        write(desk, request.getfixturevalue(who))
    assert not DeskPage.objects.exists()
