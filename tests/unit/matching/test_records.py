import pytest

from kiemtin.checks.models import ExternalReview
from kiemtin.matching.records import to_record
from kiemtin.retrieval import Record


@pytest.mark.django_db
def test_a_review_is_a_record_by_its_key(store, review):
    store(review(1, summary="Tóm tắt", wordings=("a", "b"), language="vi", work="w"))
    assert to_record(ExternalReview.objects.get()) == Record(
        id="r1", title="Tin đồn số 1 về con chó", text="Tóm tắt", wordings=("a", "b"), lang="vi", work="w"
    )
