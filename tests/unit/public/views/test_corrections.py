import pytest

from kiemtin.checks.actions.withdraw import withdraw


@pytest.mark.django_db
def test_an_empty_list_says_so(client):
    assert "Nothing has been corrected so far" in client.get("/en/corrections/").content.decode()


def test_corrections_and_withdrawals_of_all_desks_are_listed_newest_first(client, published, corrected, editor):
    check = corrected(published(claim="Tin một về tỏi"), note="Sửa lần một.")
    withdraw(fact_check=check, by=editor, note="Rút vì nguồn sai.")
    corrected(published(claim="Tin hai về tỏi"), note="Sửa lần hai.")
    text = client.get("/en/corrections/").content.decode()
    order = [text.index(note) for note in ("Sửa lần hai.", "Rút vì nguồn sai.", "Sửa lần một.")]
    assert order == sorted(order)
    assert "Nguồn Thật" in text


def test_the_list_is_leafed_through(client, many):
    from tests import publishing

    for check in many[20:30]:
        publishing.revise(check)
    assert 'href="?page=2"' in client.get("/en/corrections/").content.decode()
    assert client.get("/en/corrections/?page=2").status_code == 200
