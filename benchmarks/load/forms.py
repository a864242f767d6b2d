"""Reads the forms of a page, as a browser would send them back."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form: where it goes, and what stands in it."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)


def forms(page: str) -> list[Form]:
    """Return all forms of a page."""
    reader = _Reader()
    reader.feed(page)
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._form: Form | None = None
        self._area: list[str] | None = None
        self._area_name = ""
        self._choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action") or given.get("hx-post", ""))
            self.found.append(self._form)
        if self._form is None:
            return
        if tag == "textarea":
            self._area, self._area_name = [], given.get("name", "")
        elif tag == "select":
            self._choice = given.get("name", "")
        elif tag == "option" and "selected" in given:
            self._form.fields.append((self._choice, given.get("value", "")))
        elif tag == "input" and given.get("name"):
            is_choice = given.get("type") in ("checkbox", "radio")
            if given.get("type") not in ("submit", "file") and (not is_choice or "checked" in given):
                self._form.fields.append((given["name"], given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._area is not None:
            if self._form is not None:
                self._form.fields.append((self._area_name, "".join(self._area).removeprefix("\n")))
            self._area = None
