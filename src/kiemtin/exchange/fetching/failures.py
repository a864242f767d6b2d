"""Why something could not be fetched, in plain words."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Failure(TextChoices):
    """What went wrong at the other side, on the way, or with the address."""

    BAD_ADDRESS = "bad-address", _("The address is not a web address (http or https, without a user name).")
    PRIVATE_ADDRESS = "private-address", _("The address leads into a private network. Nothing is fetched from there.")
    UNRESOLVABLE = "unresolvable", _("There is no server of this name, or its name could not be looked up.")
    UNREACHABLE = "unreachable", _("The server could not be reached.")
    BAD_CERTIFICATE = "bad-certificate", _("The server's certificate is not valid for this address.")
    TIMED_OUT = "timed-out", _("The server took too long.")
    TOO_LARGE = "too-large", _("What the server sends is larger than what is read.")
    TOO_MANY_REDIRECTS = "too-many-redirects", _("The address leads on and on to other addresses.")
    LESS_SECURE = "less-secure", _("A secure address (https) leads on to one that is not. It was not followed.")
    INTERRUPTED = "interrupted", _("The connection broke off, or the server does not speak HTTP.")
    DENIED = "denied", _("The server does not let us read this address (status 401 or 403).")
    ROBOTS = "robots", _("The publisher asks programs not to read this address (robots.txt).")
    GONE = "gone", _("There is nothing at this address any more (status 404 or 410).")
    BUSY = "busy", _("The server asks to come back later (status 429 or 503).")
    BAD_STATUS = "bad-status", _("The server answered with an error.")


class FetchError(Exception):
    """Something could not be fetched.

    Attributes
    ----------
    failure
        Why.
    status
        Of the answer, where there was one.
    wait
        Seconds after which the server asks to come back; 0 if it does not say.
    """

    def __init__(self, failure: Failure, message: str = "", *, status: int = 0, wait: float = 0.0) -> None:
        super().__init__(message or failure.value)
        self.failure = failure
        self.status = status
        self.wait = wait
