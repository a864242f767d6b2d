import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import EmptyTextError, NotAllowedError
from kiemtin.questions.actions import save_view as module
from kiemtin.questions.actions.save_view import save_view
from kiemtin.questions.exceptions import TooManyViewsError
from kiemtin.questions.models import SavedView

pytestmark = pytest.mark.django_db


def test_a_name_is_used_again_for_the_newer_filter(desk, reader, editor):
    save_view(desk=desk, by=reader, name="Nóng", query="sort=asked")
    save_view(desk=desk, by=editor, name="Nóng", query="tab=all")
    save_view(desk=desk, by=reader, name=" Nóng ", query="tab=mine")
    assert set(SavedView.objects.values_list("owner", "query")) == {(reader.pk, "tab=mine"), (editor.pk, "tab=all")}
    assert "Nóng" not in str(Event.objects.values())


def test_a_view_has_a_name_and_an_owner_of_the_desk(desk, reader, outsider):
    with pytest.raises(EmptyTextError):
        save_view(desk=desk, by=reader, name=" ", query="")
    with pytest.raises(NotAllowedError):
        save_view(desk=desk, by=outsider, name="Nóng", query="")
    assert save_view(desk=desk, by=reader, name="a" * 100, query="").name == "a" * 60


def test_one_person_keeps_no_more_than_so_many(desk, reader, monkeypatch):
    monkeypatch.setattr(module, "MOST", 2)
    for name in ("Một", "Hai"):
        save_view(desk=desk, by=reader, name=name, query="")
    with pytest.raises(TooManyViewsError):
        save_view(desk=desk, by=reader, name="Ba", query="")
    save_view(desk=desk, by=reader, name="Hai", query="tab=all")
