"""The figures as Markdown: set-up, latencies beside their goals, throughput beside the peer, memory."""

from __future__ import annotations

from typing import Any

_COUNTED = {
    "queue": "queue",
    "queue, page 100": "queue, page 100",
    "queue, all cases, page 2": "queue, all cases, page 2",
    "queue, filtered": "queue, filtered",
    "queue, searched": "queue, searched",
    "case with the most messages": "case with the most messages",
    "editor": "editor",
    "front page, after a publication": "front page",
    "front page, kept": "front page, kept",
    "check, opened for the first time": "check",
    "check, kept": "check, kept",
    "list of checks": "list of checks, kept",
    "ask, new text, generated": "ask, new text",
    "ask, known text, case open": "ask, known text",
    "receipt": "receipt",
}
"""Which count of queries belongs to which page."""


def markdown(result: dict[str, Any]) -> str:
    """Return set-up and tables; figures of several runs stand side by side."""
    runs = result["runs"]
    parts = [_head(result), _latencies(runs), _loads(runs), _memory(runs), _rest(result, runs)]
    return "\n".join("\n".join([*part, ""]) for part in parts)


def _head(result: dict[str, Any]) -> list[str]:
    setup, rows = result["setup"], result["filled"]["rows"]
    names = ("Case", "Message", "Request", "Demand", "Match", "CaseChange")
    counts = [f"{rows[f'questions.{name}']:,} {name}" for name in names]
    counts += [f"{rows[f'checks.{name}']:,} {name}" for name in ("FactCheck", "Revision", "Wording")]
    loads = ", ".join(f"{run['with_worker']['load_before'][0]:.1f}" for run in result["runs"])
    return [
        f"{setup['cpu']}, {setup['cores']} cores, {setup['memory_gb']} GB, Python {setup['python']}; "
        f"commit {setup['commit']}; {setup['date']}; load of the machine before each run: {loads}",
        "",
        f"`{setup['command']}`",
        "",
        f"Rows: {', '.join(counts)}, {rows['audit.Event']:,} Event.",
    ]


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]


def _cells(found: list[dict[str, Any]], name: str) -> str:
    return " · ".join(f"{one[name]:,.0f}" if name in one else "–" for one in found)


def _latencies(runs: list[dict[str, Any]]) -> list[str]:
    rows = []
    for way, says in (("with_worker", ""), ("without_worker", ", no worker")):
        for name in runs[0][way]["latency"]:
            found = [run[way]["latency"].get(name, {}) for run in runs]
            counted = [run["queries"].get(_COUNTED.get(name, ""), {}) for run in runs] if not says else []
            rows.append([f"{name}{says}", *_row(found), _queries(counted)])
    return _table(["page", "goal, ms", "p50", "p95", "p99", "max", "processor", "reached", "queries"], rows)


def _row(found: list[dict[str, Any]]) -> list[str]:
    goal = found[0].get("goal_ms")
    figures = [_cells(found, name) for name in ("p50_ms", "p95_ms", "p99_ms", "max_ms", "cpu_ms")]
    return [f"{goal:.0f}" if goal else "–", *figures, _reached(found, goal)]


def _reached(found: list[dict[str, Any]], goal: float | None) -> str:
    """Say by which figure the goal is reached in every run."""
    if errors := [one["error"] for one in found if "error" in one]:
        return str(errors[0])
    if not goal:
        return "–"
    names = {"p99_ms": "yes, p99", "p95_ms": "yes, p95", "p50_ms": "median only"}
    return next((said for name, said in names.items() if all(one[name] < goal for one in found)), "**no**")


def _queries(counted: list[dict[str, Any]]) -> str:
    return str(counted[0]["queries"]) if counted and "queries" in counted[0] else "–"


def _loads(runs: list[dict[str, Any]]) -> list[str]:
    rows = []
    peers = [run["peer"]["load"] for run in runs]
    for at, many in enumerate(peers[0]):
        hello = [found[at] for found in peers]
        rows.append(["bare application (peer)", *_load(many, hello, hello)])
        for way, says in (("with_worker", ""), ("without_worker", ", no worker")):
            for name in runs[0][way]["load"]:
                found = [run[way]["load"][name][at] for run in runs]
                rows.append([f"{name}{says}", *_load(many, found, hello)])
    head = ["what", "connections", "requests/s", "to the peer", "asks/s", "p50, ms", "p95, ms", "errors"]
    return _table(head, rows)


def _load(many: dict[str, Any], found: list[dict[str, Any]], hello: list[dict[str, Any]]) -> list[str]:
    ratios = [one["per_second"] / max(bare["per_second"], 1e-9) for one, bare in zip(found, hello, strict=True)]
    return [
        str(many["connections"]),
        _cells(found, "per_second"),
        " · ".join(f"{ratio:.3f}" for ratio in ratios),
        _cells(found, "asks_per_second"),
        _cells(found, "p50_ms"),
        _cells(found, "p95_ms"),
        _cells(found, "errors"),
    ]


def _memory(runs: list[dict[str, Any]]) -> list[str]:
    before, after = (runs[-1]["with_worker"][name] for name in ("memory_before", "memory_after"))
    rows = [
        [str(one["process"]), str(one["rss_mb"]), str(other["rss_mb"]), str(other["own_mb"])]
        for one, other in zip(before, after, strict=False)
    ]
    return _table(["process", "MB at first", "MB after the load", "of it its own"], rows)


def _rest(result: dict[str, Any], runs: list[dict[str, Any]]) -> list[str]:
    index, settle = result["filled"]["index"], [run["settle"] for run in runs]
    return [
        f"Finding a case for a new message, worker alone: p50 {_cells(settle, 'p50_ms')} ms, "
        f"p95 {_cells(settle, 'p95_ms')} ms, {_cells(settle, 'per_minute')} a minute.",
        f"Index of messages, stand-in vectors: {index['messages']:,} in {index['messages_s']:,.0f} s.",
    ]
