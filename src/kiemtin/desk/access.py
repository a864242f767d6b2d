"""Who gets to a page of the desk. Every view of this room stands behind `desk_view`; a test walks all addresses.

A view is given the request with the desk in it, and no `desk` argument:

    @desk_view(Action.READ_CASE)
    def case(request: DeskRequest, pk: int) -> HttpResponse: ...

    urlpatterns = [path("cases/<int:pk>/", case, name="case")]   # in desk/views/cases.py, named in desk/urls.py

The action is the least that its reader must be allowed; what a form then does is checked by what it calls.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from kiemtin.accounts.enums import SECOND_FACTOR, Role
from kiemtin.accounts.models import Desk, Membership, User
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.checks.workflow import RULES, Action

P = ParamSpec("P")

MEMBER = "kiemtin.member"
"""Set in the environment of a request (PEP 3333) whose session is that of a member, for what stands before Django."""


class DeskRequest(HttpRequest):
    """A request of a member of a desk, for that desk.

    Attributes
    ----------
    desk, role
        The desk in the address, and what the person is there.
    memberships
        All of the person's, for the switcher: each with its desk.
    may
        `request.may(Action.EDIT, state=…, public=…)`: what the role may, without a query. The words of the table only:
        whose work it is, and who declared a conflict, is known to what is called.
    """

    user: User
    desk: Desk
    role: Role
    memberships: tuple[Membership, ...]
    htmx: HtmxDetails
    may: Callable[..., bool]


DeskView = Callable[Concatenate[DeskRequest, P], HttpResponseBase]


def desk_view(needs: Action) -> Callable[[DeskView[P]], Callable[..., HttpResponseBase]]:
    """Let a view be reached only by members of the desk in the address whose role includes `needs`.

    Who is not signed in is sent to sign in; who is no member is told nothing (404), as if there were no such desk;
    who is a member without the right is told so (403); who needs a second factor and has none, or came in without
    it, is sent to set it up or give it. `NotAllowedError` from what the view calls becomes 403 too, and a row that a
    deed does not find any more 404.
    """

    def decorate(view: DeskView[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapped(request: HttpRequest, /, desk: str, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _sent(request, to_sign_in(request))
            memberships = memberships_of(request.user)
            mine = next((membership for membership in memberships if membership.desk.slug == desk), None)
            if mine is None:
                raise Http404("no such desk for this person")
            if detour := _second_factor(request, mine):
                return _sent(request, detour)
            response = _view(_enter(request, mine, memberships), needs, view, kwargs)
            if "Cache-Control" not in response.headers:
                add_never_cache_headers(response)
            return response

        wrapped.needs = needs  # type: ignore[attr-defined]  # read by the test that walks all addresses
        return wrapped

    return decorate


def memberships_of(user: User) -> tuple[Membership, ...]:
    """Return a person's memberships with desks by their names, and whether they have a second factor: one query."""
    if not user.is_active:
        return ()
    factors = Authenticator.objects.filter(
        user=OuterRef("user"), type__in=(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    )
    rows = Membership.objects.filter(user=user).select_related("desk").annotate(has_second_factor=Exists(factors))
    return tuple(rows.order_by("desk__name", "desk_id"))


def to_sign_in(request: HttpRequest) -> str:
    """Return the address of the sign-in page that comes back to this page (or to the desk, after a lost POST)."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("desk:home")
    return redirect_to_login(back).url


def _view(request: DeskRequest, needs: Action, view: DeskView[P], kwargs: dict[str, object]) -> HttpResponseBase:
    if request.role not in RULES[needs].roles:
        raise PermissionDenied
    try:
        return cast(Callable[..., HttpResponseBase], view)(request, **kwargs)
    except NotAllowedError as error:
        raise PermissionDenied from error
    except ObjectDoesNotExist as error:
        if request.method != "POST":
            raise
        raise Http404("it went between the look and the deed: somebody was quicker") from error


def _enter(request: HttpRequest, mine: Membership, memberships: tuple[Membership, ...]) -> DeskRequest:
    inside = cast(DeskRequest, request)
    inside.META[MEMBER] = True
    inside.desk = mine.desk
    inside.role = Role(mine.role)
    inside.memberships = memberships
    inside.may = may_of(inside.role)
    return inside


def may_of(role: Role) -> Callable[..., bool]:
    """Return the function that says what a role may; see `DeskRequest.may`."""

    def may(action: Action, *, state: str = "", public: str = "") -> bool:
        return RULES[Action(action)].allows(role=role, state=state, public=public)

    return may


def _second_factor(request: HttpRequest, mine: Membership) -> str:
    """Return where a person must go first; empty if nowhere."""
    if mine.role not in SECOND_FACTOR:
        return ""
    if not mine.has_second_factor:  # type: ignore[attr-defined]  # annotated by `memberships_of`
        return reverse("desk:second-factor")
    records = get_authentication_records(request, request.user)
    if any(record.get("method") == "mfa" for record in records):
        return ""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("desk:home")
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}"


def _sent(request: HttpRequest, url: str) -> HttpResponse:
    """Redirect; a fragment that htmx asked for must not swallow the page that it leads to."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)
