import pytest
from django.utils import translation

from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews
from kiemtin.checks.models import ExternalReview
from kiemtin.matching.actions.follow import follow
from kiemtin.matching.ask import Library, Reply, join
from kiemtin.matching.exceptions import EmptyLibraryError
from kiemtin.retrieval import Answer, Band, Match
from kiemtin.retrieval.errors import EmptyMessageError, IndexMissingError


def match(key, *, work="", probability=0.9):
    return Match(id=key, work=work or key, score=1.0, probability=probability)


def answer(*matches, band=Band.ANSWER):
    return Answer(band, tuple(matches))


def keys(reply):
    return [found.finding.key for found in reply.found]


def test_the_stored_review_comes_first_for_a_copy_of_its_claim(store):
    store()
    follow(encoder=None)
    with Library.opened(use_encoder=False) as library:
        reply = library.ask("Ăn tôm cùng vitamin C sinh ra thạch tín gây chết người")
    assert reply.found[0].finding.external_review == ExternalReview.objects.get(key="shrimp")
    assert reply.found[0].match.near_copy
    assert not reply.encoder


def test_vectors_take_part_where_the_index_has_them_and_the_encoder_is_there(store, encoder_installed):
    store()
    follow(encoder=encoder_installed)
    with Library.opened() as library:
        assert library.ask("ăn tôm").encoder
    with Library.opened(use_encoder=False) as library:
        assert not library.ask("ăn tôm").encoder


def test_without_the_encoder_an_index_with_vectors_still_answers(store, tiny_encoder, encoder_missing):
    store()
    follow(encoder=tiny_encoder)
    with Library.opened() as library:
        reply = library.ask("Ăn tôm cùng vitamin C sinh ra thạch tín gây chết người")
    assert not reply.encoder
    assert reply.found[0].finding.key == "shrimp"


def test_an_index_without_vectors_asks_for_no_encoder(store, encoder_installed):
    store()
    follow(encoder=None)
    with Library.opened() as library:
        assert not library.ask("ăn tôm").encoder


def test_what_the_index_has_not_followed_is_told(store, review):
    store()
    follow(encoder=None)
    store(review(1), review(2))
    with Library.opened(use_encoder=False) as library:
        assert library.behind == 2


def test_nothing_imported(data, db):
    with pytest.raises(EmptyLibraryError):
        Library.opened()


def test_nothing_indexed(store):
    store()
    with pytest.raises(IndexMissingError):
        Library.opened()


def test_a_hopeless_message(store):
    store()
    follow(encoder=None)
    with Library.opened(use_encoder=False) as library, pytest.raises(EmptyMessageError):
        library.ask(" ")


def test_a_withdrawn_review_is_never_given_even_before_the_index_knows(store):
    store()
    follow(encoder=None)
    withdraw_external_reviews(keys=["shrimp"], by="test")
    with Library.opened(use_encoder=False) as library:
        reply = library.ask("Ăn tôm cùng vitamin C sinh ra thạch tín gây chết người")
    assert "shrimp" not in keys(reply)
    assert reply.band is not Band.ANSWER


@pytest.mark.parametrize(
    ("given", "band", "left"),
    [
        (answer(match("shrimp"), match("garlic")), Band.ANSWER, ["shrimp", "garlic"]),
        (answer(match("gone"), match("garlic")), Band.MAYBE, ["garlic"]),
        (answer(match("shrimp"), match("gone")), Band.ANSWER, ["shrimp"]),
        (answer(match("gone")), Band.NONE, []),
        (answer(match("gone"), match("garlic"), band=Band.NONE), Band.NONE, ["garlic"]),
        (answer(band=Band.NONE), Band.NONE, []),
    ],
)
def test_the_band_follows_what_is_left(store, given, band, left):
    store()
    [reply] = join([given])
    assert (reply.band, keys(reply)) == (band, left)


def test_many_answers_are_one_question(store, django_assert_num_queries):
    store()
    with django_assert_num_queries(1):
        replies = join([answer(match("shrimp")), answer(match("garlic")), answer(band=Band.NONE)])
    assert [keys(reply) for reply in replies] == [["shrimp"], ["garlic"], []]
    assert join([]) == []


@pytest.mark.parametrize(("language", "shown"), [("vi", "w:vi"), ("en", "w:en")])
def test_a_translation_in_the_reader_s_language_is_shown(store, review, language, shown):
    store(
        review(1, key="w:vi", work="w", language="vi"),
        review(2, key="w:en", work="w", language="en"),
        review(3, key="alone", language="vi"),
    )
    with translation.override(language):
        [reply] = join([answer(match("w:vi", work="w"), match("alone"))])
    assert keys(reply) == [shown, "alone"]


def test_a_withdrawn_translation_is_not_shown(store, review):
    store(review(1, key="w:vi", work="w", language="vi"), review(2, key="w:en", work="w", language="en"))
    withdraw_external_reviews(keys=["w:en"], by="test")
    [reply] = join([answer(match("w:vi", work="w"))])
    assert keys(reply) == ["w:vi"]


def test_guards_and_encoder_are_handed_on(store):
    [reply] = join([Answer(Band.NONE, encoder=False)])
    assert reply == Reply(Band.NONE, encoder=False)
