"""Tell a desk that something on a page is wrong. The form has a page of its own, so that the check's page is kept."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from kiemtin.checks.models import FactCheck
from kiemtin.public.forms import ErrorReportForm
from kiemtin.public.origin import open_form
from kiemtin.public.pages import show
from kiemtin.public.views.check import fact_check_or_404
from kiemtin.public.views.errors import too_many
from kiemtin.questions.actions.report_error import report_error
from kiemtin.questions.limits import check_honeypot, client_address
from kiemtin.questions.refusals import RefusalError, TooManyError


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an error report."""
    fact_check = fact_check_or_404(pk)
    form = ErrorReportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _store(request, fact_check, form)
        except TooManyError as error:
            return too_many(request, error)
        except RefusalError as error:
            form.add_error("text", error.sentence)
        else:
            return HttpResponseRedirect(reverse("public:report-thanks", args=[pk]))
    response = show(
        request, "public/report.html", {"check": fact_check, "form": form}, status=422 if form.is_bound else 200
    )
    if form.is_bound:  # what was typed stands in it
        add_never_cache_headers(response)
    return response


def _store(request: HttpRequest, fact_check: FactCheck, form: ErrorReportForm) -> None:
    check_honeypot(form.cleaned_data["website"])
    address = client_address(request.META, proxies=settings.KIEMTIN_PROXIES)
    report_error(fact_check=fact_check, text=form.cleaned_data["text"], address=address)


@require_safe
def thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the report arrived."""
    return show(request, "public/report_thanks.html", {"check": fact_check_or_404(pk)})


urlpatterns = [
    path("checks/<int:pk>/report/", report, name="report-error"),
    path("checks/<int:pk>/report/thanks/", thanks, name="report-thanks"),
]
