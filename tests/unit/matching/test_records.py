import pytest

from kiemtin.checks.models import ExternalReview
from kiemtin.matching.records import _MARK, check_id, check_pk, of_check, of_review, to_record
from kiemtin.questions.masking import Kind
from kiemtin.retrieval import Record
from tests.publishing import published, withdraw


@pytest.mark.django_db
def test_a_review_is_a_record_by_its_key(store, review):
    store(review(1, summary="Tóm tắt", wordings=("a", "b"), language="vi", work="w"))
    assert to_record(of_review(ExternalReview.objects.get())) == Record(
        id="r1", title="Tin đồn số 1 về con chó", text="Tóm tắt", wordings=("a", "b"), lang="vi", work="w"
    )


@pytest.mark.django_db
def test_a_check_is_its_last_revision_and_what_people_decided_to_be_its_claim():
    check = published("Ăn tỏi trị cúm", wordings=["tỏi trị cúm", "gọi [phone] mua tỏi"])
    check.claim = "bản nháp sau đó"
    first = check.known_wordings.create(text="gọi [phone] mua tỏi", digest="1")
    check.newest_wordings = [check.known_wordings.create(text="ai ăn tỏi cũng khỏi", digest="2"), first]
    entry = of_check(check)
    assert (entry.id, entry.work, entry.seq, entry.lang) == (f"check:{check.pk}", f"check:{check.pk}", check.seq, "vi")
    assert (entry.title, entry.text) == ("Ăn tỏi trị cúm", "Không đúng.")
    assert entry.wordings == ("tỏi trị cúm", "gọi   mua tỏi", "ai ăn tỏi cũng khỏi")


@pytest.mark.django_db
def test_translations_share_their_work_and_a_withdrawn_check_is_gone():
    check = published("Ăn tỏi trị cúm", work="toi")
    assert of_check(check).work == "toi"
    withdraw(check)
    assert of_check(check).is_gone


def test_ids_tell_ours_from_those_of_others():
    assert check_pk(check_id(7)) == 7
    assert [check_pk(id_) for id_ in ("check:", "check:x", "claimreview:7", "xcheck:7", "check:7 ")] == [None] * 5


@pytest.mark.parametrize("kind", Kind)
def test_every_mark_of_masking_is_left_out(kind):
    assert _MARK.sub("", kind.mark) == ""
