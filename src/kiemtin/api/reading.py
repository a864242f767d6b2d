"""How bodies are read and answers written: strict JSON in UTF-8, and nothing else."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from kiemtin.api.faults import ApiError

_UTF8 = ("utf-8", "utf8", "us-ascii")


class StrictParser(Parser):
    """Takes JSON only (RFC 8259): no NaN, no other type, nothing nested without end."""

    def parse_body(self, request: HttpRequest) -> Any:  # noqa: ANN401  (whatever was sent)
        """Return the body.

        Raises
        ------
        ApiError
            It is no JSON.
        """
        charset = (request.content_params or {}).get("charset", "utf-8").lower()
        if request.content_type != "application/json" or charset not in _UTF8:
            raise ApiError("not-json")
        try:
            return json.loads(request.body.decode("utf-8"), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ApiError("bad-json") from error


class PlainRenderer(JSONRenderer):
    """Writes letters as they are: Vietnamese is read by people too."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012  (the framework's own attribute)


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")
