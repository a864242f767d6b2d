import pytest

from kiemtin.matching.actions.follow import follow
from kiemtin.matching.caution import FEW, held_back
from kiemtin.matching.folder import index_folder
from kiemtin.matching.live import live_library
from kiemtin.matching.workers import ask_many
from kiemtin.retrieval import Answer, Band, Match
from tests.publishing import published


def answer(band, *, near_copy=False):
    return Answer(band, (Match("a", "a", 1.0, 0.99, near_copy=near_copy),))


@pytest.mark.parametrize(
    ("band", "near_copy", "records", "held"),
    [
        (Band.ANSWER, False, FEW - 1, Band.MAYBE),
        (Band.ANSWER, False, FEW, Band.ANSWER),
        (Band.ANSWER, True, 1, Band.ANSWER),
        (Band.MAYBE, False, 1, Band.MAYBE),
        (Band.NONE, False, 1, Band.NONE),
    ],
)
def test_a_small_collection_answers_only_copies_at_once(band, near_copy, records, held):
    assert held_back(answer(band, near_copy=near_copy), records=records).band is held
    assert held_back(Answer(Band.NONE), records=records).band is Band.NONE


@pytest.mark.parametrize("message", ["Sóng 5G làm lây lan virus", "Ngày mai cả nước mất điện ba ngày liền"])
def test_the_only_check_of_a_new_desk_does_not_answer_everything(data, db, message):
    published("Ăn tôm cùng vitamin C sinh ra thạch tín gây chết người")
    follow(encoder=None)
    assert live_library().ask(message).band is Band.NONE
    [same] = ask_many(index_folder(), [message], use_encoder=False, workers=1)
    assert same.band is Band.NONE
