"""Which texts of the database are attacked, which are not and why, and which of the attacked ones no page shows."""

ENCODED = "a word, number or hash that the program makes"
KEPT = {
    "accounts.Attempt.cache_key": ENCODED,
    "accounts.Attempt.value": ENCODED,
    "account.EmailAddress.email": "as the person's own, for sign-in",
    "account.EmailConfirmation.key": ENCODED,
    "accounts.User.password": ENCODED,
    "accounts.Desk.slug": "in addresses: letters, digits, hyphens",
    "accounts.Invitation.digest": ENCODED,
    "accounts.ApiToken.prefix": ENCODED,
    "accounts.ApiToken.digest": ENCODED,
    "accounts.ApiToken.scopes": ENCODED,
    "audit.Event.actor": ENCODED,
    "audit.Event.verb": ENCODED,
    "audit.Event.object_type": ENCODED,
    "audit.Event.object_id": ENCODED,
    "audit.Event.detail": ENCODED,
    "audit.Event.desk": "the short name of a desk in its address",
    "audit.Pulse.worker": ENCODED,
    "audit.Clock.name": ENCODED,
    "audit.PublicLog.name": ENCODED,
    "audit.PublicLog.origin": "the address of the site",
    "audit.LogEntry.about": ENCODED,
    "audit.LogHead.note": "signed",
    "checks.ScamAlert.checks": "numbers",
    "checks.AlertRevision.checks": "numbers",
    "checks.ScamAlert.slug": "letters, digits, hyphens",
    "checks.FactCheck.slug": "letters, digits, hyphens",
    "checks.StoredCopy.page": "made of the address",
    "checks.CopyRequest.page": "made of the address",
    "checks.CitedSource.page": "made of the address",
    "checks.StoredCopy.sha256": ENCODED,
    "checks.StoredCopy.media_type": ENCODED,
    "checks.StoredCopy.text_digest": ENCODED,
    "checks.CopyRequest.failure": ENCODED,
    "checks.CitedSource.failure": ENCODED,
    "checks.CitedSource.known": ENCODED,
    "checks.CitedSource.seen": ENCODED,
    "checks.ChangeCounter.name": ENCODED,
    "checks.ExternalReview.key": ENCODED,
    "checks.ExternalReview.digest": ENCODED,
    "checks.Revision.changed_fields": ENCODED,
    "checks.Wording.digest": ENCODED,
    "questions.Indicator.digest": ENCODED,
    "questions.LinkPage.key": ENCODED,
    "questions.LinkPage.failure": ENCODED,
    "questions.LinkPage.sha256": ENCODED,
    "questions.Picture.code": ENCODED,
    "questions.Picture.seen": ENCODED,
    "questions.Picture.photo": ENCODED,
    "questions.Picture.failure": ENCODED,
    "questions.PhotoMark.photo": ENCODED,
    "questions.Message.digest": ENCODED,
    "questions.Message.guards": ENCODED,
    "questions.Match.guards": ENCODED,
    "questions.Request.code": ENCODED,
    "questions.Request.channel": ENCODED,
    "questions.Request.asker": ENCODED,
    "questions.Request.decisions": ENCODED,
    "questions.ReplyAddress.channel": ENCODED,
    "questions.ReplyAddress.digest": ENCODED,
    "questions.Reply.message_id": ENCODED,
    "questions.Bucket.key": ENCODED,
    "exchange.ImportRun.digest": ENCODED,
    "exchange.ImportRun.reader": ENCODED,
    "exchange.MarkupPage.code": ENCODED,
    "exchange.MarkupPage.keys": ENCODED,
    "exchange.MarkupPage.gone": ENCODED,
    "exchange.ReviewSource.content": ENCODED,
    "exchange.ReviewSource.detail": ENCODED,
    "exchange.SourcedReview.key": ENCODED,
}
"""Texts that nobody chooses the words of, and why."""
LANGUAGE = "language"
"""Everywhere a tag: letters, digits and hyphens (`exchange.mapping.values.language`, the list of languages)."""
PLAIN_KEYS = frozenset({"kind", "interest", "accessed", "recheck_on", "copied", "copy_sha256", "claim_date"})
"""Of JSON: words and days of the program."""
A_CITED_ADDRESS = "a cited address"
CITED = dict.fromkeys(
    (
        "checks.Source.url",
        "checks.Revision.sources.url",
        "checks.StoredCopy.url",
        "checks.CopyRequest.url",
        "checks.CitedSource.url",
    ),
    A_CITED_ADDRESS,
)
"""Addresses that pages bring together: what is cited in one place is the same in the others."""

ADDRESSES = (".url", ".address", ".led_to", ".fetched_from")
"""Fields of addresses that came from elsewhere."""

WHOLE = frozenset({"questions.Message.text"})
"""Texts that keep what they said beside the attack: what belongs together is found by it."""

_SENT_BACK = "for its server, which said it"
_API = "only given by the API, which is looked at apart"
HIDDEN = {
    "checks.CitedSource.etag": _SENT_BACK,
    "checks.CitedSource.last_modified": _SENT_BACK,
    "exchange.ReviewSource.etag": _SENT_BACK,
    "exchange.ReviewSource.last_modified": _SENT_BACK,
    "exchange.SourcePage.etag": _SENT_BACK,
    "exchange.SourcePage.last_modified": _SENT_BACK,
    "exchange.SourcePage.lastmod": "compared with what the site map says next",
    "exchange.SourcePage.read_lastmod": "compared with what the site map says next",
    "exchange.MarkupPage.publisher_name": _API,
    "exchange.MarkupPage.publisher_site": _API,
    "exchange.MarkupPage.url": _API,
    "exchange.MarkupPage.markups.claim": _API,
    "exchange.MarkupPage.markups.rating.words": _API,
    "exchange.MarkupPage.markups.rating.why": _API,
    "exchange.ImportRun.name": "the command line's own",
    "exchange.SourcedReview.url": "compared with what the source says next",
    "checks.ExternalReview.work": "joins translations",
    "checks.ExternalReview.wordings": "for the index",
    "checks.ExternalReview.rating_before": "in mails only",
    "checks.ExternalReview.sources.title": _API,
    "checks.ExternalReview.sources.publisher": _API,
    "checks.ExternalReview.sources.url": _API,
    "checks.ExternalReview.sources.shows": _API,
    "checks.StoredCopy.payload_type": "beside the file",
    "checks.Wording.text": "for the index",
    "questions.LinkPage.address": "what is fetched",
    "questions.LinkPage.led_to": "of it only the host",
    "questions.Case.title_plain": "for the search",
}
"""Attacked texts that no page shows, and why."""
