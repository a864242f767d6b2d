"""What the log says in words: an event's verb, and what it was done to."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.audit.models import Event

VERBS: dict[str, str | Promise] = {
    "case.opened": _("opened a case"),
    "case.joined": _("put a message into a case"),
    "case.noted": _("added a note"),
    "case.assigned": _("assigned a case"),
    "case.released": _("released a case"),
    "case.conflict-declared": _("declared a conflict of interest"),
    "case.renamed": _("renamed a case"),
    "case.nature-said": _("said what kind of statement it is"),
    "case.not-checkable": _("closed a case as not checkable"),
    "case.declined": _("declined a case"),
    "case.reopened": _("reopened a case"),
    "case.merged": _("merged cases"),
    "case.split": _("split a case"),
    "case.merge-undone": _("undid a merge"),
    "case.join-undone": _("took out a message that the program had put in"),
    "case.split-undone": _("undid a split"),
    "match.decided": _("decided on a proposed match"),
    "case.answered-with-check": _("answered a case with a fact-check"),
    "case.answered-with-review": _("answered a case with another publisher's review"),
    "case.answer-withdrawn": _("withdrew the review that answered a case: the case is open again"),
    "case.picture-needed": _("looked at a picture that was sent"),
    "check.started": _("started a fact-check"),
    "check.edited": _("edited a fact-check"),
    "check.submitted": _("submitted a fact-check for review"),
    "check.recalled": _("took a fact-check back from review"),
    "check.sent-back": _("sent a fact-check back"),
    "check.approved": _("approved a fact-check"),
    "check.published": _("published a fact-check"),
    "check.correction-started": _("started a correction"),
    "check.correction-discarded": _("discarded a correction"),
    "check.withdrawn": _("withdrew a fact-check"),
    "check.rechecked": _("looked at a fact-check again: it still holds"),
    "evidence.copy-asked": _("asked for a copy of a source"),
    "evidence.copied": _("stored a copy of a source"),
    "evidence.copy-dropped": _("deleted a copy of a source"),
    "evidence.licence-said": _("said who gets the copy of a source"),
    "evidence.flagged": _("found that a source changed or is gone"),
    "evidence.held": _("looked at a source that changed or is gone: the fact-check still holds"),
    "alert.started": _("started a scam alert"),
    "alert.edited": _("edited a scam alert"),
    "alert.submitted": _("submitted a scam alert for review"),
    "alert.sent-back": _("sent a scam alert back"),
    "alert.published": _("published a scam alert"),
    "alert.correction-discarded": _("discarded the correction of a scam alert"),
    "alert.withdrawn": _("withdrew a scam alert"),
    "view.saved": _("saved a view of the queue"),
    "check.wordings-added": _("added known wordings to a fact-check"),
    "check.wordings-removed": _("took known wordings from a fact-check"),
    "report.received": _("received an error report"),
    "report.handled": _("dealt with an error report"),
    "reply.retried": _("had a reply sent again"),
    "page.written": _("wrote a page of the desk"),
    "source.changed": _("changed which publishers are followed"),
    "source.fetched": _("fetched the reviews of another publisher"),
    "links.opened-or-not": _("changed whether links that are asked about are opened"),
    "link.read": _("opened a link that was asked about"),
    "review.withdrawn": _("withdrew a review of another publisher"),
    "review.restored": _("brought a review of another publisher back"),
    "reviews.upserted": _("stored reviews of other publishers"),
    "import.started": _("began to import a file"),
    "import.resumed": _("went on importing a file"),
    "import.finished": _("imported a file"),
    "people.changed": _("changed who is in the desk"),
    "token.changed": _("changed the desk's tokens"),
    "page-markup.created": _("handed in the markup of a page"),
    "page-markup.updated": _("changed the markup of a page"),
    "page-markup.deleted": _("took the markup of a page back"),
    "invitation.accepted": _("accepted an invitation"),
    "person.signed-in": _("signed in"),
    "person.signed-out": _("signed out"),
    "person.locked-out": _("refused more attempts to sign in to an account"),
    "person.password-changed": _("changed their password"),
    "person.password-chosen-by-link": _("chose a password by a link"),
    "person.link-given": _("gave out a link for choosing a password"),
    "person.second-factor-added": _("set up a second factor"),
    "person.second-factor-removed": _("removed a second factor"),
    "person.second-factor-dropped": _("took the second factors of a person away"),
    "person.recovery-codes-made": _("made new recovery codes"),
    "person.renamed": _("changed their name"),
    "desk.created": _("made the desk"),
    "personal-data.purged": _("deleted personal data whose time was over"),
    "address.left": _("left an address"),
    "address.forgotten": _("had an address forgotten"),
    "text.given": _("agreed that a text be published as open data"),
    "text.taken-back": _("no longer agreed that a text be published"),
    "text.withheld": _("kept a text out of the open data"),
    "data.exported": _("exported the open data"),
    "data.published": _("made the month's open data"),
    "clock.jumped": _("saw the clock of the machine jump"),
    "data.texts-taken-out": _("took texts out of the open data"),
    "backup.made": _("made a backup"),
    "backup.restored": _("restored a backup"),
    "samples.loaded": _("loaded the sample library"),
    "log.not-signed": _("could not sign the public log"),
    "log.downloaded": _("downloaded this log"),
}
"""Every verb of the table has its words (a test holds that); a verb without is shown as it is."""

PEOPLE: dict[str, str | Promise] = {
    "added": _("added a person"),
    "invited": _("invited a person"),
    "revoked": _("took an invitation back"),
    "role-changed": _("changed a person's role"),
    "removed": _("took a person out of the desk"),
}
"""What of people was changed, by the event's own word for it."""

TOKENS: dict[str, str | Promise] = {
    "made": _("made a token"),
    "revoked": _("revoked a token"),
}
"""What of tokens was changed, likewise."""
SOURCES: dict[str, str | Promise] = {
    "added": _("began to follow a publisher"),
    "changed": _("changed what is said of a publisher that is followed"),
    "paused": _("paused a publisher that is followed"),
    "ended": _("stopped following a publisher"),
    "resumed": _("went on following a publisher"),
    "asked-for": _("had the reviews of another publisher fetched"),
}
"""What was done to a source, by the event's own word for it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What the log can be narrowed to.

    Attributes
    ----------
    beginnings
        Of the verbs that belong to it.
    is_rare
        Whether so little of it is done that its events are best found by their verbs. Of the others the newest events
        are read until a page is full.
    """

    label: str | Promise
    beginnings: tuple[str, ...]
    is_rare: bool = True

    @property
    def verbs(self) -> list[str]:
        """Its verbs, as far as they have words."""
        return [verb for verb in VERBS if verb.startswith(self.beginnings)]


KINDS: dict[str, Kind] = {
    "case": Kind(_("Cases"), ("case.", "match."), is_rare=False),
    "check": Kind(_("Fact-checks"), ("check.",), is_rare=False),
    "alert": Kind(_("Scam alerts"), ("alert.",)),
    "evidence": Kind(_("Copies of sources"), ("evidence.",)),
    "reply": Kind(_("Replies and error reports"), ("reply.", "report.")),
    "people": Kind(_("People"), ("people.", "invitation.", "desk.")),
    "account": Kind(_("Signing in and passwords"), ("person.",)),
    "page": Kind(_("Pages and views"), ("page.", "view.")),
    "token": Kind(_("API tokens"), ("token.", "page-markup.", "question.")),
    "source": Kind(_("Other publishers"), ("source.", "review.", "reviews.", "import.", "links.", "link.")),
    "data": Kind(_("Personal and open data"), ("text.", "data.", "personal-data.", "address.")),
    "machine": Kind(_("Backups and logs"), ("backup.", "samples.", "log.", "clock.")),
}
"""Every verb belongs to one (a test holds that)."""

PROGRAMS: dict[str, str | Promise] = {
    "worker": _("the program"),
    "command-line": _("the command line"),
    "web": _("the web site"),
    "asker": _("somebody who asked"),
}


def verb_label(event: Event) -> str:
    """Return what was done, in words."""
    if event.verb == "people.changed":
        return str(PEOPLE.get(str(event.detail.get("what")), VERBS["people.changed"]))
    if event.verb == "token.changed":
        return str(TOKENS.get(str(event.detail.get("what")), VERBS["token.changed"]))
    if event.verb == "source.changed":
        return str(SOURCES.get(str(event.detail.get("what")), VERBS["source.changed"]))
    return str(VERBS.get(event.verb, event.verb))
