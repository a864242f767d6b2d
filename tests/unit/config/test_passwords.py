"""How passwords are kept."""

import pytest
from django.contrib.auth.hashers import get_hashers, identify_hasher, make_password

from kiemtin.config import settings as product

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-thu-nghiem"
LOGIN = "/en/account/login/"


@pytest.fixture(autouse=True)
def as_in_the_product(settings):
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS


def sign_in(client, user):
    return client.post(LOGIN, {"login": user.email, "password": PASSWORD})


def test_they_are_hashed_by_argon2id(checker):
    checker.set_password(PASSWORD)
    assert checker.password.startswith("argon2$argon2id$")
    assert PASSWORD not in checker.password


def test_it_takes_as_much_memory_and_time_as_django_asks_for():
    """RFC 9106 and OWASP ask for at least 19 MiB and two passes."""
    hasher = get_hashers()[0]
    assert (hasher.algorithm, hasher.time_cost >= 2, hasher.memory_cost >= 64 * 1024) == ("argon2", True, True)


def test_a_hash_of_before_is_still_known_and_written_anew_at_sign_in(client, checker):
    checker.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    checker.save()
    assert sign_in(client, checker)["Location"] == "/en/desk/"
    checker.refresh_from_db()
    assert identify_hasher(checker.password).algorithm == "argon2"
    assert client.get("/en/desk/account/").status_code == 200  # and the session goes on


def test_a_hash_that_no_site_should_have_opens_nothing(client, checker):
    checker.password = "md5$salt$5f4dcc3b5aa765d61d8327deb882cf99"
    checker.save()
    sign_in(client, checker)
    assert "_auth_user_id" not in client.session


def test_an_address_without_account_takes_the_work_of_one_hash(client, checker, monkeypatch):
    """Otherwise the time that an answer takes would tell which addresses have an account."""
    made = []
    hasher = type(get_hashers()[0])
    monkeypatch.setattr(hasher, "encode", lambda self, password, salt: made.append(password) or "argon2$none")
    monkeypatch.setattr(hasher, "verify", lambda self, password, encoded: bool(made.append(password)))
    checker.password = "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA"
    checker.save()
    for login in (checker.email, "nobody@example.org"):
        made.clear()
        client.post(LOGIN, {"login": login, "password": "sai-mat-khau"})
        assert made == ["sai-mat-khau"], login
