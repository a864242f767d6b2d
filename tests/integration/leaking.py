"""A served product of which every answer is kept, with masking or with masking taken out."""

import contextlib
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tests.integration.canaries import WAYS

KIEMTIN = Path(sys.executable).with_name("kiemtin")
UNMASKED = """
import kiemtin.questions.masking as package
from kiemtin.questions.masking import masked
package.mask = masked.mask = lambda text: masked.Masked(text, {})
"""


@dataclass
class Site:
    address: str
    data: Path
    log: Path
    environment: dict
    masks: bool
    answers: list = field(default_factory=list)  # what others may come to see: (way, status, body)
    own: list = field(default_factory=list)  # forms shown again to who typed: (way, status, headers)

    def run(self, *arguments):
        done = subprocess.run([KIEMTIN, *arguments], env=self.environment, capture_output=True, text=True, check=True)
        self.answers.append((arguments[0], 0, done.stdout + done.stderr))

    def send(self, way, path, body=None, *, kind="application/x-www-form-urlencoded", own=False, sender=None):
        """Send; keep and return the answer. `own`: it shows what was typed, to who typed it."""
        data = urllib.parse.urlencode(body).encode() if isinstance(body, dict) else body
        request = urllib.request.Request(f"{self.address}{path}", data=data)  # noqa: S310
        request.add_header("X-Forwarded-For", sender or f"203.0.113.{WAYS.index(way) + 1}")
        request.add_header("User-Agent", f"CanaryPhone/{WAYS.index(way)}")
        if data is not None:
            request.add_header("Content-Type", kind)
        try:
            with _OPENER.open(request, timeout=60) as answer:
                status, headers, content = answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                status, headers, content = error.code, error.headers, error.read().decode()
        if own:
            self.own.append((way, status, headers))
        else:
            self.answers.append((way, status, f"{headers}\n{content}"))
        return status, headers, content

    def json(self, way, path, content, **more):
        return self.send(way, path, json.dumps(content).encode(), kind="application/json", **more)

    @contextlib.contextmanager
    def broken(self):
        """Take away a table: what asks for it fails in the middle of its work."""
        for statement in (
            "ALTER TABLE questions_message RENAME TO away",
            "ALTER TABLE questions_errorreport RENAME TO out",
        ):
            self.change(statement)
        try:
            yield
        finally:
            self.change("ALTER TABLE away RENAME TO questions_message")
            self.change("ALTER TABLE out RENAME TO questions_errorreport")

    def change(self, statement):
        with contextlib.closing(sqlite3.connect(self.data / "kiemtin.sqlite3", timeout=60)) as database, database:
            return database.execute(statement).fetchall()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


_OPENER = urllib.request.build_opener(_Stay)


@contextlib.contextmanager
def serving(folder, *, masking):
    folder.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    if not masking:
        (folder / "patch").mkdir()
        (folder / "patch" / "sitecustomize.py").write_text(UNMASKED)
        paths = [str(folder / "patch"), *filter(None, [environment.get("PYTHONPATH")])]
        environment["PYTHONPATH"] = os.pathsep.join(paths)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment |= {
        "KIEMTIN_DATA": str(folder / "data"), "KIEMTIN_ADDRESS": address, "KIEMTIN_LANG": "en", "KIEMTIN_PROXIES": "1",
    }  # fmt: skip
    site = Site(address, folder / "data", folder / "serve.log", environment, masking)
    subprocess.run([KIEMTIN, "demo", "--no-encoder"], env=environment, capture_output=True, check=True)
    with site.log.open("wb") as log:
        command = [KIEMTIN, "serve", "--port", str(port), "--no-encoder"]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_for(lambda: _is_up(address))
        yield site
    finally:
        process.terminate()
        process.wait(60)


def _is_up(address):
    with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/en/", timeout=10) as answer:  # noqa: S310
        return answer.status == 200
    return False


def wait_for(is_so, seconds=120):
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.2)
