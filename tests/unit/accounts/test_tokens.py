import pytest
from django.db import IntegrityError, transaction

from kiemtin.accounts.models import ApiToken
from kiemtin.accounts.tokens import PREFIX, digest_of, find_token, new_secret, shown_prefix


def test_a_secret_is_long_and_another_one_each_time():
    secrets = {new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert all(secret.startswith(PREFIX) and len(secret) > 40 for secret in secrets)
    assert len(shown_prefix(secrets.pop())) < 12


@pytest.mark.django_db
def test_a_token_is_found_by_its_hash_and_by_nothing_else(desk, administrator, django_assert_num_queries):
    from django.utils import timezone

    secret = new_secret()
    row = ApiToken.objects.create(
        desk=desk,
        name="Bot",
        prefix=secret[:11],
        digest=digest_of(secret),
        made_by=administrator,
        expires=timezone.now(),
    )
    assert find_token(secret) == row
    assert find_token(row.digest) is find_token(secret[:-1]) is find_token(PREFIX + "\ud800") is None
    with django_assert_num_queries(0):
        assert find_token("Basic") is None


@pytest.mark.django_db
def test_the_database_holds_that_reviews_come_under_a_name(desk, administrator):
    from django.utils import timezone

    given = {"desk": desk, "name": "Bot", "scopes": "ask pages", "made_by": administrator, "expires": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.create(digest="a", publisher_name="Báo", **given)
    ApiToken.objects.create(digest="b", publisher_name="Báo", publisher_site="bao.example", **given)
