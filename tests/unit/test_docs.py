"""The docs name each command, option, variable, reason and make target, nothing that is gone, and no dead link."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps

from kiemtin.config.cli import COMMANDS, build
from kiemtin.database.guard import guard_names
from kiemtin.exchange.messages.rows import COLUMNS, MessageFault
from kiemtin.exchange.rows import Fault
from kiemtin.retrieval import Band, Guard
from kiemtin.retrieval.features import SIGNALS

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
# What is made by tools or holds data of its own; a folder whose name begins with a dot is one too.
NOT_OURS = {"kiemtin-data", "node_modules", "dist", "build"}

FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]+`")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
TABLE_OPTION = re.compile(r"`(--?[a-z][a-z-]*)`")
PROJECT_VARIABLE = re.compile(r"\bKIEMTIN_[A-Z_]+\b")
# A setting with a name like theirs that no environment gives (KIEMTIN_MAIL decides), and what pytest alone gives.
NO_VARIABLE = {"KIEMTIN_SENDS_MAIL", "PYTEST_XDIST_WORKER"}
READ_VARIABLE = re.compile(r"""environ(?:ment)?(?:\.(?:get|setdefault|pop)\(|\[)\s*["']([A-Z_]+)["']""")


def read(path):
    return path.read_text(encoding="utf-8")


def is_ours(path):
    return not any(part.startswith(".") or part in NOT_OURS for part in path.relative_to(ROOT).parts)


def pages():
    return sorted(path for path in ROOT.rglob("*.md") if is_ours(path))


# Commands and options

# click keeps the help option of whoever asked a command first, so its names depend on what ran before.
HELP = {"-h", "--help"}


def section(name):
    """Return the part of the page on commands that stands under `## NAME`."""
    found = re.search(rf"^## {re.escape(name)}$(.*?)(?=^## |\Z)", read(REFERENCE / "commands.md"), re.M | re.S)
    assert found, f"docs/reference/commands.md has no section “{name}”"
    return found[1]


def documented_options(name):
    """Return the options in the first column of the section's tables."""
    rows = re.findall(r"^\|([^|]*)\|", section(name), re.MULTILINE)
    return {option for cell in rows for option in TABLE_OPTION.findall(cell)} - HELP


def options_of(command, parent=None):
    context = command.make_context(command.name, [], parent=parent, resilient_parsing=True)
    params = command.get_params(context)
    own = {option for param in params if param.param_type_name == "option" for option in param.opts} - HELP
    below = getattr(command, "commands", {}).values()
    return own.union(*(options_of(one, context) for one in below))


def test_each_option_of_the_program_is_documented_and_no_other():
    assert documented_options("kiemtin") == options_of(build())


@pytest.mark.parametrize("name", COMMANDS)
def test_each_option_of_a_command_is_documented_and_no_other(name):
    group = build()
    parent = group.make_context(group.name, [], resilient_parsing=True)
    assert documented_options(f"kiemtin {name}") == options_of(group.get_command(parent, name), parent)


def test_each_section_on_a_command_is_of_a_command():
    sections = re.findall(r"^## kiemtin (\S+)$", read(REFERENCE / "commands.md"), re.MULTILINE)
    assert sections == list(COMMANDS)


@pytest.mark.parametrize("word", [*Band, *Guard, *SIGNALS])
def test_each_word_that_a_command_prints_or_takes_is_documented(word):
    assert f"`{word}`" in read(REFERENCE / "commands.md")


# Variables of the environment


def variables():
    """Return the variables that code, scripts and the Makefile name as ours or read."""
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py"), *(ROOT / "scripts").iterdir()]
    texts = [read(file) for file in (*files, ROOT / "Makefile")]
    patterns = (PROJECT_VARIABLE, READ_VARIABLE)
    return {name for text in texts for pattern in patterns for name in pattern.findall(text)} - NO_VARIABLE


def test_each_variable_is_documented():
    found = variables()
    assert {"KIEMTIN_DATA", "KIEMTIN_CACHE", "OMP_NUM_THREADS"} <= found
    page = read(REFERENCE / "settings.md")
    assert {name for name in found if f"`{name}`" not in page} == set()


def test_no_variable_of_ours_is_documented_that_is_gone():
    documented = {name for page in pages() for name in PROJECT_VARIABLE.findall(read(page))}
    assert documented - variables() == set()


# Formats


@pytest.mark.parametrize("fault", [*Fault, *MessageFault])
def test_each_reason_to_leave_a_row_out_is_documented(fault):
    assert re.search(rf"^\| {re.escape(str(fault.label))} \|", read(REFERENCE / "formats.md"), re.MULTILINE)


def test_the_columns_that_match_writes_are_documented_in_their_order():
    page = read(REFERENCE / "formats.md")
    table = page[page.index("## What match writes") : page.index("## Run files")]
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == COLUMNS


# Make


def targets():
    return set(re.findall(r"^([a-z][a-z-]*):", read(ROOT / "Makefile"), re.MULTILINE))


def test_each_make_target_is_told_to_those_who_run_or_build_it():
    assert {"setup", "run", "test"} <= targets()
    told = read(ROOT / "README.md") + read(ROOT / "CONTRIBUTING.md")
    assert {name for name in targets() if f"`make {name}`" not in told} == set()


def test_no_make_target_is_told_that_is_gone():
    told = {name for page in pages() for name in re.findall(r"`make ([a-z-]+)[ `]", read(page))}
    assert told - targets() == set()


# Links


def anchors(path):
    """Return the anchors of a page's headings, as code hosts make them: lower case, no punctuation, hyphens."""
    headings = HEADING.findall(FENCE.sub("", read(path)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links(page):
    """Return the relative links of a page that lead to no file, or to no heading of one."""
    links = LINK.findall(CODE.sub("", FENCE.sub("", read(page))))
    return [link for link in links if not re.match(r"[a-z][a-z0-9+.-]*:", link) and not leads_somewhere(page, link)]


def leads_somewhere(page, link):
    name, _, anchor = link.partition("#")
    target = page.parent / name if name else page
    if not target.exists():
        return False
    return not anchor or target.suffix != ".md" or anchor in anchors(target)


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_no_relative_link_is_dead(page):
    assert dead_links(page) == []


def test_a_dead_link_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "# A `b`: c\n[1](gone.md) [2](page.md#a-b-c) [3](#gone) [4](https://example.org/x) ![5](gone.png)\n"
        "`[6](gone.md)`\n```\n[7](gone.md)\n```\n[`8`](gone/)\n",
        encoding="utf-8",
    )
    assert dead_links(page) == ["gone.md", "#gone", "gone.png", "gone/"]


# Words on buttons


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "how-to").glob("*.md")), ids=lambda page: page.stem)
def test_what_is_pressed_is_what_the_program_says(page):
    """What stands bold is a word on the screen, English or Vietnamese; what introduces a paragraph ends in a stop."""
    with (ROOT / "src" / "kiemtin" / "locale" / "vi" / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalog = read_po(file, locale="vi")
    words = {text for message in catalog for text in (message.id, message.string)}
    bold = {" ".join(word.split()) for word in BOLD.findall(FENCE.sub("", CODE.sub("", read(page))))}
    pressed = {word for word in bold if not word.endswith(".")}
    assert pressed - words == set()


# Rules in the database


def test_each_rule_that_is_promised_is_in_the_database():
    page = read(ROOT / "docs" / "explanation" / "trust.md")
    models = [
        model
        for label in ("accounts", "checks", "exchange", "questions")
        for model in apps.get_app_config(label).get_models()
    ]
    rules = {rule.name for model in models for rule in model._meta.constraints}
    rules |= guard_names("sqlite")
    promised = {word for word in re.findall(r"`([a-z_]+)`", page) if word.count("_") >= 2}
    assert len(promised) > 15
    assert promised - rules == set()


# Data sets


def kinds_of(folder, split):
    """Return kind → how many queries of a split have it, and the same of those that have an answer."""
    lines = read(folder / "queries.jsonl").splitlines()
    kind = {row["_id"]: row["metadata"]["kind"] for row in map(json.loads, lines)}
    with (folder / "qrels" / f"{split}.tsv").open(encoding="utf-8", newline="") as file:
        grades = {row["query-id"]: int(row["score"]) for row in csv.DictReader(file, delimiter="\t")}
    return Counter(map(kind.get, grades)), Counter(kind[query] for query, grade in grades.items() if grade)


@pytest.mark.parametrize("name", ["kiemtin-vi", "kiemtin-vi-en"])
def test_the_counts_by_kind_are_those_of_the_files(name):
    folder = ROOT / "datasets" / name
    rows = re.findall(r"^\| `(\w+)` \|.*?(yes|no) \| (\d+) \| (\d+) \|$", read(folder / "README.md"), re.MULTILINE)
    told = {kind: (answered, int(dev), int(test)) for kind, answered, dev, test in rows}
    (dev, dev_answered), (test, test_answered) = kinds_of(folder, "dev"), kinds_of(folder, "test")
    answered = dev_answered + test_answered
    assert told == {
        kind: ("yes" if answered[kind] else "no", dev[kind], test[kind]) for kind in dev.keys() | test.keys()
    }
    assert all(answered[kind] in (0, dev[kind] + test[kind]) for kind in told)
    totals = [sum(dev_answered.values()), sum((dev - dev_answered).values())]
    totals += [sum(test_answered.values()), sum((test - test_answered).values())]
    stated = re.findall(r"(\d+)(?: messages)? with an answer, (\d+) without", read(folder / "README.md"))
    assert [int(number) for pair in stated for number in pair] == totals


def test_the_counts_of_the_sample_library_are_those_of_its_files():
    folder = ROOT / "src" / "kiemtin" / "samples"
    checks = [json.loads(read(file)) for file in (folder / "checks").glob("*.json")]
    page = read(folder / "README.md")
    for column in ("topic", "verdict"):
        table = re.search(rf"^\| {column} \| checks \|\n((?:\|.*\n)+)", page, re.MULTILINE)[1]
        told = {word: int(count) for word, count in re.findall(r"`([\w-]+)` \| (\d+)", table)}
        assert told == Counter(check[column] for check in checks)
    assert f"\n{len(checks)} fact-checks" in page
    assert f" {sum(len(check['sources']) for check in checks)} in all" in page
