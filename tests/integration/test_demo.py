import re

import pytest

from tests import databases


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The data folder of a demonstration, and what was printed the first and the second time."""
    from tests.integration.conftest import Program

    program = Program(tmp_path_factory.mktemp("demo") / "data")
    databases.empty(program.data)
    return program, program("demo", "--no-encoder"), program("demo", "--no-encoder")


def ask(program, question):
    with databases.opened(program.data) as database:
        return database.execute(question).fetchall()


def test_the_sample_library_is_published_in_two_languages(shown):
    program, first, _ = shown
    assert first.status == 0, first.err
    assert "Sample library: 96 fact-checks (96 new)." in first.out
    counts = "SELECT language, count(*) FROM checks_factcheck WHERE public_state = 'published' GROUP BY language"
    assert ask(program, counts) == [("en", 48), ("vi", 48)]
    assert program("ask", "--no-encoder", "Bấm ngược mã PIN ở cây ATM là báo công an").out.count("False") == 1


def test_people_are_made_and_their_passwords_printed_once(shown):
    program, first, again = shown
    people = re.findall(r"^  (\w+)\s+(\w+@kiemtin\.example)\s+(\S{10,})", first.out, re.MULTILINE)
    assert [role for role, _, _ in people] == ["Reader", "Checker", "Editor", "Administrator"]
    assert "@kiemtin.example" not in again.out
    stored = str(ask(program, "SELECT * FROM accounts_user"))
    assert not any(password in stored for _, _, password in people)


def test_editors_have_a_second_factor_and_a_few_codes(shown):
    _, first, _ = shown
    lines = dict(re.findall(r"^  (\w+)(.*)$", first.out, re.MULTILINE))
    codes = {role: len(re.findall(r"\b\d{8}\b", line)) for role, line in lines.items()}
    assert codes == {"Reader": 0, "Checker": 0, "Editor": 5, "Administrator": 5}


def test_the_queue_has_questions_in_it(shown):
    program, _, _ = shown
    ((cases, asked),) = ask(program, "SELECT count(*), sum(asked) FROM questions_case")
    assert cases >= 8
    assert asked >= 40


def test_again_it_changes_nothing(shown):
    program, _, again = shown
    assert again.status == 0, again.err
    assert "Sample library: 96 fact-checks (0 new)." in again.out
    assert ask(program, "SELECT count(*) FROM checks_revision") == [(96,)]


def test_in_vietnamese(shown):
    program, _, _ = shown
    assert "Thư viện mẫu: 96 bài kiểm chứng (0 bài mới)." in program("demo", "--no-encoder", lang="vi").out
