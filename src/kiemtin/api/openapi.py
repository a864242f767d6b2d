"""The descriptions of both APIs (OpenAPI 3.1), in the language of who asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI
from ninja.openapi.schema import get_schema

from kiemtin import __version__
from kiemtin.api.faults import FAULTS
from kiemtin.api.v1.problems import MEDIA_TYPE
from kiemtin.api.v1.schemas import Problem
from kiemtin.api.wording import ANY

Node = dict[str, Any]

_ABOUT = _(
    "Fact-checks, and questions about messages. Reading needs no token. Errors carry stable codes. Calls are limited "
    "by token or by address; the headers RateLimit-Policy and RateLimit tell what is left."
)
_ABOUT_GOOGLE = _(
    "In the shape of the Google Fact Check Tools API, so that its clients speak with this site too. "
    "claimant is never told: nothing is kept about people who make or spread claims."
)
_TOKEN = _("A token of a desk. Administrators make it on the page “API tokens” of their desk.")
_HEADERS = {
    "RateLimit-Policy": _("Each limit with its quota (q) and window in seconds (w)."),
    "RateLimit": _("What remains of each limit (r), and the seconds until it is full again (t)."),
}
_METHODS = ("get", "post", "put", "delete")


def document(request: HttpRequest, *, api: NinjaAPI, beginning: str) -> HttpResponse:
    """Answer with the description of an API."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    content = json.dumps(described(api, beginning), ensure_ascii=False)
    response = HttpResponse(content, content_type="application/json")
    patch_cache_control(response, public=True, max_age=300)
    return response


def described(api: NinjaAPI, beginning: str) -> Node:
    """Return the description of an API, in the active language."""
    is_own = api.version == "1"
    found: Node = json.loads(json.dumps(get_schema(api, path_prefix=beginning), default=str))
    found["info"] |= {
        "description": _ABOUT if is_own else _ABOUT_GOOGLE,
        "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        "x-program-version": __version__,
    }
    found["servers"] = [{"url": settings.KIEMTIN_ADDRESS}]
    parts = found["components"]
    parts["schemas"]["Error"] = _problem_schema() if is_own else _google_schema()
    parts["responses"] = _responses(MEDIA_TYPE if is_own else "application/json")
    parts["headers"] = {name: {"description": text, "schema": {"type": "string"}} for name, text in _HEADERS.items()}
    parts["securitySchemes"] = {"Token": {"type": "http", "scheme": "bearer", "description": _TOKEN}}
    for path, method, operation in operations(found):
        _complete(path, method, operation, is_own=is_own)
    _speak(found)
    return found


def operations(found: Node) -> Iterator[tuple[str, str, Node]]:
    """Yield path, method and description of each operation."""
    for path, methods in found["paths"].items():
        for method in _METHODS:
            if method in methods:
                yield path, method, methods[method]


def statuses(path: str, operation: Node, *, is_own: bool) -> list[int]:
    """Return the errors that an operation can answer with."""
    found = {400, 401, 406, 429, 503} | ({422} if is_own else set())
    found |= {403} if operation.get("x-scope") else set()
    found |= {404} if "{" in path or _takes(operation, "cursor") else set()
    found |= {413, 415} if "requestBody" in operation else set()
    found |= {409, 410} if path.endswith("/choice") else set()
    found |= {409} if not is_own and "requestBody" in operation else set()
    found |= {501} if path.endswith(":imageSearch") else set()
    return sorted(found)


def _takes(operation: Node, name: str) -> bool:
    return any(one["name"] == name for one in operation.get("parameters", ()))


def _complete(path: str, method: str, operation: Node, *, is_own: bool) -> None:
    """Tell what the framework does not know: errors, what a token is optional for, headers."""
    if not operation.get("description"):
        operation.pop("description", None)
    scope = operation.get("x-scope", "")
    operation["security"] = [{"Token": [scope] if scope != ANY else []}] if scope else [{}, {"Token": []}]
    for response in operation["responses"].values():
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS}
    for status in statuses(path, operation, is_own=is_own):
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/E{status}"}


def _responses(media_type: str) -> Node:
    content = {media_type: {"schema": {"$ref": "#/components/schemas/Error"}}}
    kinds = sorted({fault.status for fault in FAULTS.values()})
    return {f"E{status}": {"description": _codes(status), "content": content} for status in kinds}


def _codes(status: int) -> str:
    return ", ".join(code for code, fault in FAULTS.items() if fault.status == status)


def _problem_schema() -> Node:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    place = schema.pop("$defs")["Place"]
    schema["properties"]["errors"] = {"type": "array", "items": place}
    schema["properties"]["code"]["enum"] = list(FAULTS)
    return schema


def _google_schema() -> Node:
    fields = {"code": {"type": "integer"}, "message": {"type": "string"}, "status": {"type": "string"}}
    inner = {"type": "object", "properties": fields | {"details": {"type": "array"}}, "required": list(fields)}
    return {"type": "object", "properties": {"error": inner}, "required": ["error"]}


def _speak(node: object) -> None:
    """Put summaries and descriptions into the active language, wherever they stand."""
    if isinstance(node, list):
        for one in node:
            _speak(one)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name in ("summary", "description") and isinstance(value, str) and value:
                node[name] = gettext(value)
            else:
                _speak(value)
