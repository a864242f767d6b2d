import json

from kiemtin.exchange.readers.samples import SampleLibrary

READER = SampleLibrary()


def sample(slug):
    return {
        "slug": slug,
        "verdict": "false",
        "claim": {"vi": f"{slug} vi", "en": f"{slug} en"},
        "summary": {"vi": "Không.", "en": "No."},
    }


def test_one_file_is_one_row(tmp_path, read):
    (tmp_path / "b.json").write_text(json.dumps(sample("b")))
    (tmp_path / "a.json").write_text("\ufeff" + json.dumps(sample("a")), encoding="utf-8")
    (tmp_path / "c.json").write_text("{")
    (tmp_path / "d.json").write_text(json.dumps({"slug": "d"}))
    (tmp_path / "e.json").write_text("[]")
    (tmp_path / "notes.txt").write_text("x")
    assert READER.recognises(tmp_path)
    assert read(READER, tmp_path) == [
        ["a vi", "a en"],
        ["b vi", "b en"],
        (None, "not-json"),
        (None, "not-sample"),
        (None, "not-object"),
    ]


def test_a_folder_without_a_slug_is_not_ours(tmp_path):
    (tmp_path / "a.json").write_text('{"@type": "ClaimReview"}')
    assert not READER.recognises(tmp_path)
    assert not READER.recognises(tmp_path / "a.json")
