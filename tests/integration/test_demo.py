from kiemtin.matching.labels import BAND_LABELS


def test_the_samples_are_loaded_and_three_messages_answered_one_per_band(kiemtin):
    result = kiemtin("demo", lang="en")
    assert result.status == 0, result.err
    heads = [line for line in result.out.splitlines() if line[:1] in ("✔", "?", "–")]
    assert [head[2:] for head in heads] == [str(label) for label in BAND_LABELS.values()]
    assert "Kiểm Tin (sample library)" in result.out


def test_again_it_reads_nothing_anew(kiemtin):
    first = kiemtin("demo", "--no-encoder")
    assert first.status == 0, first.err
    again = kiemtin("demo", "--no-encoder")
    assert "Index:" not in again.err
    assert first.out == again.out
