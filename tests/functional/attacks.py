"""What an attacker writes, and how to see in a browser that it became text and nothing else.

Each attack bears the label of the field that it stands in, so that a test knows which fields it has seen. `kt()` is
what a script of an attack would call, `<kt-x>` an element and `kt-a` an attribute that only an attack can have brought.
"""

import re
from dataclasses import dataclass, field

FORMS = (
    """"'><kt-x kt-a=1>{label}</kt-x><img kt-a src=//evil.example/a onerror=kt()><script kt-a>kt()</script>""",
    """</script></title></textarea></style>--><svg kt-a onload=kt()>{label}</svg>{{{{7*7}}}}<a href=javascript:kt()>""",
    """{label}" kt-a onmouseover="kt()" onfocus="kt()" autofocus x='""",
    """[{label}](javascript:kt()) ![x](//evil.example/b) <https://evil.example/c> [a](data:text/html,<kt-x>) <kt-x>""",
    """=HYPERLINK("https://evil.example/d";"{label}")\u202e<kt-x>&lt;kt-x&gt;&#60;kt-x&#62;\\u003ckt-x\\u003e""",
)
SHORT = '">{label}<kt-x>'
EMAIL = '"\'><kt-x>{label}"@e2e.example'
"""A whole mail address: its quoted part may hold nearly anything (RFC 5321, 4.1.2)."""

SCRIPT = """(() => {
    const policy = window.ktPolicy = [];
    addEventListener("securitypolicyviolation", one => policy.push(`${one.violatedDirective} ${one.blockedURI}`));
    const addresses = new Set("href src action formaction data poster srcdoc xlink:href".split(" "));
    const schemes = new Set("http: https: mailto: tel: sms: otpauth:".split(" "));
    const leads = (tag, value) => {
        if (tag === "IMG" && value.startsWith("data:image/svg+xml")) return true;  // our own: a code to scan
        try { return schemes.has(new URL(value, location).protocol); } catch { return true; }
    };
    window.ktFound = (root = document) => {
        const found = [...root.querySelectorAll("kt-x, [kt-a]")].map(one => one.outerHTML.slice(0, 200));
        for (const one of root.querySelectorAll("*"))
            for (const { name, value } of one.attributes)
                if (name.startsWith("on") || (addresses.has(name) && !leads(one.tagName, value)))
                    found.push(`${one.tagName} ${name}=${value}`);
        return found;
    };
})();"""
"""Put into each page before it runs."""

_LABEL = re.compile(r"kt(\d+)q")


def label(number):
    """The label of a field."""
    return f"kt{number}q"


def labels_in(text):
    """The labels that stand in a text."""
    return {match[0] for match in _LABEL.finditer(text)}


def address(name, number):
    """An attack in the place of an address that pages may link to, or must not."""
    if number % 3 == 1:
        return f"javascript:kt('{name}')//\"'><kt-x kt-a onclick=kt()>"
    return f"https://evil.example/{name}/{number}?\"'><kt-x kt-a onclick=kt()>=javascript:kt()#{{{{7*7}}}}"


@dataclass
class Watch:
    """What a page did that no page does."""

    own: str
    ran: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    said: list = field(default_factory=list)

    def follow(self, page):
        """Watch a page, and all that it leads to."""
        page.expose_binding("kt", lambda source, *_: self.ran.append(source["page"].url))
        page.add_init_script(SCRIPT)
        page.on("dialog", self._dialog)
        page.on("request", lambda request: self._request(request.url))
        page.on(
            "console", lambda message: self.said.append(message.text) if "Content Security" in message.text else None
        )
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def clear(self):
        for told in (self.ran, self.asked, self.said):
            told.clear()

    def findings(self, page):
        """Return what went wrong since the last time, in words."""
        found = [f"ran at {where}" for where in self.ran] + [f"asked {url}" for url in self.asked] + list(self.said)
        found += [f"policy: {one}" for one in page.evaluate("window.ktPolicy ?? []")]
        return found + [f"in the page: {one}" for one in page.evaluate("window.ktFound?.() ?? []")]

    def _dialog(self, dialog):
        if dialog.type != "beforeunload":
            self.ran.append(f"dialog {dialog.message}")
        dialog.accept()

    def _request(self, url):
        if not url.startswith((self.own, "data:", "about:", "blob:")):
            self.asked.append(url)
