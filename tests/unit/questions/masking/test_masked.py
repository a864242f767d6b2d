import itertools
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.questions.masking import MARK, Kind, mask, unmarked
from kiemtin.questions.masking.folding import folded
from tests.examples import examples
from tests.unit.questions.masking.cases import KEPT, MARKED, MASKED, parsed


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_masked(text, expected):
    assert mask(text).text == expected


@pytest.mark.parametrize("text", KEPT)
def test_kept(text):
    masked = mask(text)
    assert masked.text == text
    assert masked.counts == {}


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_decomposed_input_is_masked_alike(text, expected):
    assert mask(unicodedata.normalize("NFD", text)).text == unicodedata.normalize("NFC", expected)


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_in_the_middle_of_a_message(text, expected):
    before, after = "Mọi người xem giúp, tin này có thật không?\n", "\nNghe nói Bộ Y tế đã cảnh báo."
    assert mask(before + text + after).text == before + expected + after


def test_enough_cases():
    assert len(MASKED) >= 200
    assert len(KEPT) >= 120


def test_counts_by_kind():
    masked = mask("0912345678, 0987654321, lan@gmail.com, [card]")
    assert masked.counts == {Kind.PHONE: 2, Kind.EMAIL: 1}


def test_every_kind_is_found_and_its_mark_known():
    found = Counter()
    for text, expected in MASKED:
        found.update(mask(text).counts)
        assert sum(mask(text).counts.values()) == len(MARK.findall(expected))
    assert set(found) == set(Kind)
    assert [match["kind"] for match in MARK.finditer("".join(kind.mark for kind in Kind))] == list(Kind)


def test_the_rest_is_kept_and_composed():
    rest = "Đừng tin!\u200d 👨‍👩‍👧 \x00 ½ ﬁ"
    assert mask(unicodedata.normalize("NFD", rest) + " 0912345678").text == rest + " [phone]"


def test_unmarked_has_no_words_of_marks():
    assert unmarked("Gọi [phone] cho [name]!") == "Gọi   cho  !"
    assert unmarked("[photo] [ phone ]") == "[photo] [ phone ]"


MOBILES = st.builds(
    lambda prefix, rest: prefix + rest,
    st.sampled_from(
        ["032", "035", "039", "052", "056", "070", "076", "079", "081", "083", "089", "090", "091", "097", "099"]
    ),
    st.text("0123456789", min_size=7, max_size=7),
)
GAPS = st.sampled_from(["", " ", ".", "-", " - ", " . ", "_", "·", "  "])


@st.composite
def broken_up(draw):
    number = draw(MOBILES)
    gap = draw(GAPS)
    if draw(st.booleans()):
        number = draw(st.sampled_from(["+84", "84", "+84 ", "0084", "(+84)"])) + number[1:]
        return number[:-9] + gap.join([number[-9:-6], number[-6:-3], number[-3:]])
    if draw(st.booleans()):
        return gap.join([number[:4], number[4:7], number[7:]])
    return gap.join(number)


@given(
    broken_up(),
    st.sampled_from(["", "Gọi ", "sđt: ", "(", "ad ơi số này "]),
    st.sampled_from(["", " nhé", ".", ")", ", cảm ơn"]),
)
def test_no_written_form_of_a_mobile_number_survives(number, before, after):
    text = mask(before + number + after).text
    assert sum(char.isdecimal() for char in text) == 0
    assert len(MARK.findall(text)) == 1


WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


@given(MOBILES, st.sampled_from([" ", ", ", "-", "  "]), st.booleans())
def test_no_number_spelt_out_survives(number, gap, toneless):
    words = gap.join(WORDS[int(figure)] for figure in number)
    if toneless:
        words = "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))
    assert mask(words).text == "[phone]"


ACCOUNTS = st.text("0123456789", min_size=8, max_size=14)
CITIZENS = st.builds(
    lambda province, rest: f"{province}2{rest}",
    st.sampled_from(["001", "030", "048", "079", "092"]),
    st.text("0123456789", min_size=8, max_size=8),
)
LABELS = {
    "account": (
        ACCOUNTS,
        ["stk ", "STK: ", "Số tài khoản của nó là ", "số tk ", "account number: ", "bank account ", "a/c "],
    ),
    "id-number": (CITIZENS, ["cccd ", "CCCD: ", "căn cước công dân số ", "số định danh ", "citizen ID: "]),
    "tax-code": (ACCOUNTS.map(lambda rest: f"8{rest}000000000"[:10]), ["mst ", "Mã số thuế cá nhân: ", "tax code "]),
}


@st.composite
def labelled(draw):
    kind = draw(st.sampled_from(sorted(LABELS)))
    numbers, labels = LABELS[kind]
    number, gap = draw(numbers), draw(st.sampled_from(["", " ", ".", "-", " - ", "_", "\u00a0", "\u200b"]))
    sizes = draw(st.sampled_from([(20,), (4, 4, 4, 4), (3, 3, 3, 3, 3), (4, 3, 3, 3, 3), (1,) * 14]))
    ends = list(itertools.accumulate(sizes))
    groups = [number[start:end] for start, end in zip([0, *ends], ends, strict=False) if number[start:end]]
    return draw(st.sampled_from(labels)), gap.join(groups)


@given(labelled(), st.sampled_from(["", " nhé", ".", " có lừa không?", "\nCảm ơn", ", chủ tk Nguyễn Văn A"]))
def test_no_written_form_of_a_number_after_its_word_survives(number, after):
    label, written = number
    text = mask(f"Mọi người xem giúp {label}{written}{after}").text
    assert not any(char.isdecimal() for char in text), text


PIECES = st.sampled_from(
    [text for text, _ in MASKED]
    + KEPT
    + [parsed(line)[0] for line in MARKED]
    + [kind.mark for kind in Kind]
    + [" ", "", "\n", ", ", ".", "-", "đồng", "stk ", "anh ", "@", "/", "0", "84", "\u0301"]
)
MESSAGES = st.one_of(
    st.lists(PIECES, max_size=8).map("".join),
    st.lists(PIECES, max_size=8).map(" ".join),
    st.text(max_size=60),
    st.text("0123456789 .-+/()ox*@ađ,", max_size=80),
)


@examples(500)
@given(MESSAGES)
def test_masking_what_is_masked_changes_nothing(text):
    once = mask(text)
    twice = mask(once.text)
    assert twice.text == once.text
    assert twice.counts == {}


@examples(300)
@given(MESSAGES)
def test_never_much_longer(text):
    composed = unicodedata.normalize("NFC", text)
    masked = mask(text)
    assert len(masked.text) <= len(composed) + sum(len(kind.mark) * count for kind, count in masked.counts.items())
    assert len(masked.text) <= 3 * len(composed)
    assert unicodedata.is_normalized("NFC", masked.text)


@examples(300)
@given(st.text(st.characters(exclude_categories=[]), max_size=120))
def test_nothing_raises(text):
    mask(text)


@examples(300)
@given(MESSAGES)
def test_what_is_cut_is_what_is_counted_and_given(text):
    sent, masked = unicodedata.normalize("NFC", text), mask(text)
    assert masked.counts == Counter(span.kind for span in masked.spans)
    assert [piece.kind for piece in masked.pieces] == [span.kind for span in masked.spans]
    assert [piece.text for piece in masked.pieces] == [folded(sent[span.start : span.end]) for span in masked.spans]
    assert len(MARK.findall(masked.text)) == len(MARK.findall(sent)) + len(masked.spans)


@examples(300)
@given(MESSAGES)
def test_spans_are_what_was_replaced(text):
    sent, masked = unicodedata.normalize("NFC", text), mask(text)
    pieces, last = [], 0
    for span in masked.spans:
        assert last <= span.start < span.end
        pieces += [sent[last : span.start], span.kind.mark]
        last = span.end
    assert "".join([*pieces, sent[last:]]) == masked.text


def test_pieces_glued_together_many_times_are_masked_or_called_not_whole():
    few, many = mask("o912.345.678" * 5), mask("o912.345.678" * 40)
    assert (few.text, few.is_whole) == ("[phone]" * 5, True)
    assert not many.is_whole
    assert mask(f"Gọi {'0912 345 678, ' * 40}").is_whole
