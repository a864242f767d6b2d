import pytest

from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews
from kiemtin.matching import opening
from kiemtin.retrieval.errors import EncoderUnavailableError

CLAIMS = {
    "shrimp": "Ăn tôm cùng vitamin C sinh ra thạch tín gây chết người",
    "garlic": "Ăn tỏi sống mỗi ngày phòng được virus corona",
    "reverse": "Bấm ngược mã PIN ở cây ATM sẽ báo cho công an",
    "rays": "Tia vũ trụ đêm nay bay sát trái đất, hãy tắt điện thoại",
    "bananas": "Chuối bị tiêm máu nhiễm HIV bán ngoài chợ",
    "microwave": "Lò vi sóng làm thức ăn nhiễm phóng xạ gây ung thư",
}


@pytest.fixture
def store(data, db, review):
    """Store reviews of a few known claims, or those given."""

    def upsert(*reviews):
        known = [review(1, key=key, claim=claim, summary="Không đúng.") for key, claim in CLAIMS.items()]
        return upsert_external_reviews(reviews=reviews or known, by="test")

    return upsert


@pytest.fixture
def encoder_installed(monkeypatch, tiny_encoder):
    monkeypatch.setattr(opening, "load_encoder", lambda: tiny_encoder)
    return tiny_encoder


@pytest.fixture
def encoder_missing(monkeypatch):
    def fail():
        raise EncoderUnavailableError("not installed")

    monkeypatch.setattr(opening, "load_encoder", fail)
