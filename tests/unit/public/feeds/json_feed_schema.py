"""JSON Feed 1.1 as a JSON Schema, written from https://www.jsonfeed.org/version/1.1/."""

_TEXT, _ADDRESS = {"type": "string", "minLength": 1}, {"type": "string", "pattern": "^https?://"}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
_LANGUAGE = {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"}
_OWN = {"^_[A-Za-z0-9]+$": {"type": "object"}}  # extensions begin with an underscore
_AUTHORS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"name": _TEXT, "url": {"type": "string"}, "avatar": _ADDRESS},
        "additionalProperties": False,
        "minProperties": 1,
    },
}
_ITEM = {
    "type": "object",
    "required": ["id"],
    "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
    "properties": {
        "id": _TEXT,
        "url": _ADDRESS,
        "external_url": _ADDRESS,
        "title": _TEXT,
        "content_html": _TEXT,
        "content_text": _TEXT,
        "summary": _TEXT,
        "image": _ADDRESS,
        "banner_image": _ADDRESS,
        "date_published": _MOMENT,
        "date_modified": _MOMENT,
        "authors": _AUTHORS,
        "tags": {"type": "array", "items": _TEXT},
        "language": _LANGUAGE,
    },
    "patternProperties": _OWN,
    "additionalProperties": False,
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": _TEXT,
        "home_page_url": _ADDRESS,
        "feed_url": _ADDRESS,
        "description": _TEXT,
        "user_comment": _TEXT,
        "next_url": _ADDRESS,
        "icon": _ADDRESS,
        "favicon": _ADDRESS,
        "authors": _AUTHORS,
        "language": _LANGUAGE,
        "expired": {"type": "boolean"},
        "items": {"type": "array", "items": _ITEM},
    },
    "patternProperties": _OWN,
    "additionalProperties": False,
}
