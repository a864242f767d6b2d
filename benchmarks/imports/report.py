"""The figures of the import as Markdown."""

from __future__ import annotations

from typing import Any


def markdown(result: dict[str, Any]) -> str:
    """Return set-up, rates beside the peer, memory and what came of the killed run."""
    setup, killed = result["setup"], result["killed"]
    head = (
        f"{setup['cpu']}, {setup['cores']} cores, {setup['memory_gb']} GB, Python {setup['python']}; "
        f"commit {setup['commit']}; {setup['date']}; load of the machine before: {setup['load_before'][0]:.1f}"
    )
    size = f"The feed: one document of {result['feed_bytes'] / 1e6:,.0f} MB."
    return "\n\n".join([head, f"`{setup['command'].strip()}`", size, _rates(result), _memory(result), _killed(killed)])


def _rates(result: dict[str, Any]) -> str:
    peer, off, on = result["peer"], result["no_encoder"], result["encoder"]
    rows = [
        _rate("plain ijson and sqlite3 (peer), no index", peer["reviews"], peer["seconds"], peer),
        _rate("ours, into the database", off["reviews"], off["database_seconds"], peer),
        _rate("ours, into the index, encoder off", off["reviews"], off["index_seconds"], peer),
        _rate("ours, all of it, encoder off", off["reviews"], off["seconds"], peer),
        _rate("ours, into the index, encoder on", on["reviews"], on["index_seconds"], peer),
        _rate("ours, all of it, encoder on", on["reviews"], on["seconds"], peer),
    ]
    return "\n".join(
        ["| what | reviews | seconds | reviews/s | to the peer |", "| --- | --- | --- | --- | --- |", *rows]
    )


def _rate(what: str, reviews: int, seconds: float, peer: dict[str, Any]) -> str:
    rate, theirs = reviews / seconds, peer["reviews"] / peer["seconds"]
    return f"| {what} | {reviews:,} | {seconds:,.1f} | {rate:,.0f} | {rate / theirs:.3f} |"


def _memory(result: dict[str, Any]) -> str:
    off = result["no_encoder"]
    rows = [
        f"| {name} | {off[f'{part}_peak_mb']:,.0f} | {', '.join(f'{mb:,.0f}' for _, mb in off[f'{part}_memory'])} |"
        for name, part in (("into the database", "database"), ("into the index", "index"))
    ]
    return "\n".join(
        ["| encoder off | own memory, peak, MB | from beginning to end, MB |", "| --- | --- | --- |", *rows]
    )


def _killed(killed: dict[str, Any]) -> str:
    return (
        f"Killed by `kill -9` after {killed['killed_after_seconds']:.0f} s with {killed['stored_when_killed']:,} reviews "
        f"stored. Started again, it had read to where it had been after {killed['seconds_until_new_rows']:.0f} s and was "
        f"done after {killed['seconds_of_second_run']:.0f} s: {killed['stored']:,} reviews, "
        f"{'the same as' if killed['equal'] else '**other than**'} in the run that nobody disturbed."
    )
