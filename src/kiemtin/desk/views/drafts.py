"""Writing a fact-check: the editor, autosave, and what happens when two people write at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.actions.take_copy import take_copy
from kiemtin.checks.completeness import Gap, advice, desk_gaps, gaps, same_page
from kiemtin.checks.copies import SourceCopies, copies_of_sources
from kiemtin.checks.diff import FieldDiff, elided, revision_diff
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.enums import Stage, Verdict
from kiemtin.checks.exceptions import IncompleteError, NotAllowedError, StaleVersionError, WorkError
from kiemtin.checks.markup import to_html
from kiemtin.checks.models import FactCheck
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.errors import sentence
from kiemtin.desk.forms.drafts import DraftForm, SourceForm, SourceFormSet, content_of, initial_of, initial_sources
from kiemtin.desk.source_rows import why_not

# Where in the form each gap is mended.
_PLACES = {
    Gap.CLAIM: "id_claim",
    Gap.VERDICT: "verdict",
    Gap.SUMMARY: "id_summary",
    Gap.BODY: "id_body",
    Gap.TOPIC: "id_topic",
    Gap.NOTE: "id_note",
}


@dataclass(frozen=True, slots=True)
class Writing:
    """The forms of one working copy, as shown or as sent."""

    fact_check: FactCheck
    form: DraftForm
    sources: SourceFormSet  # type: ignore[valid-type]  # a class made by a function

    @property
    def is_valid(self) -> bool:
        """Whether everything can be read; nothing has to be complete."""
        return bool(self.form.is_valid()) & bool(self.sources.is_valid())  # type: ignore[attr-defined]

    @property
    def content(self) -> DraftContent:
        """What was written."""
        return content_of(self.form, self.sources)


def check_of(request: DeskRequest, pk: int) -> FactCheck:
    """Return a fact-check of this desk; others are not there."""
    found = FactCheck.objects.select_related("desk", "latest", "author", "approver", "case")
    return get_object_or_404(found, pk=pk, desk=request.desk)


@desk_view(Action.EDIT)
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Show and save the working copy."""
    fact_check = check_of(request, pk)
    if not request.may(Action.EDIT, state=fact_check.stage, public=fact_check.public_state):
        return redirect("desk:check", request.desk.slug, pk)
    if request.method != "POST":
        return _page(request, _shown(fact_check))
    writing = _sent(request, fact_check)
    if not writing.is_valid:
        return _page(request, writing, status=422)
    try:
        return _saved(request, _save(request, writing))
    except StaleVersionError:
        return _page(request, *_met(writing), status=409)
    except NotAllowedError:
        raise  # a page of its own: see `desk_view`
    except WorkError as error:
        writing.form.add_error(None, sentence(error))
        return _page(request, writing, status=422)


def _saved(request: DeskRequest, fact_check: FactCheck) -> HttpResponse:
    """Go on as the button says: submit, one more source, or back to the form."""
    if "add-source" in request.POST:
        return _page(request, _shown(fact_check, blank=1), focus_source=True)
    if "take-copy" in request.POST:
        return _copy_asked(request, fact_check)
    if "submit" not in request.POST:
        messages.success(request, _("Saved."))
        return redirect("desk:edit", request.desk.slug, fact_check.pk)
    try:
        submit(fact_check=fact_check, by=request.user, version=fact_check.version)
    except IncompleteError:
        messages.warning(request, _("Saved, but not submitted: something is still missing."))
        return redirect("desk:edit", request.desk.slug, fact_check.pk)
    messages.success(request, _("Submitted. An editor looks at it now."))
    return redirect("desk:check", request.desk.slug, fact_check.pk)


def _copy_asked(request: DeskRequest, fact_check: FactCheck) -> HttpResponse:
    """Have a copy taken of the source whose button was pressed; the draft is saved already."""
    url = request.POST.get(f"source-{request.POST['take-copy'][:3]}-url", "")[:4_000]
    try:
        take_copy(fact_check=fact_check, by=request.user, url=url)
    except NotAllowedError:
        raise
    except WorkError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Saved. The copy is being taken; look again in a moment."))
    return redirect(f"{reverse('desk:edit', args=[request.desk.slug, fact_check.pk])}#sources")


@require_POST
@desk_view(Action.EDIT)
def autosave(request: DeskRequest, pk: int) -> HttpResponse:
    """Save while the author writes; returns what is to be shown anew beside the form."""
    writing = _sent(request, check_of(request, pk))
    if not writing.is_valid:
        return render(request, "desk/partials/draft_saved.html", {"trouble": "invalid"})
    try:
        saved = _save(request, writing)
    except StaleVersionError:
        return render(request, "desk/partials/draft_saved.html", {"trouble": "stale"})
    except WorkError as error:
        return render(request, "desk/partials/draft_saved.html", {"trouble": "refused", "why": sentence(error)})
    context = {"saved_at": timezone.localtime(), "check": saved, **_state_of(saved, writing.content.cleaned())}
    return render(request, "desk/partials/draft_saved.html", context)


def _save(request: DeskRequest, writing: Writing) -> FactCheck:
    version = writing.form.cleaned_data["version"]
    return save_draft(fact_check=writing.fact_check, by=request.user, version=version, content=writing.content)


def _shown(fact_check: FactCheck, blank: int = 0) -> Writing:
    content = DraftContent.of(fact_check)
    blank = max(blank, 2 - len(content.sources))
    form = DraftForm(
        initial=initial_of(content, fact_check.version),
        is_correction=fact_check.latest_id is not None,
        language=fact_check.language,
    )
    sources = SourceFormSet(initial=initial_sources(content), prefix="source")
    sources.extra = blank
    return Writing(fact_check, form, sources)


def _sent(request: DeskRequest, fact_check: FactCheck) -> Writing:
    form = DraftForm(request.POST, is_correction=fact_check.latest_id is not None, language=fact_check.language)
    return Writing(fact_check, form, SourceFormSet(request.POST, prefix="source"))


def _met(writing: Writing) -> tuple[Writing, tuple[FieldDiff, ...]]:
    """Return the form with the version that is there now, and how the author's text differs from it.

    Saving again then means: having seen what the other wrote.
    """
    theirs = FactCheck.objects.select_related("desk", "latest").get(pk=writing.fact_check.pk)
    writing.form.data = {**writing.form.data.dict(), "version": str(theirs.version)}  # type: ignore[attr-defined]
    return Writing(theirs, writing.form, writing.sources), _elided(revision_diff(theirs, writing.content.cleaned()))


def _elided(diff: tuple[FieldDiff, ...]) -> tuple[FieldDiff, ...]:
    return tuple(FieldDiff(one.field, one.label, tuple(map(elided, one.lines))) for one in diff)


def _page(
    request: DeskRequest,
    writing: Writing,
    met: tuple[FieldDiff, ...] = (),
    *,
    focus_source: bool = False,
    status: int = 200,
) -> HttpResponse:
    fact_check = writing.fact_check
    content = writing.content.cleaned() if writing.form.is_bound and writing.is_valid else DraftContent.of(fact_check)
    context = {
        "nav": "checks",
        "check": fact_check,
        "case": getattr(fact_check, "case", None),
        "form": writing.form,
        "sources": writing.sources,
        "source_rows": _source_rows(writing),
        "verdicts": list(Verdict),
        "verdict": writing.form["verdict"].value() or "",
        "met": met,
        "focus_source": focus_source,
        "voids": fact_check.stage in (Stage.SUBMITTED, Stage.APPROVED),
        **_state_of(fact_check, content),
    }
    return render(request, "desk/draft.html", context, status=status)


@dataclass(frozen=True, slots=True)
class SourceInForm:
    """The form of a source, what there is of copies of it, and why none could be taken."""

    form: SourceForm
    copies: SourceCopies
    failure: str | Promise


def _source_rows(writing: Writing) -> list[SourceInForm]:
    there = copies_of_sources(writing.fact_check)
    found = [(form, there.get(same_page(str(form["url"].value() or "")), SourceCopies())) for form in writing.sources]  # type: ignore[attr-defined]
    return [SourceInForm(form, copies, why_not(copies.request)) for form, copies in found]


def _state_of(fact_check: FactCheck, content: DraftContent) -> dict[str, object]:
    """Return what stands beside the form: what is missing, advice, and the text as readers will see it."""
    missing = gaps(content, is_correction=fact_check.latest_id is not None)
    todo = [{"text": gap.label, "done": False, "url": f"#{_PLACES.get(gap, 'sources')}"} for gap in missing]
    pages = [Gap.of_page(kind) for kind in desk_gaps(fact_check.desk)]
    return {
        "todo": todo + [{"text": gap.label, "done": False} for gap in pages],
        "advice": [one.label for one in advice(content)],
        "complete": not missing,
        "preview": content,
        "preview_html": to_html(content.body),
    }


urlpatterns = [
    path("checks/<int:pk>/edit/", edit, name="edit"),
    path("checks/<int:pk>/autosave/", autosave, name="autosave"),
]
