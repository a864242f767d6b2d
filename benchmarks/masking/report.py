"""The figures of masking as Markdown."""

from __future__ import annotations

from typing import Any

_PARTS = {
    "dev-vi": "Vietnamese, dev",
    "test-vi": "Vietnamese, test",
    "dev-en": "English, dev",
    "test-en": "English, test",
}
_NAMES = {"kiemtin": "ours", "vipii": "vipii"}


def markdown(result: dict[str, Any]) -> str:
    """Return recall and precision of numbers by part, of each kind on the test part, what was kept, and times."""
    versions = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
    head = f"Commit {result['commit']}; {result['date']}; {versions}."
    return "\n\n".join(
        [head, _numbers(result["parts"]), _kinds(result["parts"]), _kept(result["parts"]), _times(result["times"])]
    )


def _numbers(parts: dict[str, Any]) -> str:
    rows = [
        "| part | messages | masker | numbers: recall | precision | all kinds: recall | precision |",
        "| --- " * 7 + "|",
    ]
    for part, title in _PARTS.items():
        for name, figures in parts[part]["maskers"].items():
            cells = [title, str(parts[part]["messages"]), _NAMES[name]]
            for group in ("numbers", "all"):
                one = figures[group]
                cells += [_share(one["found"], one["gold"]), _share(one["right"], one["predicted"])]
            rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _kinds(parts: dict[str, Any]) -> str:
    """Both languages of the test part together: there are few of each kind."""
    names = [name for name in _NAMES if name in parts["test-vi"]["maskers"]]
    head = ["kind, test", *(f"{_NAMES[name]}: {what}" for name in names for what in ("recall", "precision"))]
    rows = ["| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
    for kind in parts["test-vi"]["maskers"]["kiemtin"]["kinds"]:
        cells = [f"`{kind}`"]
        for name in names:
            both = [parts[part]["maskers"][name]["kinds"][kind] for part in ("test-vi", "test-en")]
            total = {key: sum(one[key] for one in both) for key in ("found", "gold", "right", "predicted")}
            cells += [_share(total["found"], total["gold"]), _share(total["right"], total["predicted"])]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _kept(parts: dict[str, Any]) -> str:
    sentences = []
    for name in (name for name in _NAMES if name in parts["test-vi"]["maskers"]):
        kept = [one for part in parts.values() for one in part["maskers"][name]["kept"].values()]
        touched, messages = sum(one["touched"] for one in kept), sum(one["messages"] for one in kept)
        sentences.append(f"{_NAMES[name]} touched {touched} of {messages}")
    return f"Messages in which there is nothing to mask, all parts: {'; '.join(sentences)}."


def _times(times: dict[str, Any]) -> str:
    each = ", ".join(
        f"{_NAMES[name]} {ms:.2f} ms ({times['ratio'][name]:.1f})" for name, ms in times["ms_a_message"].items()
    )
    return f"A message on the processor, median of {times['rounds']} rounds over {times['messages']} messages: {each}."


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "–"
