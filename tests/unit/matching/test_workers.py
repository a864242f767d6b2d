import itertools
import os

import pytest

from kiemtin.matching import workers as module
from kiemtin.matching.actions.follow import follow
from kiemtin.matching.exceptions import WorkerError
from kiemtin.matching.folder import index_folder
from kiemtin.matching.workers import CHUNK, ask_many
from kiemtin.retrieval import Answer
from kiemtin.retrieval.errors import EmptyMessageError

CLAIM = "Ăn tôm cùng vitamin C sinh ra thạch tín gây chết người"
OTHER = "Lò vi sóng làm thức ăn nhiễm phóng xạ gây ung thư"


@pytest.fixture
def index(store):
    store()
    follow(encoder=None)
    return index_folder()


def ids(outcomes):
    return [one.matches[0].id if isinstance(one, Answer) and one.matches else type(one) for one in outcomes]


def test_answers_come_in_the_order_of_the_messages(index):
    messages = [CLAIM, OTHER, ""] * CHUNK
    found = ids(ask_many(index, messages, use_encoder=False, workers=2))
    assert found == ["shrimp", "microwave", EmptyMessageError] * CHUNK


def test_it_reads_only_a_little_ahead(index):
    taken = itertools.count()
    messages = (CLAIM for _ in iter(lambda: next(taken), 100_000))
    outcomes = ask_many(index, messages, use_encoder=False, workers=1)
    next(outcomes)
    outcomes.close()
    assert next(taken) <= CHUNK * 5


def test_no_messages_no_answers(index):
    assert list(ask_many(index, [], use_encoder=False, workers=1)) == []


def test_a_worker_that_dies_is_told(index, monkeypatch):
    monkeypatch.setattr(module, "_ask", _die)
    with pytest.raises(WorkerError):
        list(ask_many(index, [CLAIM], use_encoder=False, workers=1))


def _die(messages, limit):
    os._exit(9)
