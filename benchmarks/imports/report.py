"""The figures of the import as Markdown."""

from __future__ import annotations

from typing import Any

_HEAD = ("what", "reviews", "seconds", "reviews/s", "on the processor, s", "reviews/s of processor", "to the peer")


def markdown(result: dict[str, Any]) -> str:
    """Return set-up, rates beside the peer, memory and what came of the killed run."""
    setup = result["setup"]
    head = (
        f"{setup['cpu']}, {setup['cores']} cores, {setup['memory_gb']} GB, Python {setup['python']}; "
        f"commit {setup['commit']}; {setup['date']}; load of the machine before: {setup['load_before'][0]:.1f}"
    )
    size = f"The feed: one document of {result['feed_bytes'] / 1e6:,.0f} MB."
    command = f"`{setup['command'].strip()}`"
    return "\n\n".join([head, command, size, _rates(result), _memory(result), _killed(result["killed"])])


def _rates(result: dict[str, Any]) -> str:
    peer, off, on = result["peer"], result["no_encoder"], result["encoder"]
    rows = [
        _rate("plain ijson and sqlite3 (peer), no index", peer, "", peer),
        _rate("ours, into the database", off, "database_", peer),
        _rate("ours, into the index, encoder off", off, "index_", peer),
        _rate("ours, all of it, encoder off", off, "", peer),
        _rate("ours, into the index, encoder on", on, "index_", peer),
        _rate("ours, all of it, encoder on", on, "", peer),
    ]
    return "\n".join(["| " + " | ".join(_HEAD) + " |", "| --- " * len(_HEAD) + "|", *rows])


def _rate(what: str, found: dict[str, Any], part: str, peer: dict[str, Any]) -> str:
    reviews, seconds, processor = found["reviews"], found[f"{part}seconds"], found[f"{part}processor"]
    rate, theirs = reviews / processor, peer["reviews"] / peer["processor"]
    cells = [what, f"{reviews:,}", f"{seconds:,.1f}", f"{reviews / seconds:,.0f}", f"{processor:,.1f}", f"{rate:,.0f}"]
    return "| " + " | ".join([*cells, f"{rate / theirs:.3f}"]) + " |"


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
        f"An import of {killed['reviews']:,} reviews, {killed['undisturbed_seconds']:.0f} s into the database when "
        f"nobody disturbs it, was killed by `kill -9` after {killed['killed_after_seconds']:.0f} s with "
        f"{killed['stored_when_killed']:,} reviews stored. Started again, it had read to where it had been after "
        f"{killed['seconds_until_new_rows']:.0f} s and was done after {killed['seconds_of_second_run']:.0f} s: "
        f"{killed['stored']:,} reviews, {'the same as' if killed['equal'] else '**other than**'} in the run that "
        f"nobody disturbed."
    )
