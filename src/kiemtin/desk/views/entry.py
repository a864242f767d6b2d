"""The way into the desk: the first page after signing in, and the second factor that some roles need."""

from __future__ import annotations

from typing import cast

from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache

from kiemtin.accounts.models import User
from kiemtin.desk.access import memberships_of


@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Go on to the person's desk; with none, say so, and with several, let them choose."""
    memberships = memberships_of(cast(User, request.user))
    if len(memberships) == 1:
        return redirect("desk:queue", memberships[0].desk.slug)
    return render(request, "desk/home.html", {"memberships": memberships})


@never_cache
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say why a second factor is needed, and offer the ways to set one up."""
    kinds = set(Authenticator.objects.filter(user=cast(User, request.user)).values_list("type", flat=True))
    if kinds - {Authenticator.Type.RECOVERY_CODES}:
        return redirect("desk:home")
    return render(request, "desk/second_factor.html")


urlpatterns = [
    path("", home, name="home"),
    path("second-factor/", second_factor, name="second-factor"),
]
