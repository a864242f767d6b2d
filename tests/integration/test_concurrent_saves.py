"""Two people save at the same moment, each in a process of their own, as with two workers of the server."""

import os
import subprocess
import sys

import pytest

from tests import databases

PREPARE = """
import django; django.setup()
from django.core.management import call_command
from kiemtin.accounts.models import Desk, Membership, User
from kiemtin.checks.actions.start_fact_check import start_fact_check
call_command("migrate", verbosity=0)
desk = Desk.objects.create(slug="d", name="D")
for name in ("a", "b"):
    user = User.objects.create_user(email=f"{name}@example.org", name=name)
    Membership.objects.create(user=user, desk=desk, role="checker")
start_fact_check(desk=desk, by=user, claim="Tin")
"""

SAVE = """
import sys
import django; django.setup()
from kiemtin.accounts.models import User
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.exceptions import StaleVersionError
from kiemtin.checks.models import FactCheck
name = sys.argv[1]
by = User.objects.get(name=name)
for turn in range(20):
    check = FactCheck.objects.get()
    print(check.version, flush=True)
    sys.stdin.readline()
    try:
        save_draft(fact_check=check, by=by, version=check.version, content=DraftContent(claim=f"{name} {turn}"))
        print("saved", flush=True)
    except StaleVersionError as error:
        print("stale", error.params["version"] - check.version, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def environment(tmp_path):
    settings = {"KIEMTIN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kiemtin.config.settings"}
    databases.made(tmp_path)
    return os.environ | settings | databases.variables(tmp_path)


def test_of_two_saves_of_one_version_one_is_refused(environment):
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True)
    command = [sys.executable, "-c", SAVE]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": environment}
    with subprocess.Popen([*command, "a"], **pipes) as a, subprocess.Popen([*command, "b"], **pipes) as b:
        for turn in range(20):
            assert [int(one.stdout.readline()) for one in (a, b)] == [turn + 1, turn + 1]
            _go(a, b)
            assert sorted(one.stdout.readline().strip() for one in (a, b)) == ["saved", "stale 1"]
            _go(a, b)
    assert (a.returncode, b.returncode) == (0, 0)


def _go(*processes):
    for one in processes:
        one.stdin.write("\n")
        one.stdin.flush()
