"""Count the queries of each page: `python -m benchmarks.desk.queries FOLDER`, without HTTP, by Django's test client."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.desk.probes import desk_paths
from benchmarks.desk.questions import questions
from benchmarks.desk.size import CARD, use


def count(card: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return queries, and milliseconds in the database, of each page when it was opened once before."""
    from django.test import Client  # noqa: PLC0415  (Django must be set up before)

    from kiemtin.accounts.models import User  # noqa: PLC0415

    checker, reader = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    checker.force_login(User.objects.get(email=card["email"]))
    found = {}
    for name, (path, _) in desk_paths(card).items():
        address = path.replace("WORDS", quote(card["searches"][0]))
        found[name] = _counted(lambda address=address: checker.get(address))
    for name, path in {"front page": "/", "check": card["checks"][-1], "list of checks": "/checks/"}.items():
        found[name] = _counted(lambda path=path: reader.get(path), cold=True)
        found[f"{name}, kept"] = _counted(lambda path=path: reader.get(path))
    return found | _asks(card, reader)


def _asks(card: dict[str, Any], reader: Any) -> dict[str, dict[str, float]]:  # noqa: ANN401  (a test client)
    supply = questions(card)
    last: list[str] = []

    def ask(text: str) -> Any:  # noqa: ANN401  (a response)
        response = reader.post("/ask/", {"text": text}, REMOTE_ADDR=next(supply.askers)["X-Forwarded-For"])
        last[:] = [response["Location"]]
        return response

    return {
        "ask, new text": _counted(lambda: ask(next(supply.generated))),
        "ask, known text": _counted(lambda: ask(next(supply.known))),
        "receipt": _counted(lambda: reader.get(last[0])),
    }


def _counted(run: Any, *, cold: bool = False) -> dict[str, float]:  # noqa: ANN401  (a request to make)
    from django.core.cache import caches  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    run()
    if cold:
        caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        response = run()
    if response.status_code not in (200, 302):
        return {"status": response.status_code}
    slowest = max(captured.captured_queries, key=lambda query: float(query["time"]), default={"time": 0, "sql": ""})
    return {
        "queries": len(captured),
        "database_ms": round(1000 * sum(float(query["time"]) for query in captured.captured_queries), 1),
        "slowest_ms": round(1000 * float(slowest["time"]), 1),
    }


def main() -> None:
    """Count and print as JSON."""
    data = Path(sys.argv[1]).absolute()
    use(data)
    print(json.dumps(count(json.loads((data / CARD).read_text(encoding="utf-8")))))


if __name__ == "__main__":
    main()
