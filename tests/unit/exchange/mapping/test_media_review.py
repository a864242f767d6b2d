import pytest

from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.exchange.mapping.media_review import media_of, media_review
from tests.schema_org import faults


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("Ảnh chụp cá mập bơi trên đường phố", "ImageObject"),
        ("A photo shows a shark on the street", "ImageObject"),
        ("Video bộ trưởng nói sẽ đổi tiền", "VideoObject"),
        ("Bản ghi âm lời giám đốc nhà máy nước", "AudioObject"),
        ("Bộ trưởng nói sẽ đổi tiền", ""),  # a quotation is no medium
        ("Video ghép từ một tấm ảnh cũ", ""),  # two media: which of them is changed is not known
        ("Giao thông bị ảnh hưởng cả tuần", ""),
        ("Việc hình sự đã khép lại", ""),
    ],
)
def test_the_medium_is_the_one_that_the_claim_names(claim, kind):
    assert media_of(claim) == kind


def test_an_altered_picture_has_a_media_review(published):
    check = published(verdict="altered", claim="Ảnh chụp cá mập bơi trên đường phố")
    node = media_review(check)
    assert faults(node) == []
    assert node["mediaAuthenticityCategory"] == "https://schema.org/TransformedContent"
    assert node["itemReviewed"]["mediaItemAppearance"]["@type"] == "ImageObject"
    assert node["url"].endswith(f"/checks/{check.pk}/{check.slug}/")


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "false", "claim": "Ảnh chụp cá mập bơi trên đường phố"},
        {"verdict": "altered", "claim": "Bộ trưởng nói sẽ đổi tiền"},
    ],
)
def test_other_checks_have_none(published, fields):
    assert media_review(published(**fields)) is None


def test_a_withdrawn_one_has_none(published, editor):
    check = published(verdict="altered", claim="Ảnh chụp cá mập bơi trên đường phố")
    withdraw(fact_check=check, by=editor, note="Ảnh là thật.")
    check.refresh_from_db()
    assert media_review(check) is None
