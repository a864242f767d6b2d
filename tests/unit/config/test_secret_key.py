import stat

from kiemtin.config.secret_key import secret_key


def test_it_is_made_once_for_its_owner_only(tmp_path):
    key = secret_key(tmp_path / "data")
    assert len(key) >= 50
    assert secret_key(tmp_path / "data") == key
    [file] = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_each_data_folder_has_its_own(tmp_path):
    assert secret_key(tmp_path / "a") != secret_key(tmp_path / "b")


def test_one_made_by_another_process_meanwhile_is_kept(tmp_path, monkeypatch):
    from kiemtin.config import secret_key as module

    def other_process_is_first(_size):
        (tmp_path / "secret-key").write_text("theirs")
        return "ours"

    monkeypatch.setattr(module.secrets, "token_urlsafe", other_process_is_first)
    assert secret_key(tmp_path) == "theirs"
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]
