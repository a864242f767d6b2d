import csv
import io
import zipfile

import pytest

from kiemtin.exchange.readers import tables
from kiemtin.exchange.readers.base import Meter
from kiemtin.exchange.readers.cofacts import CofactsTables
from kiemtin.exchange.rows import Item

READER = CofactsTables()
ARTICLE = {"id": "a1", "status": "NORMAL", "text": "Ăn tỏi khỏi Covid", "createdAt": "2020-05-01T10:00:00Z"}
LINK = {"articleId": "a1", "replyId": "r1", "status": "NORMAL", "positiveFeedbackCount": "2"}
REPLY = {"id": "r1", "type": "RUMOR", "text": "Không đúng.", "createdAt": "2020-05-02T10:00:00Z"}
USER = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def written(rows):
    """A table as it is published: fields quoted only where they hold a comma, a quote or a line feed."""
    out = io.StringIO()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out.write(",".join(columns) + "\n")
    for row in rows:
        cells = [str(row.get(name, "")) for name in columns]
        out.write(",".join(_quoted(cell) for cell in cells) + "\n")
    return out.getvalue().encode()


def _quoted(cell):
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in ',"\n') else cell


@pytest.fixture
def put(tmp_path):
    """Write the three tables, zipped each, into a folder; `one` puts them all into one zip file."""

    def make(articles=(ARTICLE,), links=(LINK,), replies=(REPLY,), *, one=False, raw=None):
        content = {"articles": articles, "article_replies": links, "replies": replies}
        content = {name: written([row | {"userIdsha256": USER} for row in rows]) for name, rows in content.items()}
        content |= raw or {}
        if one:
            with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                for name, body in content.items():
                    archive.writestr(f"opendata/{name}.csv", body)
            return tmp_path / "all.zip"
        folder = tmp_path / "tables"
        folder.mkdir(exist_ok=True)
        for name, body in content.items():
            with zipfile.ZipFile(folder / f"{name}.csv.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(f"{name}.csv", body)
        return folder

    return make


def reviews(path):
    return [row.reviews[0] for row in READER.rows(path, Meter()) if isinstance(row, Item)]


def faults(path):
    return [row.fault.value for row in READER.rows(path, Meter()) if not isinstance(row, Item)]


@pytest.mark.parametrize("one", [False, True])
def test_an_article_with_a_reply_is_a_review_of_cofacts_in_its_own_word(one, put):
    path = put(one=one)
    assert READER.recognises(path)
    (review,) = reviews(path)
    assert (review.publisher_name, review.rating, review.claim) == ("Cofacts", "RUMOR", "Ăn tỏi khỏi Covid")
    assert (review.url, review.summary) == ("https://cofacts.tw/article/a1", "Không đúng.")
    assert str(review.published) == "2020-05-02"
    assert faults(path) == []


def test_user_ids_are_in_nothing_that_comes_out(put):
    assert USER not in repr(reviews(put()))


@pytest.mark.parametrize("kind", ["OPINIONATED", "NOT_ARTICLE"])
def test_what_cofacts_does_not_rate_is_left_out_and_said_to_be(kind, put):
    path = put(replies=[REPLY | {"type": kind}])
    assert (reviews(path), faults(path)) == ([], ["not-rated"])


def test_beside_an_opinion_the_rating_counts(put):
    opinion = REPLY | {"id": "r2", "type": "OPINIONATED", "text": "Tôi nghĩ vậy."}
    links = [LINK, LINK | {"replyId": "r2", "positiveFeedbackCount": "99"}]
    (review,) = reviews(put(links=links, replies=[REPLY, opinion]))
    assert (review.rating, review.summary) == ("RUMOR", "Không đúng.")


def test_of_several_ratings_the_one_with_the_best_feedback_counts(put):
    other = REPLY | {"id": "r2", "type": "NOT_RUMOR", "text": "Đúng."}
    links = [
        LINK | {"positiveFeedbackCount": "5", "negativeFeedbackCount": "4"},
        LINK | {"replyId": "r2", "positiveFeedbackCount": "3", "negativeFeedbackCount": "0"},
    ]
    assert reviews(put(links=links, replies=[REPLY, other]))[0].rating == "NOT_RUMOR"


def test_what_cofacts_has_hidden_is_not_there(put):
    assert reviews(put(articles=[ARTICLE | {"status": "BLOCKED"}])) == []
    assert reviews(put(links=[LINK | {"status": "DELETED"}])) == []


def test_an_article_without_a_reply_is_no_row(put):
    path = put(articles=[ARTICLE, ARTICLE | {"id": "a2"}])
    assert len(list(READER.rows(path, Meter()))) == 1


@pytest.mark.parametrize("text", ["Ăn tỏi\rkhỏi Covid", "Ăn tỏi\r khỏi, Covid", "Ăn\rtỏi\r\r\nkhỏi Covid"])
def test_a_bare_return_inside_a_text_corrupts_no_row(text, put):
    """Unquoted in the first text, quoted in the others: readers of CSV take it for the end of a row."""
    articles = [ARTICLE | {"text": text}, ARTICLE | {"id": "a2", "text": "Tin hai"}]
    path = put(articles=articles, links=[LINK, LINK | {"articleId": "a2"}])
    assert b"\r" in written(articles)
    assert [review.claim for review in reviews(path)] == [" ".join(text.split()), "Tin hai"]
    assert faults(path) == []


def test_python_s_own_reader_would_have_been_corrupted():
    rows = written([ARTICLE | {"text": "Ăn tỏi\rkhỏi"}]).decode()
    with pytest.raises(csv.Error):
        list(csv.reader([rows.split("\n")[1]]))


def test_lines_that_end_in_two_signs_are_read_as_well(put):
    path = put(raw={"articles": written([ARTICLE]).replace(b"\n", b"\r\n")})
    assert [review.claim for review in reviews(path)] == ["Ăn tỏi khỏi Covid"]


def test_a_bad_row_costs_itself(put):
    broken = b"id,text,status\na1,Tin,NORMAL\nnope\na2,Tin hai,NORMAL\n"
    path = put(links=[LINK, LINK | {"articleId": "a2"}], raw={"articles": broken})
    assert [review.claim for review in reviews(path)] == ["Tin", "Tin hai"]
    assert faults(path) == ["bad-row"]


def test_a_quote_that_never_ends_is_bounded(put, monkeypatch):
    monkeypatch.setattr(tables, "_FIELD", 1_000)
    broken = b'id,text\na1,"' + b"x" * 5_000 + b"\n" + b"y\n" * 10
    path = put(raw={"articles": broken})
    assert set(faults(path)) == {"bad-row"}


def test_a_table_without_its_columns_is_cut_short(put):
    assert faults(put(raw={"articles": b"a,b\n1,2\n"})) == ["missing-column"]


def test_a_bomb_is_read_up_to_its_bound(put, monkeypatch):
    monkeypatch.setattr(tables, "_FREE", 1 << 16)
    bomb = b"id,text\n" + (b"a1," + b"x" * 100_000 + b"\n") * 300
    path = put(raw={"articles": bomb})
    packed = path.joinpath("articles.csv.zip").stat().st_size
    assert len(bomb) > packed * tables.MAX_RATIO + (1 << 16)
    found = list(READER.rows(path, Meter()))
    assert found[-1].fault.value == "unpacks-too-large"
    assert len(found) < 300


def test_a_zip_whose_directory_lies_is_bounded_as_it_is_read(put, monkeypatch):
    monkeypatch.setattr(tables, "MAX_UNPACKED", 10)
    assert "unpacks-too-large" in faults(put())


def test_a_zip_with_a_thousand_members_is_not_gone_through(tmp_path):
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1_000):
            archive.writestr(f"{number}.csv", "")
    assert not READER.recognises(path)


def test_a_damaged_zip_says_so(put):
    path = put()
    table = path / "articles.csv.zip"
    content = bytearray(table.read_bytes())
    content[60:70] = b"\xff" * 10
    table.write_bytes(content)
    assert faults(path) == ["broken-zip"]


def test_a_name_inside_a_zip_that_is_no_text_says_so(put):
    """A name stands twice in a zip file; the directory may be right where the other is not."""
    path = put()
    table = path / "articles.csv.zip"
    content = bytearray(table.read_bytes())
    content[7] |= 0x08  # the flag that says it is UTF-8
    content[30] = 0xFF
    table.write_bytes(content)
    assert faults(path) == ["broken-zip"]


def test_names_inside_a_zip_lead_nowhere(tmp_path):
    """Nothing is unpacked to disk: a name is only a name."""
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, rows in (("articles", [ARTICLE]), ("article_replies", [LINK]), ("replies", [REPLY])):
            archive.writestr(f"../../{name}.csv", written(rows))
    assert len(reviews(path)) == 1
    assert sorted(found.name for found in tmp_path.iterdir()) == ["all.zip"]
