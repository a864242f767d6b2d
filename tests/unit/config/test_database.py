import json

import pytest

from kiemtin.config.database import open_database


@pytest.mark.django_db
def test_a_restoration_that_was_cut_off_is_finished_before_anything_is_opened(data):
    new = data / ".restoring" / "new"
    new.mkdir(parents=True)
    (new / "reply-key").write_text("khóa mới")
    (data / ".restoring" / "ready").write_text(json.dumps({"old": "", "away": [], "new": ["reply-key"]}))
    assert open_database().is_finished
    assert (data / "reply-key").read_text() == "khóa mới"
    assert not (data / ".restoring").exists()
    assert not open_database().is_finished
