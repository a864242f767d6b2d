"""The figures of pictures as Markdown."""

from __future__ import annotations

from typing import Any

Rows = list[tuple[str, ...]]


def markdown(result: dict[str, Any]) -> str:
    """Return set-up, how well pictures are read, what is found with it, and how copies of photographs are known."""
    setup = result["setup"]
    head = (
        f"{setup['cpu']}, {setup['cores']} cores, {setup['memory_gb']} GB, Python {setup['python']}, "
        f"{setup['tesseract']}; "
        f"commit {setup['commit']}; {setup['date']}; load of the machine before: {setup['load_before'][0]:.1f}"
    )
    parts = [head, f"`{setup['command'].strip()}`", _reading(result["reading"]), _minute(result.get("minute"))]
    parts += [_matching(result["matching"])] if "matching" in result else []
    parts += [_photos(result["photos"])] if "photos" in result else []
    return "\n\n".join(part for part in parts if part)


def _reading(reading: dict[str, Any]) -> str:
    ours, peer = reading["ours"]["errors"], reading["tesseract"]["errors"]
    rows: Rows = [
        ("pictures", "number", "CER", "CER, ends free", "tesseract alone: CER", "CER, ends free", "CER to the peer")
    ]
    for group, found in ours.items():
        other = peer[group]
        ratio = found["cer"] / other["cer"] if other["cer"] else float("nan")
        cells = [f"{value:.2%}" for one in (found, other) for value in (one["cer"], one["cer_ends_free"])]
        rows.append((group, str(found["pictures"]), *cells, f"{ratio:.2f}"))
    seconds, other = reading["ours"]["seconds"], reading["tesseract"]["seconds"]
    lines = [
        f"Seconds a picture, opened and read: median {seconds['median']}, mean {seconds['mean']}, "
        f"longest {seconds['longest']}; "
        f"tesseract alone: {other['median']}, {other['mean']}, {other['longest']}.",
        f"Taken for a picture with text: {reading['ours']['with_text']} of {reading['pictures']}.",
    ]
    return _table(rows) + "\n\n" + " ".join(lines)


def _minute(minute: dict[str, Any] | None) -> str:
    if minute is None:
        return ""
    before, after = minute["load_before"][0], minute["load_after"][0]
    return (
        f"At two processes: {minute['pictures_a_minute']} pictures a minute (commit {minute['commit'][:12]}; load of "
        f"the machine before {before:.1f}, after {after:.1f})."
    )


def _matching(matching: dict[str, Any]) -> str:
    rows: Rows = [
        (
            "MAP@5",
            "messages",
            "typed",
            "all bubbles typed",
            "from the picture",
            "to typed",
            "tesseract alone",
            "to typed",
        )
    ]
    for kind, found in matching.items():
        typed, shown, ours, peer = (found[way]["map@5"] for way in ("typed", "bubbles", "ours", "tesseract"))
        share = [f"{value / typed:.3f}" if typed else "–" for value in (ours, peer)]
        count = str(found["typed"]["queries"])
        rows.append((kind, count, f"{typed:.4f}", f"{shown:.4f}", f"{ours:.4f}", share[0], f"{peer:.4f}", share[1]))
    return _table(rows)


def _photos(photos: dict[str, Any]) -> str:
    rows: Rows = [("copy", "found again")]
    rows += [(name, f"{share:.0%}") for name, share in photos["recall"].items()]
    return (
        _table(rows)
        + f"\n\nOf {photos['originals']} originals each. Originals and copies beside {photos['unrelated']:,} unrelated "
        f"pictures: {photos['false_matches']} false matches in {photos['comparisons']:,} comparisons; a search through "
        f"all of them takes {photos['ms_a_search']} ms. Scenes taken for a picture with text: "
        f"{photos['scenes_taken_for_text']} of {photos['scenes_read']}."
    )


def _table(rows: Rows) -> str:
    head, *body = rows
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ("---",) * len(head), *body))
