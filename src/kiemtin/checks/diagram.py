"""The workflow as diagrams and tables in Markdown, made from the one table.

    python -m kiemtin.checks.diagram [FILE]

prints them, or writes them into a page between its two marks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from kiemtin.accounts.enums import Role
from kiemtin.checks.enums import PublicState, Stage
from kiemtin.checks.workflow import BECOMES, CASE_WITH, MERGED, OPEN, RULES, Action, Subject

BEGIN = "<!-- begin: made by `python -m kiemtin.checks.diagram`, not by hand -->"
END = "<!-- end -->"
_SUBJECTS = {
    Subject.CASE: "A case",
    Subject.CHECK: "A fact-check",
    Subject.ALERT: "A scam alert",
    Subject.DESK: "The desk",
}

Step = tuple[str, str, str]
"""From, to, and what is done."""


def markdown() -> str:
    """Return all diagrams and tables."""
    parts = [
        "## States of a case\n",
        _diagram(OPEN, _case_steps(), ends=(MERGED,)),
        "## Stages of a working copy\n",
        _diagram(Stage.DRAFT, _steps(Subject.CHECK), ends=()),
        "## Stages of a scam alert\n",
        _diagram(Stage.DRAFT, _steps(Subject.ALERT), ends=()),
        "## What is public of a fact-check or an alert\n",
        _diagram(PublicState.UNPUBLISHED, _public_steps(), ends=(PublicState.WITHDRAWN,)),
        "## Who may do what, and in which state\n",
        *(f"### {title}\n\n{_table(subject)}" for subject, title in _SUBJECTS.items()),
    ]
    return "\n".join(parts)


def written_into(page: str) -> str:
    """Return a page with the diagrams between its marks.

    Raises
    ------
    ValueError
        The page has no marks.
    """
    head, _, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not end:
        raise ValueError("the page has no marks to write between")
    return f"{head}{BEGIN}\n\n{markdown()}\n{END}{tail}"


def _case_steps() -> Iterator[Step]:
    for action, rule in RULES.items():
        if rule.subject is Subject.CASE and rule.to:
            yield from ((state, rule.to, _label(action)) for state in rule.states if state != rule.to)
        elif rule.subject is Subject.CHECK and rule.to and PublicState.UNPUBLISHED in (rule.public or PublicState):
            steps = {(CASE_WITH[stage], CASE_WITH[rule.to]) for stage in rule.states}
            yield from ((before, after, _label(action)) for before, after in steps if before != after)


def _steps(subject: Subject) -> Iterator[Step]:
    known = [stage for stage in Stage if subject is Subject.CHECK or stage is not Stage.APPROVED]
    for action, rule in RULES.items():
        if rule.subject is subject and rule.to:
            yield from ((stage, rule.to, _label(action)) for stage in rule.states or known)


def _public_steps() -> Iterator[Step]:
    own = {action: steps for action, steps in BECOMES.items() if RULES[action].subject is Subject.CHECK}
    for action, steps in own.items():  # those of an alert are the same
        yield from ((before, after, _label(action)) for before, after in steps.items())


def _label(action: Action) -> str:
    return str(RULES[action].label)


def _diagram(first: str, steps: Iterable[Step], *, ends: Iterable[str]) -> str:
    """Return a Mermaid state diagram: one arrow for each pair of states, with all that leads along it."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for before, after, label in sorted(steps):
        arrows.setdefault((before, after), []).append(label)
    names = sorted({name for pair in arrows for name in pair})
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{name}" as {_id(name)}' for name in names if _id(name) != name]
    lines += [f"    [*] --> {_id(first)}"]
    lines += [f"    {_id(a)} --> {_id(b)}: {' / '.join(labels)}" for (a, b), labels in arrows.items()]
    lines += [f"    {_id(name)} --> [*]" for name in ends if name in names]
    return "\n".join([*lines, "```", ""])


def _id(name: str) -> str:
    return str(name).replace("-", "_")


def _table(subject: Subject) -> str:
    roles = list(Role)
    head = ["action", *(role.value for role in roles), "in state", "public", "leads to", "event"]
    rows = [_row(action, roles) for action, rule in RULES.items() if rule.subject is subject]
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _row(action: Action, roles: Iterable[Role]) -> list[str]:
    rule = RULES[action]
    may = ["yes" if role in rule.roles else "–" for role in roles]
    code = f"`{rule.verb}`" if rule.verb else "–"
    return [f"`{action.value}`", *may, _words(rule.states), _words(rule.public), _words({rule.to} - {""}), code]


def _words(names: Iterable[str]) -> str:
    return ", ".join(sorted(str(name) for name in names)) or "–"


def main(arguments: list[str]) -> None:
    """Print the diagrams, or write them into the page that is named."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    if not arguments:
        sys.stdout.write(markdown())
        return
    page = Path(arguments[0])
    page.write_text(written_into(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
