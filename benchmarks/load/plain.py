"""The second peer: one word through Django with the product's settings, middleware and server, and no view of it."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.urls import path

from kiemtin.config import server


def hello(request: HttpRequest) -> HttpResponse:
    """Say it."""
    return HttpResponse("hello")


urlpatterns = [path("", hello)]


def main() -> None:
    """Serve on a port with so many workers, with `benchmarks.load.plain_settings`, until interrupted."""
    sys.argv[1:] = ["127.0.0.1", sys.argv[1], sys.argv[2]]
    server.main()


if __name__ == "__main__":
    main()
