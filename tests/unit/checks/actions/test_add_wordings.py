from kiemtin.audit.models import Event
from kiemtin.checks.actions.add_wordings import add_wordings
from kiemtin.checks.actions.number_changes import last_change
from kiemtin.checks.actions.remove_wordings import remove_wordings
from kiemtin.checks.models import FactCheck, Wording


def test_new_texts_are_stored_and_the_index_is_told(published):
    row = published()
    assert add_wordings(fact_check=row, texts=["Tỏi hết bệnh", "Ăn tỏi đi"], by="user-1") == 2
    assert set(Wording.objects.values_list("text", flat=True)) == {"Tỏi hết bệnh", "Ăn tỏi đi"}
    assert FactCheck.objects.get().seq == last_change() == 2
    event = Event.objects.last()
    assert (event.verb, event.actor, event.detail["count"]) == ("check.wordings-added", "user-1", 2)
    assert "Tỏi" not in str(event.detail)


def test_known_and_empty_texts_are_left_out(published):
    row = published()
    add_wordings(fact_check=row, texts=["Tỏi hết bệnh"], by="worker")
    events = Event.objects.count()
    assert add_wordings(fact_check=row, texts=["  tỏi   hết bệnh\n", "", " "], by="worker") == 0
    assert (last_change(), Event.objects.count(), Wording.objects.count()) == (2, events, 1)


def test_an_unpublished_check_learns_without_a_number(draft):
    row = draft()
    assert add_wordings(fact_check=row, texts=["Tỏi hết bệnh"], by="worker") == 1
    assert (FactCheck.objects.get().seq, last_change()) == (0, 0)


def test_what_was_learnt_can_be_forgotten(published):
    row = published()
    add_wordings(fact_check=row, texts=["Tỏi hết bệnh", "Ăn tỏi đi"], by="worker")
    assert remove_wordings(fact_check=row, texts=["TỎI hết bệnh", "khác"], by="worker") == 1
    assert Wording.objects.get().text == "Ăn tỏi đi"
    assert FactCheck.objects.get().seq == last_change() == 3
    assert remove_wordings(fact_check=row, texts=["khác"], by="worker") == 0
    assert last_change() == 3
