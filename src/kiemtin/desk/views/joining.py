"""Accepting an invitation, and one's own account: pages for people, not of a desk."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from kiemtin.accounts.models import Invitation, Membership, User
from kiemtin.checks.exceptions import WorkError
from kiemtin.desk.access import memberships_of
from kiemtin.desk.errors import sentence
from kiemtin.desk.forms.people import JoinForm, NameForm
from kiemtin.staff.actions.accept_invitation import accept_invitation
from kiemtin.staff.actions.rename_person import rename_person
from kiemtin.staff.exceptions import AccountExistsError, InvitationError
from kiemtin.staff.invitations import find_invitation


@sensitive_post_parameters("password")
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show an invitation to who holds its link, and accept it."""
    try:
        found = find_invitation(secret)
        if request.user.is_authenticated:
            return _as_member(request, found, secret)
        return _as_somebody_new(request, found, secret)
    except InvitationError as error:
        status = 404 if error.params.get("reason") == "unknown" else 410
        return render(request, "desk/invitation_closed.html", {"reason": error.params.get("reason")}, status=status)


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account, and change one's name."""
    user = cast(User, request.user)
    form = NameForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        rename_person(name=form.cleaned_data["name"], by=user)
        messages.success(request, _("Saved."))
        return redirect("desk:account")
    context = {"form": form, "memberships": memberships_of(user)}
    return render(request, "desk/account.html", context, status=422 if form.errors else 200)


def _as_member(request: HttpRequest, found: Invitation, secret: str) -> HttpResponse:
    user = cast(User, request.user)
    error = ""
    if request.method == "POST":
        try:
            return _welcomed(request, accept_invitation(secret=secret, by=user))
        except InvitationError:
            raise
        except WorkError as problem:
            error = sentence(problem)
    context = {
        "invitation": found,
        "error": error,
        "is_other": user.email.lower() != found.email.lower(),
        "here": request.get_full_path(),
    }
    return render(request, "desk/invitation.html", context, status=422 if error else 200)


def _as_somebody_new(request: HttpRequest, found: Invitation, secret: str) -> HttpResponse:
    form = JoinForm(request.POST or None, email=found.email)
    has_account = User.objects.filter(email__iexact=found.email).exists()
    if request.method == "POST" and not has_account and form.is_valid():
        try:
            membership = accept_invitation(
                secret=secret, name=form.cleaned_data["name"], password=form.cleaned_data["password"]
            )
        except AccountExistsError:
            has_account = True
        except ValidationError as error:
            form.add_error("password", error)
        else:
            return _signed_in(request, membership)
    context = {
        "invitation": found,
        "form": None if has_account else form,
        "has_account": has_account,
        "here": request.get_full_path(),
    }
    return render(request, "desk/invitation.html", context, status=422 if form.errors else 200)


def _welcomed(request: HttpRequest, membership: Membership) -> HttpResponse:
    messages.success(request, _("Welcome to %(desk)s.") % {"desk": membership.desk.name})
    return redirect("desk:queue", membership.desk.slug)


def _signed_in(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Sign in who has just chosen their password, as the sign-in page would."""
    messages.success(request, _("Welcome to %(desk)s.") % {"desk": membership.desk.name})
    login = Login(user=membership.user, redirect_url=reverse("desk:queue", args=[membership.desk.slug]))
    return cast(HttpResponse, perform_password_login(request, {"email": membership.user.email}, login))


urlpatterns = [
    path("account/", account, name="account"),
    path("invitation/<str:secret>/", invitation, name="invitation"),
]
