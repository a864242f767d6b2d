"""Many ask, choose and count at once, on a real file with real transactions."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from kiemtin.matching.ask import Searched
from kiemtin.matching.searching import Search
from kiemtin.questions.actions.ask import ask
from kiemtin.questions.actions.settle import settle
from kiemtin.questions.demand import value_now
from kiemtin.questions.limits import Limit, take
from kiemtin.questions.models import Bucket, Case, Demand, Message, Request
from kiemtin.questions.refusals import TooManyError
from kiemtin.questions.shelf import MESSAGES
from kiemtin.retrieval import Answer, Band
from tests.publishing import desk_of

THREADS = 8
TEXT = "Ngày mai cả thành phố mất điện ba ngày liền phải không mọi người"


class NothingFits:
    mark = 1

    def search(self, message, *, limit):
        return Searched(Answer(Band.NONE), 1)


def together(work, count=THREADS):
    """Run `work(0)` to `work(count - 1)` at the same moment; returns what each returned or raised."""
    barrier = threading.Barrier(count)

    def one(number):
        try:
            barrier.wait()
            return work(number)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def put(asker):
    return ask(text=TEXT, channel="web", language="vi", asker=asker, library=NothingFits())


def test_one_message_whoever_comes_first(on_disk):
    results = together(lambda number: put(f"asker-{number}"))
    assert [type(result).__name__ for result in results] == ["Asked"] * THREADS
    message = Message.objects.get()
    assert (message.asked, Demand.objects.get().count) == (THREADS, THREADS)
    assert value_now(message.heat) == pytest.approx(THREADS, rel=1e-2)
    assert len(set(Request.objects.values_list("code", flat=True))) == THREADS


def test_a_double_click_is_one_request(on_disk):
    codes = {result.request.code for result in together(lambda _: put("the same"))}
    assert len(codes) == 1
    assert (Message.objects.get().asked, Request.objects.count()) == (1, 1)


def test_a_case_loses_no_asker(on_disk):
    desk = desk_of()
    message = put("first").message
    case = Case.objects.create(desk=desk, title="Một", asked=1, heat=message.heat)
    Message.objects.update(case=case)
    together(lambda number: put(f"asker-{number}"))
    case.refresh_from_db()
    assert case.asked == Message.objects.get().asked == THREADS + 1


def test_a_limit_lets_through_exactly_so_many(on_disk):
    limit = Limit("x", 3, 86_400)
    results = together(lambda _: take(limit, subject="a"))
    assert sum(isinstance(result, TooManyError) for result in results) == THREADS - 3
    assert Bucket.objects.get().count == 3


def test_two_workers_open_one_case(on_disk):
    desk_of()
    put("first")
    done = together(lambda _: settle(messages=Search(MESSAGES, use_encoder=False)), count=3)
    assert sum(one.count for one in done) == 1
    assert Case.objects.count() == 1
