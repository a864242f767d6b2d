from kiemtin.bench.fit.plan import PLAN


def test_no_test_part_is_ever_learnt_from():
    assert {source.split for source in PLAN} <= {"train", "dev"}


def test_the_figures_that_are_reported_on_a_dev_part_are_not_learnt_from_it():
    # MAP@5 of vicov19qa-vi is reported on dev, since its test part is elsewhere.
    assert all(source.split == "train" for source in PLAN if source.folder == "vicov19qa-vi")


def test_every_kind_of_text_is_learnt_with_and_without_diacritics():
    vietnamese = {s.folder for s in PLAN if s.folder.endswith("-vi") and not s.folder.startswith("ntrex")}
    assert {s.folder for s in PLAN if s.bare} == vietnamese


def test_bands_are_learnt_from_tweets_and_from_our_own_messages():
    assert {s.folder for s in PLAN if s.calibrate} == {"checkthat-2020-2-en", "checkthat-2021-2a-en", "kiemtin-vi"}
