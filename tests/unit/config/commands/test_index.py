import pytest

from kiemtin.config.commands import index as module
from kiemtin.config.commands.index import bring_up, catch_up
from kiemtin.config.errors import CommandError
from kiemtin.matching.folder import writing
from kiemtin.retrieval.errors import IndexFormatError

pytestmark = pytest.mark.django_db


def test_another_process_at_the_index_is_waited_for(data, monkeypatch, capsys):
    """As a worker beside: nothing that only needs the index in passing fails for it."""
    other = writing()
    other.__enter__()
    pauses = []

    def ends(seconds):
        pauses.append(seconds)
        if len(pauses) == 3:
            other.__exit__(None, None, None)

    monkeypatch.setattr(module.time, "sleep", ends)
    catch_up(use_encoder=False)
    assert len(pauses) == 3
    assert capsys.readouterr().err == ""


def test_one_that_takes_long_is_left_to_go_on(data, monkeypatch, capsys):
    monkeypatch.setattr(module, "_PATIENCE", 0)
    with writing():
        catch_up(use_encoder=False)
    assert "Another process is still bringing the index up" in capsys.readouterr().err


def test_whoever_asks_for_the_index_is_told(data):
    with writing(), pytest.raises(CommandError, match="Another process is writing to the index"):
        bring_up(use_encoder=False)


def test_other_troubles_are_told(data, monkeypatch):
    def broken(**_):
        raise IndexFormatError("broken", path="x")

    monkeypatch.setattr(module, "follow", broken)
    with pytest.raises(CommandError):
        catch_up(use_encoder=False)
