from importlib.metadata import version
from importlib.util import find_spec

import pytest
from click.testing import CliRunner

from kiemtin.config.cli import COMMANDS, build


def run(*arguments):
    return CliRunner().invoke(build(), arguments)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_of_the_table_can_be_called(name):
    module = COMMANDS[name][0].split(":")[0]
    assert find_spec(f"kiemtin.config.commands.{module}")
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: kiemtin {name}")


def test_the_list_names_each_command_without_loading_one(monkeypatch):
    from kiemtin.config import cli

    monkeypatch.setattr(cli, "import_module", None)
    result = run("--help")
    assert result.exit_code == 0
    assert all(f"  {name} " in result.output for name in COMMANDS)


def test_an_unknown_command_or_option_is_a_usage_error():
    assert run("frob").exit_code == 2
    assert run("ask", "--frob").exit_code == 2
    assert run("--lang", "fr", "ask").exit_code == 2


def test_the_version():
    assert run("--version").output.strip() == f"Kiểm Tin, version {version('kiemtin')}"
