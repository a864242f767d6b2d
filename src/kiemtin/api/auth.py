"""Which operations need a token, and of which scope."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest
from ninja.security import HttpBearer

from kiemtin.accounts.enums import Scope
from kiemtin.accounts.models import ApiToken
from kiemtin.api.call import needs


class Token(HttpBearer):
    """Lets in who holds a token of a scope, or any token; the token itself was looked at at the entrance."""

    def __init__(self, scope: Scope | None) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> ApiToken:
        """Return the token of the call.

        Raises
        ------
        ApiError
            There is none, or it does not include the scope.
        """
        return needs(request, self.scope)

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        """Do the same: the framework asks for it, and never calls it."""
        return self(request)


@cache
def scoped(scope: Scope | None = None) -> Token:
    """Return the guard of a scope; without one, of what needs a token of whatever scope."""
    return Token(scope)
