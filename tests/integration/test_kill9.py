"""An import killed at any moment loses nothing acknowledged and doubles nothing."""

import random
import time

import pytest

from benchmarks.kill9 import finish, generate, look, one_run, start


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kill9")
    generate(folder / "checks.ndjson", 3_000)
    began = time.perf_counter()
    finish(start(folder / "reference", folder / "checks.ndjson"))
    return folder, time.perf_counter() - began, look(folder / "reference")


def test_the_reference_is_whole(undisturbed):
    _, _, reference = undisturbed
    assert len(reference.reviews) == 2_940
    assert reference.position == 3_000
    assert [record.id for record in reference.records] == [row[0] for row in reference.reviews]


@pytest.mark.parametrize("number", range(3))
def test_killed_and_done_again_it_is_as_if_undisturbed(undisturbed, number):
    folder, whole, reference = undisturbed
    moment = random.Random(number).uniform(0.2 + 0.25 * number, 0.4 + 0.25 * number) * whole
    run = one_run(folder / "checks.ndjson", reference, moment, folder / f"run-{number}")
    assert (run.lost, run.doubled, run.equal) == (0, 0, True), run
