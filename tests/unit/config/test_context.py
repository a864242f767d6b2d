from django.utils.translation import override

from kiemtin.config.context import site


def test_a_page_knows_where_it_stands_in_the_other_language(rf):
    with override("vi"):
        (other,) = site(rf.get("/desk/mau/?tab=mine"))["alternates"]
    assert (other.code, other.name, other.url) == ("en", "English", "/en/desk/mau/?tab=mine")
    with override("en"):
        (other,) = site(rf.get("/en/account/login/"))["alternates"]
    assert (other.code, other.url) == ("vi", "/account/login/")


def test_what_was_sent_is_not_lost_by_a_change_of_language(rf):
    with override("vi"):
        assert not site(rf.post("/desk/mau/views/"))["alternates"]
