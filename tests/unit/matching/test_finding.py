import pytest
from django.utils import translation

from kiemtin.checks.models import ExternalReview
from kiemtin.matching.ask import join
from kiemtin.matching.finding import FindingKind, of_external_review, of_fact_check
from kiemtin.retrieval import Answer, Band, Match
from tests.publishing import desk_of, published, withdraw

pytestmark = pytest.mark.django_db


def answer(*ids, band=Band.ANSWER):
    return Answer(band, tuple(Match(id=id_, work=work or id_, score=1.0, probability=0.9) for id_, work in ids))


def keys(*ids, band=Band.ANSWER):
    [reply] = join([answer(*ids, band=band)])
    return reply.band, [found.finding.key for found in reply.found]


def test_a_check_of_ours_has_its_revision_and_our_words(settings):
    settings.KIEMTIN_ADDRESS = "https://tin.example"
    check = published("Ăn tỏi trị cúm", slug="an-toi", desk=desk_of("mau", is_sample=True))
    finding = of_fact_check(check)
    assert (finding.kind, finding.is_own, finding.key) == (FindingKind.OWN, True, f"check:{check.pk}")
    assert (finding.publisher_name, finding.claim, finding.summary) == ("Bàn Tin", "Ăn tỏi trị cúm", "Không đúng.")
    assert (finding.rating, finding.verdict, finding.sample) == ("False", "false", True)
    assert (finding.revision, finding.fact_check, finding.external_review) == (check.latest, check, None)
    assert finding.url == f"https://tin.example/en/checks/{check.pk}/an-toi/"
    assert len(finding.sources) == 2
    with translation.override("vi"):
        assert of_fact_check(check).rating == "Sai"
        assert of_fact_check(check).url == f"https://tin.example/checks/{check.pk}/an-toi/"


def test_the_address_is_that_of_the_page():
    from django.urls import reverse

    check = published("Ăn tỏi trị cúm")
    for language in ("vi", "en"):
        with translation.override(language):
            assert of_fact_check(check).url.endswith(reverse("public:check", args=[check.pk, "an-toi-tri-cum"]))


def test_what_is_not_published_is_no_finding():
    check = published("Ăn tỏi trị cúm")
    check.latest = None
    with pytest.raises(ValueError, match="not published"):
        of_fact_check(check)


def test_another_publisher_s_words_stay_theirs(store, review):
    store(review(1, rating="Sai bét", summary="Vì.", language="vi", work="w", sources=({"title": "N"},)))
    finding = of_external_review(ExternalReview.objects.get())
    assert (finding.kind, finding.is_own, finding.key, finding.work) == (FindingKind.EXTERNAL, False, "r1", "w")
    assert (finding.rating, finding.verdict) == ("Sai bét", "")
    assert finding.sources == ({"title": "N"},)


def test_ours_is_given_in_the_reader_s_language():
    vi, en = published("Ăn tỏi", work="toi"), published("Eating garlic", work="toi", language="en")
    assert keys((f"check:{vi.pk}", "toi")) == (Band.ANSWER, [f"check:{en.pk}"])
    with translation.override("vi"):
        assert keys((f"check:{en.pk}", "toi")) == (Band.ANSWER, [f"check:{vi.pk}"])


def test_ours_comes_before_the_same_work_of_another(store, review):
    en = published("Eating garlic", work="toi", language="en")
    store(review(1, work="toi", language="en"))
    assert keys((f"check:{en.pk}", "toi"), ("r1", "toi"))[1][0] == f"check:{en.pk}"


def test_a_withdrawn_check_is_never_given():
    one, other = published("Ăn tỏi"), published("Ăn hành")
    withdraw(one)
    assert keys((f"check:{one.pk}", "")) == (Band.NONE, [])
    assert keys((f"check:{one.pk}", ""), (f"check:{other.pk}", "")) == (Band.MAYBE, [f"check:{other.pk}"])


def test_a_withdrawn_translation_is_not_given():
    vi, en = published("Ăn tỏi", work="toi"), published("Eating garlic", work="toi", language="en")
    withdraw(en)
    assert keys((f"check:{vi.pk}", "toi")) == (Band.ANSWER, [f"check:{vi.pk}"])


def test_many_answers_are_two_questions(store, review, django_assert_num_queries):
    store(review(1), review(2))
    checks = [published("Một"), published("Hai")]
    answers = [answer((f"check:{check.pk}", ""), ("r1", ""), ("r2", "")) for check in checks]
    with django_assert_num_queries(2):
        replies = join(answers)
        assert [found.finding.publisher_name for reply in replies for found in reply.found] == [
            "Bàn Tin", "Báo Kiểm", "Báo Kiểm",
        ] * 2  # fmt: skip
