from kiemtin.retrieval.text.filler import telling


def test_words_that_only_ask_say_nothing_with_tones_or_without():
    assert telling("mọi người ơi cái này có thật không".split()) == []
    assert telling("moi nguoi oi cai nay co that khong".split()) == []
    assert telling("uống lá đu đủ có thật không".split()) == ["uống", "lá", "đu", "đủ"]
