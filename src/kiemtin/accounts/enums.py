"""Roles of people in a desk, what tokens of programs open, and the pages that a desk writes about itself."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is in a desk. What each may do stands in `checks.workflow`."""

    READER = "reader", _("Reader")
    CHECKER = "checker", _("Checker")
    EDITOR = "editor", _("Editor")
    ADMINISTRATOR = "administrator", _("Administrator")


SECOND_FACTOR = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
"""Roles that work only with a second factor set up."""


class Scope(TextChoices):
    """What a token lets a program do for its desk, beside reading what everybody may read."""

    ASK = "ask", _("Ask for many people")
    CASES = "cases:read", _("Read the desk's cases")
    PAGES = "pages", _("Hand in reviews of one publisher")


class PageKind(TextChoices):
    """A public page that a desk writes about itself."""

    METHOD = "method", _("How we check")
    SCALE = "scale", _("Our rating scale")
    OWNERSHIP = "ownership", _("Who owns and funds us")
    CORRECTIONS = "corrections", _("How we correct ourselves")
    CONTACT = "contact", _("Contact")


REQUIRED_PAGES = (PageKind.METHOD, PageKind.SCALE, PageKind.OWNERSHIP)
"""Without these in its language a desk publishes nothing."""
