"""Addresses of signing in: those of allauth that are used here. The others answer with 404."""

from __future__ import annotations

from typing import NoReturn

from allauth.account import views
from django.http import Http404, HttpRequest
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.cache import never_cache


def nowhere(request: HttpRequest, **kwargs: str) -> NoReturn:
    """Say that there is no such page."""
    raise Http404("people come by invitation, and keep the address that was invited")


def unkept(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    """Return an address whose pages no cache keeps: secrets and codes stand on some of them."""
    if isinstance(pattern, URLResolver):
        return path(str(pattern.pattern), include([unkept(one) for one in pattern.url_patterns]))
    return URLPattern(pattern.pattern, never_cache(pattern.callback), pattern.default_args, pattern.name)


_PATTERNS = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("2fa/", include("allauth.mfa.urls")),
    # Names that allauth's own code looks up.
    path("signup/", nowhere, name="account_signup"),
    path("email/", nowhere, name="account_email"),
    path("confirm-email/", nowhere, name="account_email_verification_sent"),
    path("confirm-email/<str:key>/", nowhere, name="account_confirm_email"),
    path("login/code/confirm/", nowhere, name="account_confirm_login_code"),
]

urlpatterns = [unkept(pattern) for pattern in _PATTERNS]
