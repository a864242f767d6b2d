"""A served product of which every answer is kept, with masking, with masking taken out, or with leaks put in."""

import contextlib
import json
import os
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.desk.server import free_port
from tests import databases
from tests.demonstration import demonstration
from tests.integration.canaries import BUGS, WAYS, opening
from tests.patience import PATIENCE, wait_for
from tests.serving import started
from tests.web import Web, running_web

KIEMTIN = Path(sys.executable).with_name("kiemtin")
HOST = "127.0.0.1"

# Loaded by every process of the product before its own code. An error of the program that says what was written.
_TRIPS = f"""
import kiemtin.questions.masking as package
from kiemtin.questions.masking import masked
real = masked.mask
def tripping(text):
    if any(opening in text for opening in {[opening(way) for way in BUGS]!r}):
        try:
            raise ValueError(text)
        except ValueError as error:
            raise RuntimeError(f"cannot mask {{text}}") from error
    return real(text)
package.mask = masked.mask = tripping
"""
_UNMASKED = """
real = lambda text: masked.Masked(text, {})
"""
# Text on its way into a log, into a file beside the others, and into an error's own words.
_PLANTED = """
import base64, os, sys, unicodedata, urllib.parse
from pathlib import Path
before = tripping
def leaking(text):
    print("debug:", urllib.parse.quote(unicodedata.normalize("NFD", text)), file=sys.stderr, flush=True)
    folder = Path(os.environ["KIEMTIN_DATA"]) / "cache"
    folder.mkdir(exist_ok=True)
    with (folder / "planted").open("ab") as file:
        file.write(base64.b64encode(text.encode()) + b"\\n")
    return before(text)
package.mask = masked.mask = leaking
"""


@dataclass
class Site:
    address: str
    data: Path
    log: Path
    environment: dict
    masks: bool
    strangers: Web
    answers: list = field(default_factory=list)  # what others may come to see: (way, status, body)
    own: list = field(default_factory=list)  # forms shown again to who typed: (way, status, headers)

    def run(self, *arguments, status=0):
        command = [KIEMTIN, *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stderr
        self.answers.append((arguments[0], 0, done.stdout + done.stderr))

    def script(self, code):
        """Run code in the product, as its worker would."""
        settings = "os.environ['DJANGO_SETTINGS_MODULE'] = 'kiemtin.config.settings'"
        code = f"import os, django\n{settings}\ndjango.setup()\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", code], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        self.answers.append(("script", 0, done.stderr))
        return done.stdout.strip()

    def send(self, way, path, body=None, *, kind="application/x-www-form-urlencoded", own=False, sender=None, **more):
        """Send; keep and return the answer. `own`: it shows what was typed, to who typed it."""
        data = urllib.parse.urlencode(body).encode() if isinstance(body, dict) else body
        request = urllib.request.Request(f"{self.address}{path}", data=data, method=more.get("method"))  # noqa: S310
        request.add_header("X-Forwarded-For", sender or f"203.0.113.{WAYS.index(way) + 1}")
        request.add_header("User-Agent", f"CanaryPhone/{WAYS.index(way)}")
        for name, value in more.get("headers", {}).items():
            request.add_header(name, value)
        if data is not None:
            request.add_header("Content-Type", kind)
        try:
            with _OPENER.open(request, timeout=PATIENCE) as answer:
                status, headers, content = answer.status, answer.headers, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            with error:
                status, headers, content = error.code, error.headers, error.read().decode("utf-8", "replace")
        if own:
            self.own.append((way, status, headers))
        else:
            self.answers.append((way, status, f"{headers}\n{content}"))
        return status, headers, content

    def json(self, way, path, content, **more):
        return self.send(way, path, json.dumps(content).encode(), kind="application/json", **more)

    @contextlib.contextmanager
    def broken(self):
        """Take away tables: what asks for them fails in the middle of its work, pages and chores alike."""
        tables = {"questions_message": "away", "questions_errorreport": "out", "checks_factcheck": "off"}
        for name, other in tables.items():
            self.change(f"ALTER TABLE {name} RENAME TO {other}")
        try:
            yield
        finally:
            for name, other in tables.items():
                self.change(f"ALTER TABLE {other} RENAME TO {name}")

    def change(self, statement, values=()):
        with databases.opened(self.data) as hand:
            done = hand.execute(statement, values)
            return [tuple(row) for row in done.fetchall()] if done.description else []


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


_OPENER = urllib.request.build_opener(_Stay)


@contextlib.contextmanager
def serving(folder, *, masking=True, planted=False):
    (folder / "patch").mkdir(parents=True)
    patch = _TRIPS + (_UNMASKED if not masking else "") + (_PLANTED if planted else "")
    (folder / "patch" / "sitecustomize.py").write_text(patch)
    port = free_port()
    with running_web() as strangers:
        site = Site(
            address=f"http://{HOST}:{port}",
            data=folder / "data",
            log=folder / "serve.log",
            environment=_environment(folder, port, strangers),
            masks=masking,
            strangers=strangers,
        )
        demonstration(site.data)
        site.change("UPDATE accounts_desk SET opens_links = true")
        command = [KIEMTIN, "serve", "--port", str(port), "--no-encoder"]
        with site.log.open("wb") as log, started(command, site.environment, output=log):
            wait_for(lambda: _is_up(site.address))
            yield site


def _environment(folder, port, strangers):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    paths = [str(folder / "patch"), *filter(None, [environment.get("PYTHONPATH")])]
    return environment | {
        "PYTHONPATH": os.pathsep.join(paths),
        "KIEMTIN_DATA": str(folder / "data"),
        "KIEMTIN_ADDRESS": f"http://{HOST}:{port}",
        "KIEMTIN_LANG": "en",
        "KIEMTIN_PROXIES": "1",
        "KIEMTIN_FETCH_ALLOW": f"{HOST}:{strangers.port}",
        "KIEMTIN_ENCODER": "none",
        **databases.variables(folder / "data"),
    }


def _is_up(address):
    with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/en/", timeout=10) as answer:  # noqa: S310
        return answer.status == 200
    return False
