"""The tokens of programs: which there are, making one, taking one back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kiemtin.accounts.enums import Scope
from kiemtin.checks.exceptions import WorkError
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.errors import sentence
from kiemtin.desk.forms.tokens import TokenForm
from kiemtin.staff.actions.make_token import MadeToken, make_token
from kiemtin.staff.actions.revoke_token import revoke_token


@desk_view(Action.MANAGE_TOKENS)
def tokens(request: DeskRequest) -> HttpResponse:
    """Show the desk's tokens; make one and show it, once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _make(request, form)
        except WorkError as error:
            form.add_error(None, sentence(error))
        else:
            response = render(
                request, "desk/token_made.html", {"nav": "tokens", "token": made.token, "secret": made.secret}
            )
            add_never_cache_headers(response)
            return response
    rows = request.desk.api_tokens.select_related("made_by", "revoked_by")
    context = {"nav": "tokens", "tokens": rows, "form": form}
    return render(request, "desk/tokens.html", context, status=422 if form.errors else 200)


@require_POST
@desk_view(Action.MANAGE_TOKENS)
def revoke(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a token back."""
    token = get_object_or_404(request.desk.api_tokens, pk=pk)
    try:
        revoke_token(token=token, by=request.user)
    except WorkError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("The token is revoked: it lets nobody in any more."))
    return redirect("desk:tokens", request.desk.slug)


def _make(request: DeskRequest, form: TokenForm) -> MadeToken:
    given = form.cleaned_data
    return make_token(
        desk=request.desk,
        name=given["name"],
        scopes=[Scope(word) for word in given["scopes"]],
        days=int(given["days"]),
        publisher_name=given["publisher_name"],
        publisher_site=given["publisher_site"],
        by=request.user,
    )


urlpatterns = [
    path("tokens/", tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", revoke, name="revoke-token"),
]
