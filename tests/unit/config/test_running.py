from kiemtin.config.backup.inventory import Kind, kind_of
from kiemtin.config.running import is_running, running


def test_a_folder_is_in_use_until_the_last_lets_go(data):
    assert not is_running(data)
    assert list(data.iterdir()) == []
    with running(data):
        with running(data):
            assert is_running(data)
        assert is_running(data)
    assert not is_running(data)
    assert {kind_of(path.name) for path in data.iterdir()} == {Kind.PASSING}
