"""Takes translatable strings out of Django templates for Babel (see babel.cfg), without GNU gettext installed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from babel.messages.extract import extract_javascript
from django.utils.translation.template import templatize


def extract(fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: dict[str, str]) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """Yield messages as Babel's extractors do: Django turns a template into calls, which are read like a script."""
    code = templatize(fileobj.read().decode("utf-8"), origin=getattr(fileobj, "name", None))
    yield from extract_javascript(io.BytesIO(code.encode()), keywords, comment_tags, {"encoding": "utf-8"})
