import pytest

from kiemtin.public.standings import TO_COME, TOLD
from kiemtin.questions.receipts import Standing


@pytest.mark.parametrize("standing", Standing)
def test_every_place_on_the_way_is_told(standing):
    told = TOLD[standing]
    assert told.heading
    assert bool(told.lead) is not standing.is_final  # a final one is told by the answer below it


def test_what_is_to_come_is_a_place_on_the_way():
    assert set(TO_COME) <= set(Standing)
