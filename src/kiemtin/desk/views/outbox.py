"""What is on its way to those who asked. No address is ever shown: nobody here can read one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kiemtin.checks.exceptions import NotAllowedError, WorkError
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.errors import sentence
from kiemtin.desk.nav_counts import replies_of
from kiemtin.desk.worker_state import worker_state
from kiemtin.questions.actions.retry_reply import retry_reply
from kiemtin.questions.enums import ReplyState
from kiemtin.questions.models import Reply

_A_PAGE = 50


@desk_view(Action.RETRY_REPLY)
def outbox(request: DeskRequest) -> HttpResponse:
    """Show how many replies wait, went out and failed, and those that failed with the reason."""
    counted = dict(replies_of(request.desk).order_by().values_list("state").annotate(Count("pk")))
    failed = replies_of(request.desk).filter(state=ReplyState.FAILED)
    failed = failed.select_related("case", "revision__fact_check", "external_review").order_by("-created", "-pk")
    page = Paginator(failed, _A_PAGE).get_page(request.GET.get("page"))
    states = [{"slug": state.value, "text": state.label, "count": counted.get(state.value, 0)} for state in ReplyState]
    context = {"nav": "outbox", "states": states, "page": page, **worker_state()}
    return render(request, "desk/outbox.html", context)


@require_POST
@desk_view(Action.RETRY_REPLY)
def retry(request: DeskRequest) -> HttpResponse:
    """Send one reply that failed again, or all that are on the page."""
    given = [text for text in request.POST.getlist("reply")[:_A_PAGE] if text.isascii() and text.isdecimal()]
    rows = replies_of(request.desk).filter(pk__in=[int(text) for text in given if len(text) < 19])
    done = sum(_again(request, row) for row in rows)
    if done:
        said = ngettext("%(count)d reply waits to be sent again.", "%(count)d replies wait to be sent again.", done)
        messages.success(request, said % {"count": done})
    else:
        messages.info(request, _("Nothing to send again."))
    return redirect("desk:outbox", request.desk.slug)


def _again(request: DeskRequest, row: Reply) -> bool:
    try:
        retry_reply(reply=row, by=request.user)
    except NotAllowedError:
        raise
    except WorkError as error:
        messages.error(request, sentence(error))
        return False
    return True


urlpatterns = [
    path("outbox/", outbox, name="outbox"),
    path("outbox/again/", retry, name="retry"),
]
