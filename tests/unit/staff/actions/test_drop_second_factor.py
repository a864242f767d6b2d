import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from kiemtin.audit.models import Event
from kiemtin.staff.actions.drop_second_factor import drop_second_factor

pytestmark = pytest.mark.django_db


def test_all_factors_of_the_person_go_and_those_of_others_stay(editor, administrator):
    for user in (editor, administrator):
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(editor)
    assert drop_second_factor(user=editor, by="command-line") == 2
    assert Authenticator.objects.get().user == administrator
    event = Event.objects.get()
    assert (event.verb, event.object_id) == ("person.second-factor-dropped", str(editor.pk))
