"""From Markdown to HTML that is safe to show, whoever wrote it.

Two fences: the parser knows no raw HTML, no pictures and only three kinds of address, and what it makes goes through
an allow-list once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_SCHEMES = frozenset({"http", "https", "mailto"})
# What a text needs, and nothing that loads, runs or styles.
_TEXT = frozenset({"p", "br", "hr", "em", "strong", "s", "a", "h2", "h3", "h4", "blockquote", "code", "pre"})
_TAGS = _TEXT | {"ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_HEADINGS = {"h1": "h2", "h2": "h3"}  # the page has the only h1; deeper ones are all h4


def to_html(markdown: str) -> SafeString:
    """Return Markdown as HTML: paragraphs, headings, emphasis, links, lists, quotations, code and tables.

    Headings start at h2. Links carry `rel="nofollow noopener"`; an address other than http, https or mailto stays text.
    A picture becomes a link to it: nothing is loaded from elsewhere.
    """
    html = _parser().render(markdown)
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="nofollow noopener")
    return SafeString(clean)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = _is_allowed  # type: ignore[method-assign]
    parser.core.ruler.push("headings", _shift_headings)
    parser.core.ruler.push("empty links", _drop_empty_links)
    parser.add_render_rule("image", _link_to_picture)
    return parser


def _is_allowed(url: str) -> bool:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme.lower() in _SCHEMES and bool(parts.netloc or parts.scheme == "mailto")


def _shift_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = _HEADINGS.get(token.tag, "h4")


def _drop_empty_links(state: StateCore) -> None:
    """Leave of `[words]()` the words: a link to nowhere leads to the page that it stands on."""
    for token in state.tokens:
        is_empty = False
        kept = []
        for one in token.children or ():
            if one.type == "link_open":
                is_empty = not one.attrs.get("href")
            if not (is_empty and one.type in ("link_open", "link_close")):
                kept.append(one)
        token.children = kept if token.children is not None else None


def _link_to_picture(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """Return a link with the picture's description: within a link, only the description."""
    token = tokens[at]
    address = str(token.attrs.get("src", ""))
    words = self.renderInlineAsText(token.children, options, env) or address
    depth = sum(one.nesting for one in tokens[:at] if one.type in ("link_open", "link_close"))
    return (
        nh3.clean_text(words)
        if depth or not address
        else f'<a href="{nh3.clean_text(address)}">{nh3.clean_text(words)}</a>'
    )
