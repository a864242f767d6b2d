import sys

import pytest

from tests import databases

pytestmark = pytest.mark.once


def test_a_wrong_call_is_explained_in_the_reader_s_language(kiemtin):
    result = kiemtin("frob", lang="vi")
    assert result.status == 2
    assert "Lỗi: Không có lệnh 'frob'." in result.err
    assert "Error: No such command 'frob'." in kiemtin("frob").err
    assert "Error: No such command 'frob'." in kiemtin("--lang", "en", "frob", lang="vi").err


@pytest.mark.parametrize("arguments", [["import"], ["match", "x.csv"], ["ask", "--frob"], ["--lang", "fr", "ask", "x"]])
def test_wrong_calls_end_with_two(kiemtin, arguments):
    result = kiemtin(*arguments)
    assert result.status == 2
    assert "Traceback" not in result.err


def test_help_makes_no_data_folder_and_loads_no_heavy_module(kiemtin):
    databases.empty(kiemtin.data)
    assert kiemtin("--help").status == 0
    assert not kiemtin.data.exists()
    loaded = kiemtin("--help", PYTHONVERBOSE="1").err
    for heavy in ("numpy", "tantivy", "pyarrow", "rich", "ijson"):
        assert f"import '{heavy}'" not in loaded, heavy
    assert "import 'click'" in loaded  # the look-out itself works
    assert sys.flags.verbose == 0


def test_models_and_migrations_agree(db):
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
