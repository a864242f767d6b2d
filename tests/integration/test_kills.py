"""Ten kills under load: nothing acknowledged is lost, nothing is done twice. `benchmarks.kills` does two hundred."""

import json

import pytest

from benchmarks.kills.run import Plan, Run

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.mark.usefixtures("own_database")
def test_killed_at_random_moments_nothing_is_lost_and_nothing_is_done_twice(tmp_path):
    found = Run(tmp_path, Plan(kills=10, every=10, seed=3)).do()
    assert found["wrong"] == [], json.dumps(found, ensure_ascii=False, indent=1)
    assert found["kills"] == {"web": 3, "worker": 2, "second worker": 1, "import": 2, "server": 1, "all": 1}
    assert found["acknowledged"]["ask"] > 10
    assert found["receipts_opened"] == found["acknowledged"]["ask"]
