"""Django's own checks before a site goes public, as a desk behind its proxy runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases
from tests.patience import PATIENCE

ADMIN = Path(sys.executable).with_name("django-admin")
PUBLIC = {"KIEMTIN_ADDRESS": "https://kiem.example", "KIEMTIN_PROXIES": "1"}


def check(tmp_path, **environment):
    variables = os.environ | PUBLIC | environment
    variables |= {"KIEMTIN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kiemtin.config.settings"}
    databases.made(tmp_path)
    variables |= databases.variables(tmp_path)
    command = [str(ADMIN), "check", "--deploy", "--fail-level", "WARNING", "--database", "default"]
    return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_they_find_nothing(tmp_path):
    done = check(tmp_path)
    assert done.returncode == 0, done.stderr
    # For the whole domain, and for good: that is for its owner to say.
    assert "System check identified no issues (2 silenced)." in done.stdout + done.stderr


@pytest.mark.parametrize(("environment", "code"), [({"KIEMTIN_PROXIES": "0"}, "security.W008")])
def test_and_they_do_look(tmp_path, environment, code):
    done = check(tmp_path, **environment)
    assert done.returncode == 1
    assert code in done.stderr
