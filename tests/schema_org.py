"""The part of the schema.org vocabulary that we write, and whether a node keeps to it.

Properties by type, with those of the types above (https://schema.org/docs/full.html); Google's required ones by type
(https://developers.google.com/search/docs/appearance/structured-data/factcheck).
"""

from urllib.parse import urlsplit

_THING = {"name", "url", "description", "mainEntityOfPage", "identifier", "image", "sameAs"}
_WORK = _THING | {
    *("about", "abstract", "author", "publisher", "citation", "inLanguage", "isAccessibleForFree", "license"),
    *("sdLicense", "sdPublisher", "datePublished", "dateModified", "version", "correction", "exampleOfWork"),
    *("creativeWorkStatus", "keywords", "text", "interpretedAsClaim", "archivedAt"),
}
_REVIEW = _WORK | {"reviewRating", "itemReviewed"}
_ORGANISATION = _THING | {
    *("publishingPrinciples", "correctionsPolicy", "ownershipFundingInfo", "actionableFeedbackPolicy"),
    *("knowsLanguage", "email"),
}
PROPERTIES = {
    "Thing": _THING,
    "CreativeWork": _WORK,
    "Claim": _WORK | {"appearance", "firstAppearance"},
    "ClaimReview": _REVIEW | {"claimReviewed"},
    "MediaReview": _REVIEW | {"mediaAuthenticityCategory", "originalMediaLink", "originalMediaContextDescription"},
    "MediaReviewItem": _WORK | {"mediaItemAppearance"},
    "ImageObject": _WORK | {"contentUrl"},
    "VideoObject": _WORK | {"contentUrl"},
    "AudioObject": _WORK | {"contentUrl"},
    "CorrectionComment": _WORK,
    "Rating": _THING | {"alternateName", "ratingValue", "bestRating", "worstRating", "ratingExplanation"},
    "Organization": _ORGANISATION,
    "NewsMediaOrganization": _ORGANISATION | {"verificationFactCheckingPolicy"},
    "DataFeed": _WORK | {"dataFeedElement"},
    "DataFeedItem": _THING | {"dateCreated", "dateModified", "item"},
}
REQUIRED = {"ClaimReview": {"claimReviewed", "reviewRating", "url"}, "Rating": {"alternateName"}}


def faults(node, path="$"):
    """Return what a node breaks, by its place."""
    kind = node.get("@type")
    if kind not in PROPERTIES:
        return [f"{path}: unknown type {kind}"]
    own = {name for name in node if not name.startswith("@")}
    found = [f"{path}: {kind} has no {name}" for name in own - PROPERTIES[kind]]
    found += [f"{path}: {kind} needs {name}" for name in REQUIRED.get(kind, set()) - own]
    if "url" in own and urlsplit(node["url"]).scheme not in ("http", "https"):
        found.append(f"{path}.url: not a whole address")
    for name, value in node.items():
        for at, one in enumerate(value if isinstance(value, list) else [value]):
            if one in (None, "", [], {}):
                found.append(f"{path}.{name}: empty")
            if isinstance(one, dict):
                found += faults(one, f"{path}.{name}[{at}]")
    return found
