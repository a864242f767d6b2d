"""The threat model names tests that are there, and doctor's codes are documented."""

import re
from pathlib import Path

import kiemtin

ROOT = Path(__file__).parents[2]


def test_each_test_that_the_threat_model_names_is_there():
    page = (ROOT / "docs" / "explanation" / "threats.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:unit|integration|functional)/[\w/.]+)`", page))
    assert len(named) > 25
    assert {name for name in named if not (ROOT / "tests" / name).exists()} == set()


def test_each_threat_says_what_does_not_hold():
    page = (ROOT / "docs" / "explanation" / "threats.md").read_text(encoding="utf-8")
    tables = re.findall(r"^\|(?:[^|\n]*\|){3,}$", page, re.MULTILINE)
    assert all(row.count("|") == 5 for row in tables if "---" not in row)


def test_each_code_of_the_doctor_is_documented_and_no_other():
    sources = (Path(kiemtin.__file__).parent / "config" / "doctor").glob("*.py")
    codes = {code for file in sources for code in re.findall(r'Finding\(\s*"([a-z-]+)"', file.read_text("utf-8"))}
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    section = page[page.index("## kiemtin doctor") : page.index("## kiemtin demo")]
    table = section[section.index("| code | looks at |") :]
    told = {
        code for row in re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE) for code in re.findall(r"`([a-z-]+)`", row)
    }
    assert codes == told
