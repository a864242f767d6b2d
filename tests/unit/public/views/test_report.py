import pytest

from kiemtin.questions.models import ErrorReport


@pytest.fixture
def path(published):
    return f"/en/checks/{published().pk}/report/"


def test_a_report_is_stored_masked_and_thanked_for(client, path):
    response = client.post(path, {"text": "Năm sai, gọi 0912 345 678"}, REMOTE_ADDR="203.0.113.9")
    assert (response.status_code, response["Location"]) == (302, f"{path}thanks/")
    report = ErrorReport.objects.get()
    assert "0912" not in report.text
    assert report.revision == report.fact_check.latest
    assert "Thank you" in client.get(response["Location"]).content.decode()
    assert not client.cookies


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "This field is required."),
        ({"text": "x" * 4001}, "4000"),
        ({"text": "Sai", "website": "https://spam.example"}, "hidden field"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_form(client, path, fields, said):
    response = client.post(path, fields)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not ErrorReport.objects.exists()


def test_a_flood_is_held_back_and_told_when_to_try_again(client, path):
    for _ in range(5):
        assert client.post(path, {"text": "Sai"}, REMOTE_ADDR="203.0.113.9").status_code == 302
    response = client.post(path, {"text": "Sai"}, REMOTE_ADDR="203.0.113.9")
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3600
    assert client.post(path, {"text": "Sai"}, REMOTE_ADDR="203.0.113.10").status_code == 302
    assert ErrorReport.objects.count() == 6


def test_another_sites_form_is_refused(client, path):
    response = client.post(path, {"text": "Sai"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert not ErrorReport.objects.exists()


def test_the_form_needs_no_cookie_even_where_tokens_are_checked(path):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"text": "Sai"}).status_code == 302


def test_a_draft_takes_no_report(client, draft):
    assert client.get(f"/checks/{draft().pk}/report/").status_code == 404
