"""Figures of a bad day as Markdown."""

from __future__ import annotations

from typing import Any

import numpy as np

_HEAD = ["what", "a second", "p50, ms", "p95, ms", "p99, ms", "max, ms", "turned away", "errors"]
_PARTS = 6


def markdown(result: dict[str, Any]) -> str:
    """Return the tables of one run."""
    setup, steady, client = result["setup"], result["steady"], result["client"]
    lines = [
        f"**{_database(result)}.** {setup['cpu']}, {setup['cores']} cores, {setup['memory_gb']} GB, "
        f"Python {setup['python']}; commit {setup['commit']}; {setup['date']}; "
        f"load of the machine before: {setup['load_before'][0]:.1f}",
        "",
        f"`{setup['command']}`",
        "",
        f"{steady['seconds']:.0f} seconds, {result['rate']:.1f} questions and as many front pages a second:",
        "",
        *_table(_HEAD, [[kind, *_row(found)] for kind, found in steady["kinds"].items()]),
        "",
        _mails(result["mails"]),
        f"The client took {client['cpu']:.2f} of a core and was late by {client['lag_p99_ms']:.0f} ms (p99).",
        "",
        *_memory(result["memory"]),
        "",
        *(_break(result) if "break" in result else []),
        _peers(result),
    ]
    return "\n".join(lines)


def memory_markdown(result: dict[str, Any]) -> str:
    """Return what the processes of a long run held: the middle of each sixth of the time, and the growth."""
    setup, steady = result["setup"], result["steady"]
    rows = [
        [
            row["process"],
            " ".join(f"{np.median(part):,.0f}" for part in np.array_split(row["own_series_mb"], _PARTS)),
            f"{row['own_mb_a_minute']:+.2f}",
            "yes" if row["is_flat"] else "**no**",
        ]
        for row in result["memory"]
        if row["process"]
    ]
    lines = [
        f"**{_database(result)}**, {steady['seconds'] / 60:.0f} minutes, {result['rate']:.1f} questions a second; "
        f"commit {setup['commit']}; {setup['date']}",
        "",
        f"`{setup['command']}`",
        "",
        *_table(["process", "own, MB, middle of each sixth of the time", "own, MB a minute", "flat"], rows),
    ]
    return "\n".join(lines)


def _database(result: dict[str, Any]) -> str:
    return "SQLite" if result["database"] == "sqlite" else "PostgreSQL"


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]


def _row(found: dict[str, Any]) -> list[str]:
    figures = [_figure(found, name) for name in ("p50_ms", "p95_ms", "p99_ms", "max_ms")]
    return [f"{found['per_second']:.1f}", *figures, f"{found['shed']:,}", f"{found['errors']:,}"]


def _figure(found: dict[str, Any], name: str) -> str:
    return f"{found[name]:,.0f}" if name in found else "–"


def _mails(mails: dict[str, Any]) -> str:
    longest = f"the last {mails['longest_s']:.1f} s after the publication" if mails["longest_s"] is not None else "none"
    return (
        f"Mails: {mails['left']:,} left an address, {mails['waited']:,} of them before their rumour was answered; "
        f"{mails['told']:,} were told ({longest}), {mails['told_twice']:,} twice."
    )


def _memory(rows: list[dict[str, Any]]) -> list[str]:
    told = [
        [
            row["process"],
            f"{row['rss_first_mb']:,}",
            f"{row['rss_last_mb']:,}",
            f"{row['rss_max_mb']:,}",
            f"{row['own_mb_a_minute']:+.1f}" if "own_mb_a_minute" in row else "–",
            {True: "yes", False: "**no**"}.get(row.get("is_flat"), "–"),
        ]
        for row in rows
        if row["process"]
    ]
    return _table(["process", "MB at first", "at the end", "most", "own, MB a minute after warming up", "flat"], told)


def _break(result: dict[str, Any]) -> list[str]:
    found = result["break"]
    rows = [_step(step) for step in found["steps"]]
    head = ["questions a second", "answered", "turned away", "known text, p50 (p95)", "turned away within, p50 (p95)"]
    head += ["queue, p50 (p95)", "other desk pages (p95)", "desk turned away", "errors"]
    after = f"after {found['recovered_s']:.1f} s" if found["recovered_s"] is not None else "**not within a minute**"
    return [
        *_table(head, rows),
        "",
        f"Most that was answered: {found['best_per_second']:.1f} questions a second. "
        f"Back at {result['rate']:.1f} a second it was as before {after}.",
        "",
    ]


def _step(step: dict[str, Any]) -> list[str]:
    kinds = step["kinds"]
    desk = {name: one for name, one in kinds.items() if name.startswith("desk: ")}
    known, queue = kinds.get("known text", {}), desk.get("desk: queue", {})
    others = [one["p95_ms"] for name, one in desk.items() if name != "desk: queue" and "p95_ms" in one]
    return [
        f"{step['rate']:.1f}",
        f"{step['questions_answered_per_second']:.1f}",
        f"{100 * step['shed_share']:.0f} %",
        f"{_figure(known, 'p50_ms')} ({_figure(known, 'p95_ms')}) ms",
        f"{_figure(known, 'shed_p50_ms')} ({_figure(known, 'shed_p95_ms')}) ms",
        f"{_figure(queue, 'p50_ms')} ({_figure(queue, 'p95_ms')}) ms",
        f"{max(others):,.0f} ms" if others else "–",
        str(sum(one["shed"] for one in desk.values())),
        str(sum(one["errors"] for one in kinds.values())),
    ]


def _peers(result: dict[str, Any]) -> str:
    bare, middleware = (result["peers"][name]["per_second"] for name in ("bare", "middleware"))
    asked = sum(found["good_per_second"] for kind, found in result["steady"]["kinds"].items() if ", whole" not in kind)
    return (
        f"Peers, 8 connections: one word from the same server, bare {bare:,.0f} a second, behind the product's "
        f"middleware and admission {middleware:,.0f} ({middleware / max(bare, 1e-9):.3f} of it). "
        f"The bad day is {asked:.0f} requests a second, {asked / max(middleware, 1e-9):.3f} of the latter."
    )
