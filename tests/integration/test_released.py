"""Data of each released version, brought to this one: nothing is lost, everything is shown, and work goes on."""

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from benchmarks.desk.server import free_port
from tests import databases, released
from tests.integration.conftest import KIEMTIN, Program
from tests.patience import PATIENCE, wait_for
from tests.released.rows import rows
from tests.serving import started

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

FOLDER = Path(released.__file__).parent
VERSIONS = sorted(path.parent.name for path in FOLDER.glob("*/form.json"))
# What opening a database may add to.
GROWING = {"django_migrations", "django_content_type", "auth_permission", "audit_event"}

EXAMINE = """
import json, sys
from kiemtin.config.cli import prepare
prepare([])
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from kiemtin.config.database import installation_here
from kiemtin.database.guard import guard_names
connection.check_constraints()
found = []
for model in apps.get_models():
    for row in model._base_manager.all():
        try:
            # What is empty may be so in the database, though not in a form.
            empty = {one.name for one in model._meta.fields if getattr(row, one.attname) in one.empty_values}
            row.clean_fields(exclude=empty)
            row.validate_constraints()
        except ValidationError as error:
            found.append(f"{model.__name__} {row.pk}: {error.message_dict}")
gone = guard_names(connection.vendor) - installation_here().database.state().guards
json.dump({"invalid": found, "triggers": sorted(gone)}, sys.stdout)
"""
WORK_ON = """
import sys
from dataclasses import replace
from kiemtin.config.cli import prepare
prepare([])
from django.core.management import call_command
from kiemtin.accounts.models import User
from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.actions.publish_alert import publish_alert
from kiemtin.checks.actions.save_alert import save_alert
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.actions.submit_alert import submit_alert
from kiemtin.checks.alerts import AlertContent
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.models import FactCheck, ScamAlert
draft, correcting, checker, editor = *map(int, sys.argv[1:3]), *(User.objects.get(email=one) for one in sys.argv[3:])
row = FactCheck.objects.get(pk=draft)
row = save_draft(fact_check=row, by=checker, version=row.version, content=replace(
    DraftContent.of(row), summary="Tóm tắt viết sau khi nâng cấp."))
row = submit(fact_check=row, by=checker, version=row.version)
row = approve(fact_check=row, by=editor, version=row.version)
publish(fact_check=row, by=editor)
row = ScamAlert.objects.get(pk=correcting)
row = save_alert(alert=row, by=checker, version=row.version, content=replace(
    AlertContent.of(row), text="Viết sau khi nâng cấp.", note="Thêm một dấu hiệu."))
row = submit_alert(alert=row, by=checker, version=row.version)
publish_alert(alert=row, by=editor, version=row.version)
"""


@dataclass
class Updated:
    """A data folder of a released version that this one has opened, and the site on it."""

    program: Program
    given: dict
    known: dict
    address: str = ""

    def python(self, script, *arguments):
        done = subprocess.run(
            [sys.executable, "-c", script, *map(str, arguments)],
            env=self.environment(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def environment(self):
        own = {"KIEMTIN_DATA": str(self.program.data), "KIEMTIN_ENCODER": "none"}
        return os.environ | own | databases.variables(self.program.data)

    def column(self, table, name):
        """Return the values of a column as they were then."""
        columns, lines = self.given[table]
        return [line[columns.index(name)] for line in lines]

    def now(self, table, *names):
        """Return the values of columns as they are now."""
        chosen = ", ".join(f'"{name}"' for name in names)
        with databases.opened(self.program.data) as hand:
            return [tuple(row) for row in hand.execute(f'SELECT {chosen} FROM "{table}" ORDER BY id').fetchall()]  # noqa: S608

    def get(self, path, **options):
        return httpx.get(self.address + path, follow_redirects=True, timeout=PATIENCE, **options)


@pytest.fixture(scope="module", params=VERSIONS)
def updated(request, tmp_path_factory):
    """The data of a version, opened once by this one."""
    folder = FOLDER / request.param
    made = Updated(
        Program(tmp_path_factory.mktemp("released") / "data"),
        rows(folder),
        json.loads((folder / "known.json").read_text()),
    )
    made.program.data.mkdir()
    databases.empty(made.program.data)
    command = [sys.executable, "-m", "tests.released", "load", request.param]
    subprocess.run(command, env=made.environment(), check=True)
    opened = made.program("desk", "list")
    assert opened.status == 0, opened.err
    return made


@pytest.fixture(scope="module")
def site(updated):
    """The same, served."""
    with served(updated):
        yield updated


@contextmanager
def served(updated):
    port = free_port()
    updated.address = f"http://localhost:{port}"
    command = [KIEMTIN, "serve", "--port", str(port), "--no-encoder", "--no-worker"]
    variables = updated.environment() | {"KIEMTIN_ADDRESS": updated.address}
    with started(command, variables):
        wait_for(lambda: _answers(updated.address), "the server")
        yield


def _answers(address):
    with suppress(httpx.TransportError):
        return httpx.get(address, timeout=10).status_code == 200
    return False


def test_there_are_data_of_a_version():
    assert VERSIONS


def test_no_row_is_lost(updated):
    with databases.opened(updated.program.data) as hand:
        now = {name: hand.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in hand.tables()}  # noqa: S608
    for table, (_, lines) in updated.given.items():
        assert now[table] == len(lines) or (table in GROWING and now[table] > len(lines)), table


def test_what_was_published_is_word_for_word_what_it_was(updated):
    for table, names in (
        ("checks_revision", ("claim", "verdict", "summary", "body", "note")),
        ("checks_alertrevision", ("title", "text", "note")),
        ("accounts_deskpage", ("kind", "language", "body")),
        ("questions_message", ("text",)),
        ("questions_case", ("public_reason", "title", "state")),
    ):
        then = sorted(zip(*(updated.column(table, name) for name in ("id", *names)), strict=True))
        assert updated.now(table, "id", *names) == then, table
        assert then


def test_the_database_is_sound(updated):
    found = json.loads(updated.python(EXAMINE))
    assert found == {"invalid": [], "triggers": []}
    told = {one["code"]: one["level"] for one in updated.program("doctor", "--json").json()["findings"]}
    for code in ("migrations", "triggers", "keys", "keys-fit", "public-log", "public-log-fits"):
        assert told[code] == "good", code


def public_paths(updated):
    """Yield the address of everything that was public, in both languages where there are two."""
    column = updated.column
    for prefix in ("", "/en"):
        for path in ("/", "/checks/", "/alerts/", "/corrections/", "/data/", "/log/", "/privacy/", "/reuse/", "/api/"):
            yield prefix + path
        for path in ("method/", "scale/", "about/", "corrections/policy/", "contact/", "feeds/checks.atom"):
            yield f"{prefix}/{path}"
        for check, number in zip(
            column("checks_revision", "fact_check_id"), column("checks_revision", "number"), strict=True
        ):
            yield f"{prefix}/checks/{check}/"
            yield f"{prefix}/checks/{check}/revisions/"
            yield f"{prefix}/checks/{check}/revisions/{number}/"
            if number > 1:
                yield f"{prefix}/checks/{check}/revisions/{number - 1}-{number}/"
        for alert in set(column("checks_alertrevision", "alert_id")):
            yield f"{prefix}/alerts/{alert}/"
            yield f"{prefix}/alerts/{alert}/revisions/"
        desks = dict(zip(column("accounts_desk", "id"), column("accounts_desk", "slug"), strict=True))
        names = ("desk_id", "kind", "language", "number")
        for desk, *rest in zip(*(column("accounts_deskpage", name) for name in names), strict=True):
            yield prefix + "/desks/" + "/".join(map(str, (desks[desk], *rest))) + "/"
        for name, code in updated.known["codes"].items():
            if name != "broken":  # whose page is the error page, for the functional tests
                yield f"{prefix}/r/{code}/"
    for index in column("audit_logentry", "index")[::7]:
        yield f"/log/entry/{index}/"
        yield f"/log/entry/{index}.tlog-proof"
    yield f"/copies/{updated.known['copy']}/"
    yield f"/copies/{updated.known['copy']}/file"
    for path in (
        "/feeds/alerts.json",
        "/feeds/corrections.rss",
        "/feeds/claimreview.json",
        "/sitemap.xml",
        "/log/standing",
    ):
        yield path


def test_everything_that_was_public_is_shown(site):
    paths = list(dict.fromkeys(public_paths(site)))
    assert len(paths) > 200
    wrong = {path: status for path in paths if (status := site.get(path).status_code) != 200}
    assert wrong == {}
    body = site.column("checks_revision", "summary")
    shown = site.get(f"/checks/{site.known['checks']['published']}/").text
    assert any(summary in shown for summary in body)


def test_a_receipt_tells_its_answer(site):
    check = site.known["checks"]["published"]
    assert f"/checks/{check}/" in site.get(f"/en/r/{site.known['codes']['published']}/").text
    assert "Nước máy bị cắt ba ngày" in site.get(f"/en/r/{site.known['codes']['published']}/").text


def test_the_public_log_goes_on(site, tmp_path):
    head = tmp_path / "head.txt"
    head.write_text(
        max(zip(site.column("audit_loghead", "size"), site.column("audit_loghead", "note"), strict=True))[1]
    )
    done = site.program("verify", "--head", head, site.address)
    assert done.status == 0, done.out + done.err
    assert f"Compared with a head of {max(site.column('audit_loghead', 'size'))} entries." in done.out


def sign_in(site, email, code=""):
    """Sign in as the pages let people; returns what the desk then shows."""
    with httpx.Client(base_url=site.address, follow_redirects=True, timeout=PATIENCE) as client:

        def send(path, **fields):
            page = client.get(path)
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
            return client.post(
                page.url, data={"csrfmiddlewaretoken": token} | fields, headers={"Referer": str(page.url)}
            )

        answer = send("/en/account/login/", login=email, password=site.known["password"])
        if code:
            answer = send(answer.url.path, code=code)
        return answer


def test_people_sign_in_with_their_passwords_and_codes(site):
    assert site.known["emails"]["checker"] not in site.get("/en/").text
    checker = sign_in(site, site.known["emails"]["checker"])
    assert (checker.status_code, checker.url.path.startswith("/en/desk/mau")) == (200, True)
    editor = sign_in(site, site.known["emails"]["editor"], site.known["recovery"][0])
    assert (editor.status_code, editor.url.path.startswith("/en/desk/mau")) == (200, True)
    wrong = sign_in(site, site.known["emails"]["editor"], "00000000")
    assert not wrong.url.path.startswith("/en/desk/")


def test_programs_are_let_in_with_their_tokens(site):
    bearer = {"Authorization": f"Bearer {site.known['token']}"}
    answer = site.get("/api/v1/cases", headers=bearer)
    assert answer.status_code == 200
    assert answer.json()["items"]
    assert site.get("/api/v1/cases").status_code == 401


def test_addresses_of_askers_can_still_be_read(updated):
    script = """
from kiemtin.config.cli import prepare
prepare([])
from kiemtin.questions.models import ReplyAddress
from kiemtin.questions.secrets import unseal
print(*(unseal(bytes(row.secret)) for row in ReplyAddress.objects.all()))
"""
    assert updated.known["address"] in updated.python(script).split()


def test_work_goes_on_where_it_was(site):
    """Last: it changes the data."""
    known = site.known
    draft, alert = known["checks"]["sent-back"], known["alerts"]["correcting"]
    site.python(WORK_ON, draft, alert, known["emails"]["checker"], known["emails"]["editor"])
    assert "Tóm tắt viết sau khi nâng cấp." in site.get(f"/checks/{draft}/").text
    assert "Viết sau khi nâng cấp." in site.get(f"/alerts/{alert}/").text
    done = site.program("verify", site.address, XDG_STATE_HOME=str(site.program.data / ".." / "state"))
    assert done.status == 0, done.out + done.err


def test_a_backup_of_then_is_restored_by_this_version(updated, tmp_path):
    if databases.SERVER:
        pytest.skip("backups are of SQLite")
    assert updated.program("backup", tmp_path / "backup.tar.gz").status == 0
    done = updated.program("restore", tmp_path / "backup.tar.gz", "--data", tmp_path / "new", "--no-encoder")
    assert done.status == 0, done.err
    shutil.rmtree(tmp_path / "new")
