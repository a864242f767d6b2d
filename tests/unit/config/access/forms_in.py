"""The forms of a page, as a browser would read them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class FoundForm:
    """Where a form is sent, how, and the names of its fields; buttons may send it elsewhere."""

    method: str
    action: str
    names: set = field(default_factory=set)
    elsewhere: set = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.by_id, self.open, self.loose = [], {}, None, []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.open = FoundForm((given.get("method") or "get").lower(), given.get("action") or "")
            self.forms.append(self.open)
            if given.get("id"):
                self.by_id[given["id"]] = self.open
        elif tag in ("input", "select", "textarea", "button"):
            self.loose.append((given, given.get("form"), self.open))
        if given.get("hx-post"):
            self.forms.append(FoundForm("post", given["hx-post"]))

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None


def forms_in(page):
    """Return the forms of a page, those of htmx too."""
    reader = _Reader()
    reader.feed(page)
    for given, of, around in reader.loose:
        form = reader.by_id.get(of) if of else around
        if form is not None:
            if given.get("name"):
                form.names.add(given["name"])
            if given.get("formaction"):
                form.elsewhere.add(given["formaction"])
    return reader.forms
