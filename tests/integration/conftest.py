import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import databases
from tests.patience import PATIENCE

KIEMTIN = Path(sys.executable).with_name("kiemtin")


@dataclass
class Program:
    """The installed command with a data folder of its own and a real database in it."""

    data: Path

    def __call__(self, *arguments, lang="en", stdin=b"", **environment):
        databases.prepare(self.data)
        variables = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
        variables |= {"KIEMTIN_DATA": str(self.data), "KIEMTIN_LANG": lang, "COLUMNS": "100"}
        variables |= databases.variables(self.data) | environment
        done = subprocess.run(
            [str(KIEMTIN), *map(str, arguments)],
            env=variables,
            input=stdin,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@dataclass
class Result:
    status: int
    out: str
    err: str

    def json(self):
        return json.loads(self.out)


@pytest.fixture
def kiemtin(tmp_path):
    return Program(tmp_path / "data")


@pytest.fixture
def own_database(tmp_path, monkeypatch):
    """What runs on the folder `data` of this test, and takes its database from the environment, has one of its own."""
    for name, value in databases.variables(tmp_path / "data").items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of a few megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("a file system of a test's own can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


CLAIMS = [
    "Ăn tôm cùng vitamin C sinh ra thạch tín gây chết người",
    "Ăn tỏi sống mỗi ngày phòng được virus corona",
    "Bấm ngược mã PIN ở cây ATM sẽ báo cho công an",
    "Tia vũ trụ đêm nay bay sát trái đất, hãy tắt điện thoại",
    "Chuối bị tiêm máu nhiễm HIV bán ngoài chợ",
    "Lò vi sóng làm thức ăn nhiễm phóng xạ gây ung thư",
]


@pytest.fixture
def checks(tmp_path, claim_review):
    """A file of six ClaimReviews, one a line."""
    path = tmp_path / "checks.ndjson"
    rows = [
        claim_review(url=f"https://example.org/{number}", claimReviewed=claim, reviewBody="Không có bằng chứng.")
        for number, claim in enumerate(CLAIMS)
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path
