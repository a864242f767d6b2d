"""The reference of the API in Markdown, made from its description.

    python -m kiemtin.api.reference [FILE]

prints it, or writes it into a page between its two marks.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import django
from django.apps import apps

if not apps.ready:  # as a command; otherwise somebody has done it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiemtin.config.settings")
    django.setup()

from django.utils.translation import override

from kiemtin.api.described import Described, Item, Operation, Shape, both, codes, limits

BEGIN = "<!-- begin: made by `python -m kiemtin.api.reference`, not by hand -->"
END = "<!-- end -->"
_FOR = {
    "calls-address": "calls without a token, from one address",
    "calls-token": "calls with a token",
    "asking-address": "questions from one address, those of the web counted too",
    "asking-token": "questions with a token of scope `ask`",
    "looking-up": "unknown receipt codes tried from one address",
}


def markdown() -> str:
    """Return all operations, shapes, codes and limits, in English."""
    with override("en"):
        return "\n".join([_limits(), _codes(), *(_api(api) for api in both())])


def written_into(page: str) -> str:
    """Return a page with the reference between its marks.

    Raises
    ------
    ValueError
        The page has no marks.
    """
    head, _, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not end:
        raise ValueError("the page has no marks to write between")
    return f"{head}{BEGIN}\n\n{markdown()}\n{END}{tail}"


def _limits() -> str:
    rows = [
        (_FOR[use], f"`{one.name}`", f"{one.count:,}", f"{one.seconds:,}")
        for use, found in limits().items()
        for one in found
    ]
    return "## Limits\n\n" + _table(("of", "name", "at most", "in seconds"), rows)


def _codes() -> str:
    rows = [(f"`{code}`", str(status), f"`{google}`", str(title)) for code, status, google, title in codes()]
    head = ("code", "status", "status in Google's shape", "meaning")
    return "## Codes of errors\n\n" + _table(head, rows)


def _api(api: Described) -> str:
    parts = [f"## {api.title}\n\n{api.about}\n", *(_operation(one) for one in api.operations)]
    return "\n".join([*parts, f"### Shapes of {api.title}\n", *(_shape(one) for one in api.shapes)])


def _operation(one: Operation) -> str:
    parts = [f"### {one.method} {one.path}\n", f"{one.summary}. {one.about}".strip() + "\n"]
    if one.scope:
        parts.append(f"Needs a token of scope `{one.scope}`.\n")
    if one.parameters:
        parts.append(_items(one.parameters))
    if one.body:
        parts.append(f"Takes `{one.body}`.\n")
    answers = ", ".join(f"{status} `{kind}`" if kind else status for status, kind in one.answers)
    return "\n".join([*parts, f"Answers {answers}. Errors: {', '.join(one.errors)}.\n"])


def _shape(shape: Shape) -> str:
    return f"#### {shape.name}\n\n{_items(shape.items)}"


def _items(items: Iterable[Item]) -> str:
    rows = [(f"`{one.name}`", one.kind.replace("|", "\\|"), _about(one)) for one in items]
    return _table(("name", "what", ""), rows)


def _about(one: Item) -> str:
    place = f"in the {one.where}" if one.where else ""
    return "; ".join(part for part in (place, "required" if one.required and one.where else "", one.about) if part)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(head)
    return "".join(f"| {' | '.join(line)} |\n" for line in (heads, ["---"] * len(heads), *rows))


def main(arguments: list[str]) -> None:
    """Print the reference, or write it into the page that is named."""
    if not arguments:
        sys.stdout.write(markdown())
        return
    page = Path(arguments[0])
    page.write_text(written_into(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
