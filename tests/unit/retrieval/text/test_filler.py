from kiemtin.retrieval.text.filler import telling


def of(text):
    return telling(text.split())


def test_words_that_only_ask_say_nothing_with_tones_or_without():
    assert of("mọi người ơi cái này có thật không") == of("moi nguoi oi cai nay co that khong") == []
    assert of("uống lá đu đủ có thật không") == ["uống", "lá", "đu", "đủ"]
