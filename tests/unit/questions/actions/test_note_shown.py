from kiemtin.matching.finding import of_fact_check
from kiemtin.questions.actions.note_shown import note_shown
from tests.publishing import published


def test_what_was_seen_is_noted_once(asking, desk, django_assert_num_queries):
    request, finding = asking().request, of_fact_check(published("Ăn tỏi"))
    assert note_shown(request=request, answer=finding)
    request.refresh_from_db()
    assert request.shown == finding.revision
    with django_assert_num_queries(0):  # and no lock is taken
        assert not note_shown(request=request, answer=finding)


def test_a_request_that_was_read_before_is_looked_at_again(asking, desk):
    request, finding = asking().request, of_fact_check(published("Ăn tỏi"))
    stale = type(request).objects.get(pk=request.pk)
    assert note_shown(request=request, answer=finding)
    assert not note_shown(request=stale, answer=finding)
