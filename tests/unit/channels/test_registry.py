from kiemtin.channels.registry import CHANNELS, channels


def test_each_channel_stands_under_its_name_and_has_words():
    assert {name: channel.name for name, channel in CHANNELS.items()} == {name: name for name in CHANNELS}
    assert all(str(channel.label) for channel in CHANNELS.values())


def test_a_channel_that_is_not_set_up_is_not_there(settings):
    settings.KIEMTIN_SENDS_MAIL = False
    assert "mail" not in channels()
    settings.KIEMTIN_SENDS_MAIL = True
    assert channels()["mail"] is CHANNELS["mail"]
