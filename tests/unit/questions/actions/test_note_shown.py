from kiemtin.matching.finding import of_fact_check
from kiemtin.questions.actions.note_shown import note_shown
from tests.publishing import published


def test_what_was_seen_is_noted_once(asking, desk):
    request, finding = asking().request, of_fact_check(published("Ăn tỏi"))
    assert note_shown(request=request, answer=finding)
    request.refresh_from_db()
    assert request.shown == finding.revision
    assert not note_shown(request=request, answer=finding)
