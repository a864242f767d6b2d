"""The people of a desk: who is in it, as what, and who is invited."""

from __future__ import annotations

from typing import cast

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from kiemtin.accounts.enums import SECOND_FACTOR, Role
from kiemtin.accounts.models import Membership
from kiemtin.checks.exceptions import WorkError
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.errors import sentence
from kiemtin.desk.forms.people import ROLE_MEANINGS, InviteForm, RoleForm
from kiemtin.desk.invitation_mail import send_invitation
from kiemtin.staff.actions.change_role import change_role
from kiemtin.staff.actions.invite import Invited, invite
from kiemtin.staff.actions.remove_member import remove_member
from kiemtin.staff.actions.revoke_invitation import revoke_invitation
from kiemtin.staff.invitations import open_invitations


@desk_view(Action.MANAGE_PEOPLE)
def people(request: DeskRequest) -> HttpResponse:
    """Show who is in the desk and who is invited; send an invitation."""
    form = InviteForm(request.POST or None, initial={"language": request.desk.language})
    if request.method == "POST" and form.is_valid():
        try:
            invited = invite(
                desk=request.desk, email=form.cleaned_data["email"], role=form.cleaned_data["role"], by=request.user
            )
        except WorkError as error:
            form.add_error("email", sentence(error))
        else:
            return _handed_over(request, invited, form.cleaned_data["language"])
    return render(request, "desk/people.html", _context(request, form), status=422 if form.errors else 200)


@require_POST
@desk_view(Action.MANAGE_PEOPLE)
def role(request: DeskRequest, pk: int) -> HttpResponse:
    """Change a member's role."""
    membership = get_object_or_404(_members(request), pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            changed = change_role(membership=membership, role=form.cleaned_data["role"], by=request.user)
        except WorkError as error:
            messages.error(request, sentence(error))
        else:
            said = {"name": membership.user.name, "role": Role(changed.role).label}
            messages.success(request, _("%(name)s: the role is now “%(role)s”.") % said)
    return redirect(_next(request, membership))


@desk_view(Action.MANAGE_PEOPLE)
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask, then take a member out of the desk."""
    membership = get_object_or_404(_members(request), pk=pk)
    if request.method != "POST":
        return render(request, "desk/remove_member.html", {"nav": "people", "membership": membership})
    try:
        remove_member(membership=membership, by=request.user)
    except WorkError as error:
        messages.error(request, sentence(error))
        return redirect("desk:people", request.desk.slug)
    messages.success(request, _("%(name)s is no longer in the desk.") % {"name": membership.user.name})
    return redirect(_next(request, membership))


@require_POST
@desk_view(Action.MANAGE_PEOPLE)
def revoke(request: DeskRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(request.desk.invitations, pk=pk)
    try:
        revoke_invitation(invitation=invitation, by=request.user)
    except WorkError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("The invitation is taken back: its link no longer works."))
    return redirect("desk:people", request.desk.slug)


def _members(request: DeskRequest) -> QuerySet[Membership]:
    factors = Authenticator.objects.filter(user=OuterRef("user")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    members = request.desk.memberships.select_related("user", "desk").annotate(has_second_factor=Exists(factors))
    return cast(QuerySet[Membership], members.order_by("user__name", "pk"))


def _context(request: DeskRequest, form: InviteForm) -> dict[str, object]:
    return {
        "nav": "people",
        "members": _members(request),
        "invitations": open_invitations(request.desk).order_by("-created"),
        "form": form,
        "roles": Role.choices,
        "meanings": [(Role(role).label, meaning) for role, meaning in ROLE_MEANINGS.items()],
        "needs_factor": [role.value for role in SECOND_FACTOR],
    }


def _handed_over(request: DeskRequest, invited: Invited, language: str) -> HttpResponse:
    """Mail the link; if no mail goes out, show it once to who invites."""
    with override(language):
        link = settings.KIEMTIN_ADDRESS + reverse("desk:invitation", args=[invited.secret])
    if settings.KIEMTIN_SENDS_MAIL and send_invitation(invited.invitation, link=link, language=language):
        messages.success(request, _("The invitation went to %(email)s.") % {"email": invited.invitation.email})
        return redirect("desk:people", request.desk.slug)
    context = {
        "nav": "people",
        "invitation": invited.invitation,
        "link": link,
        "failed": settings.KIEMTIN_SENDS_MAIL,
    }
    return render(request, "desk/invitation_link.html", context)


def _next(request: DeskRequest, membership: Membership) -> str:
    """Return where to go on: who has taken the right from themselves goes to where they may."""
    still = Membership.objects.filter(pk=membership.pk, role=Role.ADMINISTRATOR).exists()
    if membership.user_id == request.user.pk and not still:
        return reverse("desk:home")
    return reverse("desk:people", args=[request.desk.slug])


urlpatterns = [
    path("people/", people, name="people"),
    path("people/<int:pk>/role/", role, name="role"),
    path("people/<int:pk>/remove/", remove, name="remove-member"),
    path("people/invitations/<int:pk>/revoke/", revoke, name="revoke-invitation"),
]
