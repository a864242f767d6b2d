"""`kiemtin verify` against a real server, while somebody changes its database by hand."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress

import httpx
import pytest

from benchmarks.desk.server import free_port
from tests import databases
from tests.integration.conftest import KIEMTIN, Program
from tests.patience import wait_for
from tests.serving import started

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The samples, served; yields the program, the address and the database."""
    folder = tmp_path_factory.mktemp("site")
    program = Program(folder / "data")
    port = free_port()
    address = f"http://localhost:{port}"
    made = program("demo", "--no-encoder", KIEMTIN_ADDRESS=address)
    assert made.status == 0, made.err
    variables = os.environ | {"KIEMTIN_DATA": str(program.data), "KIEMTIN_ADDRESS": address}
    variables |= databases.variables(program.data)
    command = [KIEMTIN, "serve", "--port", str(port), "--no-encoder", "--no-worker"]
    with started(command, variables):
        wait_for(lambda: _answers(f"{address}/log/checkpoint"), "the server")
        yield program, address, program.data


def _answers(url):
    with suppress(httpx.TransportError):
        return httpx.get(url, timeout=10).status_code == 200
    return False


@pytest.fixture
def verify(site, tmp_path):
    """Check the site, remembering in a folder of the test's own."""
    program, address, _ = site

    def check(*options, lang="en"):
        return program("verify", *options, address, lang=lang, XDG_STATE_HOME=str(tmp_path))

    return check


@pytest.fixture
def database(site):
    """Give the database to somebody who changes it by hand; afterwards it is what it was."""
    with databases.opened(site[2]) as hand, databases.kept(site[2]):
        for table in hand.tables():
            hand.lift_guards(table)
        yield hand


def change(hand, statement):
    assert hand.execute(statement).rowcount == 1


def test_a_site_is_right_at_first_and_when_it_is_seen_again(verify, tmp_path):
    first = verify()
    assert first.status == 0, first.err
    assert "104 entries" in first.out
    assert "seen for the first time" in first.out
    assert "Everything is as it was signed" in first.out
    again = verify("--json").json()
    assert (again["ok"], again["size"], again["compared_with"], again["differences"]) == (True, 104, 104, [])
    assert verify(lang="vi").status == 0
    (kept,) = (tmp_path / "kiemtin" / "verify").iterdir()
    assert re.fullmatch(r"localhost_\d+\.json", kept.name)


# A leaf is bytes: SQLite takes a text for them.
OTHER_LEAF = "replace(leaf, 'kiemtin-log', 'kiemtin-lag')"
if databases.SERVER:
    OTHER_LEAF = "decode(replace(encode(leaf, 'escape'), 'kiemtin-log', 'kiemtin-lag'), 'escape')"


@pytest.mark.parametrize(
    ("statement", "code", "sentence"),
    [
        (
            "UPDATE checks_revision SET verdict = 'true' WHERE id = (SELECT min(id) FROM checks_revision)",
            "content-changed",
            "is not what was published (entry 8)",
        ),
        (
            f'UPDATE audit_logentry SET leaf = {OTHER_LEAF} WHERE "index" = 48',  # noqa: S608
            "root-wrong",
            "do not fit the signed head",
        ),
        (
            "UPDATE accounts_deskpage SET body = 'Khác.' WHERE kind = 'ownership' AND language = 'en'",
            "content-changed",
            "Page mau/ownership/en: version 1 is not what was published",
        ),
        ('DELETE FROM audit_logentry WHERE "index" = 103', "entries-missing", "are missing"),
        (
            "UPDATE checks_factcheck SET public_state = 'withdrawn' WHERE id = (SELECT max(id) FROM checks_factcheck)",
            "not-given",
            "the log does not say that it was withdrawn",
        ),
    ],
)
def test_a_change_in_the_database_is_seen(verify, database, statement, code, sentence):
    assert verify().status == 0
    change(database, statement)
    result = verify("--json")
    assert result.status == 1
    assert code in {one["code"] for one in result.json()["differences"]}
    told = verify()
    assert told.status == 1
    assert sentence in told.out
    # What is wrong is not remembered as right.
    assert verify().status == 1


REWRITE = """
import django; django.setup()
from kiemtin.questions.actions.begin_log import begin_log
print(begin_log())
"""


def rewrite(site, hand):
    """Write the whole log anew, as it would have been if something else had been published from the start."""
    program, address, _ = site
    for table in ("audit_publiclog", "audit_logentry", "audit_lognode", "audit_loghead"):
        hand.execute(f"DELETE FROM {table}")  # noqa: S608
    variables = os.environ | {
        "KIEMTIN_DATA": str(program.data),
        "KIEMTIN_ADDRESS": address,
        "DJANGO_SETTINGS_MODULE": "kiemtin.config.settings",
        **databases.variables(program.data),
    }
    done = subprocess.run([sys.executable, "-c", REWRITE], env=variables, capture_output=True, check=False)
    assert done.stdout.strip() == b"104", done.stderr


def test_a_rewritten_log_is_seen_by_who_kept_the_old_head(site, verify, database, tmp_path):
    (tmp_path / "head.txt").write_bytes(httpx.get(f"{site[1]}/log/checkpoint").content)
    assert verify().status == 0
    change(database, "UPDATE checks_revision SET body = 'Khác.' WHERE id = (SELECT min(id) FROM checks_revision)")
    rewrite(site, database)
    result = verify()
    assert result.status == 1
    assert "The log was rewritten: its first 104 entries" in result.out
    assert "Entry 8 is another one than before." in result.out
    assert verify("--head", tmp_path / "head.txt").status == 1
    # Who comes for the first time has nothing to compare it with.
    assert verify("--head", tmp_path / "new.json").status == 0


def test_another_key_is_seen(site, verify, database):
    assert verify().status == 0
    key = site[0].data / "log-key"
    kept = key.with_name("kept")
    shutil.move(key, kept)
    try:
        rewrite(site, database)
        result = verify("--json")
    finally:
        shutil.move(kept, key)
    assert result.status == 1
    assert "key-changed" in {one["code"] for one in result.json()["differences"]}


def test_a_head_that_somebody_noted_stays_as_it_is(site, verify, tmp_path):
    head = tmp_path / "head.txt"
    before = httpx.get(f"{site[1]}/log/checkpoint").content
    head.write_bytes(before)
    result = verify("--head", head)
    assert result.status == 0
    assert "Compared with a head of 104 entries." in result.out
    assert "Remembered" not in result.out
    assert head.read_bytes() == before


def test_a_file_of_something_else_and_a_site_without_a_log_end_the_command(site, verify, kiemtin, tmp_path):
    (tmp_path / "x").write_text("x")
    assert verify("--head", tmp_path / "x").status == 2
    nothing = kiemtin("verify", f"{site[1]}/en", XDG_STATE_HOME=str(tmp_path))
    assert nothing.status == 0  # an address in a language is an address of the site too
    for address, sentence in (
        (f"{site[1]}/no-such", "The site has no public log"),
        ("http://localhost:9", "cannot be reached"),
        ("ftp://x", "is no address of a site"),
    ):
        result = kiemtin("verify", address, XDG_STATE_HOME=str(tmp_path))
        assert result.status == 2
        assert sentence in result.err
        assert "Traceback" not in result.err


DECLINE = """
import sys
import django; django.setup()
from kiemtin.accounts.models import Desk, User
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.models import Case
by, desk = User.objects.get(memberships__role="editor"), Desk.objects.get()
cases = [Case.objects.create(desk=desk, title="x", language="vi") for _ in range(20)]
print("ready", flush=True)
sys.stdin.readline()
for case in cases:
    decline(case=case, by=by, reason="Chuyện riêng.")
"""


def test_two_that_publish_at_once_make_one_order(site, verify, database):
    assert verify().status == 0
    variables = os.environ | {
        "KIEMTIN_DATA": str(site[0].data),
        "KIEMTIN_ADDRESS": site[1],
        "DJANGO_SETTINGS_MODULE": "kiemtin.config.settings",
        **databases.variables(site[0].data),
    }
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": variables}
    command = [sys.executable, "-c", DECLINE]
    with subprocess.Popen(command, **pipes) as a, subprocess.Popen(command, **pipes) as b:
        for one in (a, b):
            assert one.stdout.readline() == "ready\n"
        for one in (a, b):
            one.stdin.write("\n")
            one.stdin.flush()
    assert (a.returncode, b.returncode) == (0, 0)
    indexes = [index for (index,) in database.execute('SELECT "index" FROM audit_logentry ORDER BY "index"')]
    assert indexes == list(range(144))
    sizes = {size for (size,) in database.execute("SELECT size FROM audit_loghead")}
    assert sizes == set(range(1, 145)), "each addition was signed"
    told = [
        json.loads(bytes(leaf)) for (leaf,) in database.execute('SELECT leaf FROM audit_logentry WHERE "index" > 103')
    ]
    assert len({one["case"] for one in told}) == 40
    result = verify("--json")
    assert (result.status, result.json()["compared_with"]) == (0, 104)
    assert len(base64.b64decode(result.json()["root"])) == 32
