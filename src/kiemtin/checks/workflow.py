"""Who may do what, in which state: the one table of role × action × state.

Permissions, buttons, the diagram in the docs and the tests all read this table. `Subject.CASE` rules look at the state
of a case, `Subject.CHECK` and `Subject.ALERT` rules at the stage of a working copy and at what is public of it,
`Subject.DESK` rules at neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.accounts.enums import Role
from kiemtin.checks.enums import PublicState, Stage


class Subject(StrEnum):
    """What a rule is about."""

    CASE = "case"
    CHECK = "check"
    ALERT = "alert"
    DESK = "desk"


OF_WORK = frozenset({Subject.CHECK, Subject.ALERT})
"""What has a working copy in stages."""


class Action(StrEnum):
    """What a person may do."""

    # a case
    READ_CASE = "read-case"
    NOTE = "note"
    TAKE = "take"
    ASSIGN = "assign"
    RELEASE = "release"
    DECLARE_CONFLICT = "declare-conflict"
    RENAME = "rename"
    SAY_NATURE = "say-nature"
    CLOSE_NOT_CHECKABLE = "close-not-checkable"
    DECLINE = "decline"
    REOPEN = "reopen"
    MERGE = "merge"
    SPLIT = "split"
    DECIDE_MATCH = "decide-match"
    ANSWER_WITH_CHECK = "answer-with-check"
    ANSWER_WITH_REVIEW = "answer-with-review"
    START_DRAFT = "start-draft"
    WITHHOLD_TEXT = "withhold-text"
    NEED_PICTURE = "need-picture"
    # a fact-check
    READ_CHECK = "read-check"
    EDIT = "edit"
    SUBMIT = "submit"
    RECALL = "recall"
    SEND_BACK = "send-back"
    APPROVE = "approve"
    PUBLISH = "publish"
    START_CORRECTION = "start-correction"
    DISCARD_CORRECTION = "discard-correction"
    WITHDRAW = "withdraw"
    TAKE_COPY = "take-copy"
    HAND_IN_COPY = "hand-in-copy"
    DROP_COPY = "drop-copy"
    LICENSE_COPY = "license-copy"
    HOLD_SOURCE = "hold-source"
    RECHECK = "recheck"
    # a scam alert
    READ_ALERT = "read-alert"
    EDIT_ALERT = "edit-alert"
    SUBMIT_ALERT = "submit-alert"
    SEND_BACK_ALERT = "send-back-alert"
    PUBLISH_ALERT = "publish-alert"
    DISCARD_ALERT_CORRECTION = "discard-alert-correction"
    WITHDRAW_ALERT = "withdraw-alert"
    # a desk
    SEE_QUEUE = "see-queue"
    START_ALERT = "start-alert"
    SAVE_VIEW = "save-view"
    HANDLE_REPORT = "handle-report"
    RETRY_REPLY = "retry-reply"
    WRITE_PAGES = "write-pages"
    FOLLOW_SOURCES = "follow-sources"
    OPEN_LINKS = "open-links"
    MANAGE_PEOPLE = "manage-people"
    MANAGE_TOKENS = "manage-tokens"
    SEE_LOG = "see-log"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table.

    Attributes
    ----------
    roles
        Who may, in the desk that owns the subject.
    label
        The word on its button.
    states
        Of a case, or stages of a working copy, in which it can be done; empty means in every one.
    public
        What must be public of a fact-check or an alert; empty means anything.
    to
        The state or stage it leads to; empty means that it leaves it.
    verb
        Its audit event; empty for what only reads.
    """

    subject: Subject
    roles: frozenset[str]
    label: str | Promise
    states: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()
    to: str = ""
    verb: str = ""

    def allows(self, *, role: str, state: str = "", public: str = "") -> bool:
        """Whether a role may do it in a state."""
        return role in self.roles and self.fits(state=state, public=public)

    def fits(self, *, state: str = "", public: str = "") -> bool:
        """Whether it can be done in a state, by whoever may."""
        return (not self.states or state in self.states) and (not self.public or public in self.public)


_ALL = frozenset({Role.READER, Role.CHECKER, Role.EDITOR, Role.ADMINISTRATOR})
_CHECKERS = frozenset({Role.CHECKER, Role.EDITOR, Role.ADMINISTRATOR})
_EDITORS = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

# States of a case by name: the room of cases is above this one.
OPEN, IN_PROGRESS, IN_REVIEW = "open", "in-progress", "in-review"
PUBLISHED, NOT_CHECKABLE, DECLINED, MERGED = "published", "not-checkable", "declined", "merged"
_AT_WORK = frozenset({OPEN, IN_PROGRESS})
_UNDECIDED = frozenset({OPEN, IN_PROGRESS, IN_REVIEW})
_STANDING = frozenset({OPEN, IN_PROGRESS, IN_REVIEW, PUBLISHED, NOT_CHECKABLE, DECLINED})
_EDITABLE = frozenset({Stage.DRAFT, Stage.SUBMITTED, Stage.APPROVED})
_ANSWERS = frozenset({PublicState.PUBLISHED, PublicState.CORRECTED})
_NOT_WITHDRAWN = frozenset({PublicState.UNPUBLISHED, PublicState.PUBLISHED, PublicState.CORRECTED})

RULES: dict[Action, Rule] = {
    Action.READ_CASE: Rule(Subject.CASE, _ALL, _("Read")),
    Action.NOTE: Rule(Subject.CASE, _CHECKERS, _("Add a note"), verb="case.noted"),
    Action.TAKE: Rule(Subject.CASE, _CHECKERS, _("Take it"), _UNDECIDED, verb="case.assigned"),
    Action.ASSIGN: Rule(Subject.CASE, _CHECKERS, _("Assign"), _UNDECIDED, verb="case.assigned"),
    Action.RELEASE: Rule(Subject.CASE, _CHECKERS, _("Release"), _UNDECIDED, verb="case.released"),
    Action.DECLARE_CONFLICT: Rule(
        Subject.CASE, _CHECKERS, _("Declare a conflict of interest"), _STANDING, verb="case.conflict-declared"
    ),
    Action.RENAME: Rule(Subject.CASE, _CHECKERS, _("Rename"), _STANDING, verb="case.renamed"),
    Action.SAY_NATURE: Rule(Subject.CASE, _CHECKERS, _("It is a statement of fact"), _AT_WORK, verb="case.nature-said"),
    Action.CLOSE_NOT_CHECKABLE: Rule(
        Subject.CASE, _CHECKERS, _("Close as not checkable"), _AT_WORK, to=NOT_CHECKABLE, verb="case.not-checkable"
    ),
    Action.DECLINE: Rule(Subject.CASE, _EDITORS, _("Decline"), _AT_WORK, to=DECLINED, verb="case.declined"),
    Action.REOPEN: Rule(
        Subject.CASE, _EDITORS, _("Reopen"), frozenset({NOT_CHECKABLE, DECLINED}), to=OPEN, verb="case.reopened"
    ),
    Action.MERGE: Rule(Subject.CASE, _CHECKERS, _("Merge"), _AT_WORK, to=MERGED, verb="case.merged"),
    Action.SPLIT: Rule(Subject.CASE, _CHECKERS, _("Split"), _STANDING, verb="case.split"),
    Action.DECIDE_MATCH: Rule(Subject.CASE, _CHECKERS, _("Decide"), _STANDING, verb="match.decided"),
    Action.ANSWER_WITH_CHECK: Rule(
        Subject.CASE, _EDITORS, _("Answer with this check"), _AT_WORK, to=MERGED, verb="case.answered-with-check"
    ),
    Action.ANSWER_WITH_REVIEW: Rule(
        Subject.CASE, _EDITORS, _("Answer with this review"), _AT_WORK, to=PUBLISHED, verb="case.answered-with-review"
    ),
    Action.START_DRAFT: Rule(
        Subject.CASE, _CHECKERS, _("Start the fact-check"), _AT_WORK, to=IN_PROGRESS, verb="check.started"
    ),
    Action.WITHHOLD_TEXT: Rule(Subject.CASE, _CHECKERS, _("Keep out of the open data"), verb="text.withheld"),
    Action.NEED_PICTURE: Rule(Subject.CASE, _CHECKERS, _("Show the picture"), verb="case.picture-needed"),
    Action.READ_CHECK: Rule(Subject.CHECK, _ALL, _("Read")),
    Action.EDIT: Rule(Subject.CHECK, _CHECKERS, _("Edit"), _EDITABLE, to=Stage.DRAFT, verb="check.edited"),
    Action.SUBMIT: Rule(
        Subject.CHECK,
        _CHECKERS,
        _("Submit for review"),
        frozenset({Stage.DRAFT}),
        to=Stage.SUBMITTED,
        verb="check.submitted",
    ),
    Action.RECALL: Rule(
        Subject.CHECK, _CHECKERS, _("Take back"), frozenset({Stage.SUBMITTED}), to=Stage.DRAFT, verb="check.recalled"
    ),
    Action.SEND_BACK: Rule(
        Subject.CHECK,
        _EDITORS,
        _("Send back"),
        frozenset({Stage.SUBMITTED, Stage.APPROVED}),
        to=Stage.DRAFT,
        verb="check.sent-back",
    ),
    Action.APPROVE: Rule(
        Subject.CHECK, _EDITORS, _("Approve"), frozenset({Stage.SUBMITTED}), to=Stage.APPROVED, verb="check.approved"
    ),
    Action.PUBLISH: Rule(
        Subject.CHECK, _EDITORS, _("Publish"), frozenset({Stage.APPROVED}), to=Stage.SETTLED, verb="check.published"
    ),
    Action.START_CORRECTION: Rule(
        Subject.CHECK,
        _CHECKERS,
        _("Correct"),
        frozenset({Stage.SETTLED}),
        _ANSWERS,
        to=Stage.DRAFT,
        verb="check.correction-started",
    ),
    Action.DISCARD_CORRECTION: Rule(
        Subject.CHECK,
        _CHECKERS,
        _("Discard the correction"),
        _EDITABLE,
        _ANSWERS,
        to=Stage.SETTLED,
        verb="check.correction-discarded",
    ),
    Action.WITHDRAW: Rule(
        Subject.CHECK, _EDITORS, _("Withdraw"), public=_ANSWERS, to=Stage.SETTLED, verb="check.withdrawn"
    ),
    Action.TAKE_COPY: Rule(
        Subject.CHECK, _CHECKERS, _("Take a copy now"), public=_NOT_WITHDRAWN, verb="evidence.copy-asked"
    ),
    # Only what is approved afterwards becomes public, so a file is handed in while the working copy is a draft.
    Action.HAND_IN_COPY: Rule(
        Subject.CHECK, _CHECKERS, _("Hand in a copy"), frozenset({Stage.DRAFT}), verb="evidence.copied"
    ),
    Action.DROP_COPY: Rule(
        Subject.CHECK, _CHECKERS, _("Delete this copy"), frozenset({Stage.DRAFT}), verb="evidence.copy-dropped"
    ),
    Action.LICENSE_COPY: Rule(Subject.CHECK, _EDITORS, _("Say who gets the copy"), verb="evidence.licence-said"),
    Action.HOLD_SOURCE: Rule(
        Subject.CHECK, _CHECKERS, _("Looked at: still holds"), public=_ANSWERS, verb="evidence.held"
    ),
    Action.RECHECK: Rule(
        Subject.CHECK, _CHECKERS, _("Looked at again: still holds"), public=_ANSWERS, verb="check.rechecked"
    ),
    Action.READ_ALERT: Rule(Subject.ALERT, _ALL, _("Read")),
    # Writing over what is published begins a correction: there is no step of its own for that.
    Action.EDIT_ALERT: Rule(
        Subject.ALERT,
        _CHECKERS,
        _("Edit"),
        frozenset({Stage.DRAFT, Stage.SUBMITTED, Stage.SETTLED}),
        _NOT_WITHDRAWN,
        to=Stage.DRAFT,
        verb="alert.edited",
    ),
    Action.SUBMIT_ALERT: Rule(
        Subject.ALERT,
        _CHECKERS,
        _("Submit for review"),
        frozenset({Stage.DRAFT}),
        to=Stage.SUBMITTED,
        verb="alert.submitted",
    ),
    Action.SEND_BACK_ALERT: Rule(
        Subject.ALERT, _EDITORS, _("Send back"), frozenset({Stage.SUBMITTED}), to=Stage.DRAFT, verb="alert.sent-back"
    ),
    Action.PUBLISH_ALERT: Rule(
        Subject.ALERT, _EDITORS, _("Publish"), frozenset({Stage.SUBMITTED}), to=Stage.SETTLED, verb="alert.published"
    ),
    Action.DISCARD_ALERT_CORRECTION: Rule(
        Subject.ALERT,
        _CHECKERS,
        _("Discard the correction"),
        frozenset({Stage.DRAFT, Stage.SUBMITTED}),
        _ANSWERS,
        to=Stage.SETTLED,
        verb="alert.correction-discarded",
    ),
    Action.WITHDRAW_ALERT: Rule(
        Subject.ALERT, _EDITORS, _("Withdraw"), public=_ANSWERS, to=Stage.SETTLED, verb="alert.withdrawn"
    ),
    Action.SEE_QUEUE: Rule(Subject.DESK, _ALL, _("Queue")),
    Action.START_ALERT: Rule(Subject.DESK, _CHECKERS, _("Write an alert"), verb="alert.started"),
    Action.SAVE_VIEW: Rule(Subject.DESK, _ALL, _("Save this view"), verb="view.saved"),
    Action.HANDLE_REPORT: Rule(Subject.DESK, _CHECKERS, _("Done with this report"), verb="report.handled"),
    Action.RETRY_REPLY: Rule(Subject.DESK, _EDITORS, _("Send again"), verb="reply.retried"),
    Action.WRITE_PAGES: Rule(Subject.DESK, _EDITORS, _("Write the desk's pages"), verb="page.written"),
    Action.FOLLOW_SOURCES: Rule(Subject.DESK, _EDITORS, _("Follow other publishers"), verb="source.changed"),
    Action.OPEN_LINKS: Rule(Subject.DESK, _EDITORS, _("Open links that are asked about"), verb="links.opened-or-not"),
    Action.MANAGE_PEOPLE: Rule(Subject.DESK, _ADMINISTRATORS, _("People"), verb="people.changed"),
    Action.MANAGE_TOKENS: Rule(Subject.DESK, _ADMINISTRATORS, _("API tokens"), verb="token.changed"),
    Action.SEE_LOG: Rule(Subject.DESK, _ADMINISTRATORS, _("Log")),
}

CASE_WITH: dict[str, str] = {
    Stage.DRAFT: IN_PROGRESS,
    Stage.SUBMITTED: IN_REVIEW,
    Stage.APPROVED: IN_REVIEW,
    Stage.SETTLED: PUBLISHED,
}
"""Where a case stands whose first fact-check is being worked on, by the stage of the working copy. Once it is published
it stays so, whatever is corrected or withdrawn."""

_PUBLISHED_BECOMES: dict[str, str] = {
    PublicState.UNPUBLISHED: PublicState.PUBLISHED,
    PublicState.PUBLISHED: PublicState.CORRECTED,
    PublicState.CORRECTED: PublicState.CORRECTED,
}
_WITHDRAWN_BECOMES: dict[str, str] = {
    PublicState.PUBLISHED: PublicState.WITHDRAWN,
    PublicState.CORRECTED: PublicState.WITHDRAWN,
}
BECOMES: dict[Action, dict[str, str]] = {
    Action.PUBLISH: _PUBLISHED_BECOMES,
    Action.WITHDRAW: _WITHDRAWN_BECOMES,
    Action.PUBLISH_ALERT: _PUBLISHED_BECOMES,
    Action.WITHDRAW_ALERT: _WITHDRAWN_BECOMES,
}
"""What an action makes of what is public; the others leave it as it is."""
