import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.questions.actions.delete_view import delete_view
from kiemtin.questions.actions.save_view import save_view
from kiemtin.questions.models import SavedView

pytestmark = pytest.mark.django_db


def test_only_its_owner_deletes_a_view(desk, reader, editor):
    view = save_view(desk=desk, by=reader, name="Nóng", query="")
    with pytest.raises(NotAllowedError):
        delete_view(view=view, by=editor)
    delete_view(view=view, by=reader)
    assert not SavedView.objects.exists()
    assert Event.objects.last().detail == {"what": "deleted"}
