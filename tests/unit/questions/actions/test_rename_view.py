import pytest

from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.questions.actions.rename_view import rename_view
from kiemtin.questions.actions.save_view import save_view
from kiemtin.questions.exceptions import NameTakenError

pytestmark = pytest.mark.django_db


def test_only_its_owner_renames_a_view_and_never_onto_another(desk, reader, editor):
    view = save_view(desk=desk, by=reader, name="Nóng", query="")
    save_view(desk=desk, by=reader, name="Cũ", query="")
    assert rename_view(view=view, by=reader, name="Mới").name == "Mới"
    assert rename_view(view=view, by=reader, name="Mới").name == "Mới"
    with pytest.raises(NotAllowedError):
        rename_view(view=view, by=editor, name="Của tôi")
    with pytest.raises(NameTakenError):
        rename_view(view=view, by=reader, name="Cũ")
