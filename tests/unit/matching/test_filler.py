from kiemtin.matching.filler import only_asks


def test_what_asks_and_says_nothing():
    assert only_asks("")
    assert only_asks("Ad ơi, link này có lừa đảo ko? 🙏 https://a.vn")
    assert not only_asks("Uống lá đu đủ có khỏi ung thư không?")
