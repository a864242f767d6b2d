from __future__ import annotations

import io
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from PIL import Image, ImageChops

from kiemtin.public.cards import CardContent, CardError, Shape, draw_card, palette
from kiemtin.public.cards.draw import LAYOUTS
from kiemtin.public.cards.signs import SIGNS

Picture = Callable[..., Image.Image]
SHAPES = list(Shape)
SAFE = 28  # no ink but the ground's own nearer to an edge than this; the opening quotation mark hangs in the margin
CLAIMS = {
    "short": "Có.",
    "usual": "Sóng 5G làm lây lan hoặc gây ra Covid-19",
    "long": "Từ ngày 1/1, ai rút quá 15 triệu đồng mỗi tháng bằng thẻ ATM đều phải nộp thuế thu nhập 10% cho ngân sách",
    "absurd": "Chuyện này dài đến mức không ai đọc hết được, " * 40,
    "capitals": "Ở ĐỒNG NAI ĐÃ CÓ 3 NGƯỜI MẤT HẾT TIỀN VÌ BẤM VÀO LẪN ẤN PHẨM GIẢ MẠO CỦA NGÂN HÀNG ẰẪỖỮ",
    "one word": "https://" + "vietcombank-xacthuc" * 20,
    "emoji": "🔥🔥🔥",
    "empty": "",
}


def _claim_area(picture: Image.Image, shape: Shape) -> Image.Image:
    """Give what lies between the tail of the band and the foot."""
    layout = LAYOUTS[shape]
    return picture.crop((0, layout.band + round(layout.gap * 0.5) + 2, shape.width, shape.height - layout.foot))


def _ink_box(area: Image.Image, ground: str) -> tuple[int, int, int, int] | None:
    difference = ImageChops.difference(area, Image.new("RGB", area.size, ground)).convert("L")
    return difference.point(lambda value: 255 if value > 24 else 0).getbbox()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("verdict", SIGNS)
def test_a_card_is_a_small_png_of_its_shape(content: CardContent, verdict: str, shape: Shape) -> None:
    png = draw_card(replace(content, verdict=verdict, claim=CLAIMS["long"], note="Đã đính chính"), shape)
    picture = Image.open(io.BytesIO(png))
    assert (picture.format, picture.size) == ("PNG", shape.value)
    assert len(png) < 120_000


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_the_claim_keeps_inside_the_margins(picture: Picture, claim: str, shape: Shape) -> None:
    area = _claim_area(picture(shape, claim=claim), shape)
    box = _ink_box(area, palette.PAPER)
    assert box is not None, "nothing is drawn"
    layout = LAYOUTS[shape]
    assert box[0] >= SAFE
    assert box[2] <= shape.width - layout.margin + 2
    assert box[1] >= layout.gap * 0.3, "runs into the band"
    assert box[3] <= area.height - layout.gap * 0.6, "runs into the foot"


@pytest.mark.parametrize("shape", SHAPES)
def test_words_on_the_band_keep_inside_the_margins(picture: Picture, shape: Shape) -> None:
    layout = LAYOUTS[shape]
    card = picture(
        shape,
        verdict="unproven",
        verdict_label="Ẫn Ỗ " * 6,
        verdict_line="Chưa đủ bằng chứng để nói điều này đúng hay sai. " * 4,
    )
    band = card.crop((0, 0, shape.width, layout.band)).convert("L").point(lambda value: 255 if value > 150 else 0)
    left, top, right, bottom = band.getbbox() or (0, 0, 0, 0)
    assert left >= layout.margin - 4
    assert right <= shape.width - layout.margin + 2
    assert top >= 12
    assert bottom <= layout.band - 12


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("address", ["kiemtin.example/k/x", "kiemtin.example/" + "mot-dia-chi-rat-dai-" * 6])
def test_the_foot_keeps_inside_the_margins_with_address_and_publisher(
    picture: Picture, address: str, shape: Shape
) -> None:
    layout = LAYOUTS[shape]
    for publisher in ("Kiểm Tin", "Liên minh Kiểm chứng Thông tin Báo chí Độc lập Miền Trung và Tây Nguyên"):
        card = picture(shape, address=address, publisher=publisher)
        foot = card.crop((0, shape.height - layout.foot + 2, shape.width, shape.height))
        left, top, right, bottom = _ink_box(foot, palette.SUNK) or (0, 0, 0, 0)
        assert left >= layout.margin - 2
        assert right <= shape.width - layout.margin + 2
        assert top >= 8
        assert bottom <= foot.height - 8


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("field", ["claim", "verdict_label", "verdict_line", "publisher", "address", "date", "note"])
def test_each_word_of_the_content_is_drawn(picture: Picture, field: str, shape: Shape) -> None:
    one, other = picture(shape, **{field: "Một"}), picture(shape, **{field: "Hai"})
    assert ImageChops.difference(one, other).getbbox() is not None


@pytest.mark.parametrize("shape", SHAPES)
def test_lines_of_stacked_capitals_do_not_touch(picture: Picture, shape: Shape) -> None:
    area = _claim_area(picture(shape, claim=CLAIMS["capitals"]), shape).convert("L")
    rows = [min(area.crop((0, row, area.width, row + 1)).tobytes()) < 140 for row in range(area.height)]
    inked = "".join("#" if row else "." for row in rows).strip(".")
    runs = [len(part) for part in inked.split(".") if part]
    bodies = [run for run in runs if run > 0.5 * max(runs)]  # the rest are tones that stand apart from their letters
    assert len(bodies) >= 2, "all lines run together"
    assert max(bodies) < 1.8 * min(bodies), "two lines run together"


def test_empty_fields_leave_their_place_free(picture: Picture) -> None:
    for shape in SHAPES:
        picture(shape, claim="", verdict_label="", verdict_line="", publisher="", address="", date="")


@pytest.mark.parametrize("shape", SHAPES)
def test_verdicts_differ_in_grey_without_their_words(picture: Picture, shape: Shape) -> None:
    layout = LAYOUTS[shape]
    cut = (0, 0, layout.margin + layout.sign + 10, layout.band)
    shapes = {
        verdict: picture(shape, verdict=verdict, verdict_label=".", verdict_line=".")
        .convert("L")
        .crop(cut)
        .point(lambda value: 255 if value > 170 else 0)
        for verdict in SIGNS
    }
    for one, other in combinations(SIGNS, 2):
        histogram = ImageChops.difference(shapes[one], shapes[other]).histogram()
        assert histogram[255] > 1000, (one, other)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_withdrawn_check_shows_it_beyond_its_sign(picture: Picture, shape: Shape) -> None:
    layout = LAYOUTS[shape]

    def corner(verdict: str) -> Image.Image:
        return picture(shape, verdict=verdict, verdict_label=".", verdict_line=".").crop(
            (shape.width // 2, 4, shape.width - 300, 60)
        )

    stripes = corner("withdrawn").getcolors(256) or []
    assert sorted(share for share, _ in stripes)[-2] > 0.25 * sum(share for share, _ in stripes)
    assert picture(shape, verdict="withdrawn").getpixel((4, layout.band - 4)) != picture(shape).getpixel(
        (4, layout.band - 4)
    )
    darkest = min(_claim_area(picture(shape, verdict="withdrawn"), shape).convert("L").tobytes())
    assert darkest > min(_claim_area(picture(shape), shape).convert("L").tobytes()) + 20, "the claim stands back"


@pytest.mark.parametrize("shape", SHAPES)
def test_a_note_stands_on_a_strip_below_the_band(picture: Picture, shape: Shape) -> None:
    spot = (8, LAYOUTS[shape].band + 10)
    assert picture(shape).getpixel(spot) == palette.channels(palette.PAPER)
    strip = palette.channels(palette.colours("false").strip)
    assert picture(shape, note="Đã đính chính ngày 23/11/2026").getpixel(spot) == pytest.approx(strip, abs=4)


def test_flat_grounds_come_out_in_their_colours(picture: Picture) -> None:
    card = picture()
    assert card.getpixel((4, 4)) == pytest.approx(palette.channels(palette.GROUNDS["false"]), abs=4)
    assert card.getpixel((4, 620)) == pytest.approx(palette.channels(palette.SUNK), abs=4)


@pytest.mark.parametrize("shape", SHAPES)
def test_decomposed_text_gives_the_same_card(content: CardContent, shape: Shape) -> None:
    fields = ("claim", "verdict_label", "verdict_line", "publisher", "date")
    decomposed = replace(content, **{name: unicodedata.normalize("NFD", getattr(content, name)) for name in fields})
    assert decomposed != content
    assert draw_card(decomposed, shape) == draw_card(content, shape)


def test_the_same_content_gives_the_same_bytes_in_another_process(content: CardContent) -> None:
    code = (
        f"import sys; from kiemtin.public.cards import *;sys.stdout.buffer.write(draw_card({content!r}, Shape.SQUARE))"
    )
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert again == draw_card(content, Shape.SQUARE)


def test_an_unknown_verdict_is_refused(content: CardContent) -> None:
    with pytest.raises(CardError) as caught:
        draw_card(replace(content, verdict="opinion"), Shape.WIDE)
    assert caught.value.code == "unknown-verdict"
