"""Guessing in several processes at once, as with several web processes: they count together."""

import os
import subprocess
import sys

import pytest

from tests import databases
from tests.patience import PATIENCE

PREPARE = """
import django; django.setup()
from django.core.management import call_command
from kiemtin.accounts.models import User
call_command("migrate", verbosity=0)
User.objects.create_user(email="lan@example.org", name="Lan", password="mot-cau-dai-de-nho")
"""

GUESS = """
import sys
import django; django.setup()
from django.conf import settings
from django.test import Client
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
number = int(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
compared = 0
for turn in range(6):
    given = {"login": "lan@example.org", "password": f"doan-{number}-{turn}"}
    page = Client().post("/en/account/login/", given, REMOTE_ADDR=f"192.0.2.{number}", HTTP_HOST="localhost")
    compared += "is not right" in page.content.decode()
print(compared, flush=True)
"""


@pytest.fixture
def environment(tmp_path):
    databases.made(tmp_path)
    return os.environ | {
        "KIEMTIN_DATA": str(tmp_path),
        "KIEMTIN_ENCODER": "none",
        "DJANGO_SETTINGS_MODULE": "kiemtin.config.settings",
        **databases.variables(tmp_path),
    }


def test_four_processes_together_compare_five_passwords(environment):
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": environment}
    guessing = [subprocess.Popen([sys.executable, "-c", GUESS, str(number)], **pipes) for number in range(1, 5)]
    try:
        assert [one.stdout.readline().strip() for one in guessing] == ["ready"] * 4
        for one in guessing:
            one.stdin.write("\n")
            one.stdin.flush()
        compared = [int(one.stdout.readline()) for one in guessing]
    finally:
        for one in guessing:
            one.communicate(timeout=PATIENCE)
    assert 1 <= sum(compared) <= 5
