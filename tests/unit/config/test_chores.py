import pytest

from kiemtin.config.chores import chores


@pytest.mark.django_db
def test_old_copies_of_the_database_go_with_the_rest(data):
    old = data / "before-update-20200101-000000.sqlite3"
    old.touch()
    (clearing,) = [chore for chore in chores() if chore.name == "clearing up"]
    assert clearing.do(0.0) is False
    assert clearing.failures == 0
    assert not old.exists()
