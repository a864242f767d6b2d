"""The description of an API in the parts that a reader looks for: for the reference and for the page `/api/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from ninja import NinjaAPI

from kiemtin.api.apis import google, own
from kiemtin.api.faults import FAULTS
from kiemtin.api.openapi import described, operations
from kiemtin.questions.limits import ASKING, ASKING_BY_TOKEN, CALLING, CALLING_BY_TOKEN, LOOKING_UP, Limit

OWN, GOOGLE = "api/v1/", "v1alpha1/"
_REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Item:
    """A parameter, or a field of a body or an answer."""

    name: str
    kind: str
    about: str = ""
    where: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """An object that is sent or answered."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be done."""

    method: str
    path: str
    summary: str
    about: str
    scope: str
    parameters: tuple[Item, ...]
    body: str
    answers: tuple[tuple[str, str], ...]
    errors: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Name of its place on a page."""
        plain = "".join(sign if sign.isalnum() else "-" for sign in f"{self.method}-{self.path}".lower())
        return "-".join(part for part in plain.split("-") if part)


@dataclass(frozen=True, slots=True)
class Described:
    """One API."""

    title: str
    about: str
    operations: tuple[Operation, ...]
    shapes: tuple[Shape, ...]


def describe(api: NinjaAPI, beginning: str) -> Described:
    """Return the parts of an API's description, in the active language."""
    found = described(api, beginning)
    shapes = found["components"]["schemas"]
    return Described(
        title=f"/{beginning.rstrip('/')}",
        about=found["info"]["description"],
        operations=tuple(_operation(path, method, one) for path, method, one in operations(found)),
        shapes=tuple(_shape(name, one) for name, one in shapes.items() if one.get("properties") and name != "Error"),
    )


def both() -> tuple[Described, Described]:
    """Return our own API, and the one in Google's shape."""
    return describe(own, OWN), describe(google, GOOGLE)


def codes() -> list[tuple[str, int, str, str | Promise]]:
    """Return all codes of errors: code, status, Google's word, sentence."""
    return [(code, fault.status, fault.google, fault.title) for code, fault in FAULTS.items()]


def limits() -> dict[str, tuple[Limit, ...]]:
    """Return the limits by what they hold for."""
    return {
        "calls-address": CALLING,
        "calls-token": CALLING_BY_TOKEN,
        "asking-address": ASKING,
        "asking-token": ASKING_BY_TOKEN,
        "looking-up": LOOKING_UP,
    }


def _operation(path: str, method: str, one: Mapping[str, Any]) -> Operation:
    responses = one["responses"]
    good = ((status, _content(response)) for status, response in responses.items() if "$ref" not in response)
    return Operation(
        method=method.upper(),
        path=path,
        summary=one["summary"],
        about=one.get("description", ""),
        scope=one.get("x-scope", ""),
        parameters=tuple(_parameter(row) for row in one.get("parameters", ())),
        body=_content(one["requestBody"]) if "requestBody" in one else "",
        answers=tuple(good),
        errors=tuple(status for status, response in responses.items() if "$ref" in response),
    )


def _parameter(row: Mapping[str, Any]) -> Item:
    return Item(row["name"], kind_of(row["schema"]), row.get("description", ""), row["in"], row.get("required", False))


def _shape(name: str, schema: Mapping[str, Any]) -> Shape:
    required = schema.get("required", ())
    rows = schema["properties"].items()
    return Shape(
        name, tuple(Item(key, kind_of(one), one.get("description", ""), "", key in required) for key, one in rows)
    )


def _content(holder: Mapping[str, Any]) -> str:
    for media in holder.get("content", {}).values():
        return kind_of(media["schema"])
    return ""


def kind_of(schema: Mapping[str, Any]) -> str:
    """Return what a value is, in a few words: a type, the name of a shape, or the words that can stand there."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REF)
    if "enum" in schema:
        return " | ".join(str(word) for word in schema["enum"])
    if options := schema.get("anyOf") or schema.get("allOf"):
        return " | ".join(kind_of(one) for one in options)
    if schema.get("type") == "array":
        return f"[{kind_of(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type") or "object")
