import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.models import ExternalReview
from kiemtin.exchange.models import MarkupPage
from tests import publishing

pytestmark = pytest.mark.django_db

PAGES = "/v1alpha1/pages"
URL = "https://www.baokiem.example/kiem-chung/1"


def page(*claims, **fields):
    """Markup as a publisher sends it, full of people."""
    markups = [
        {
            "claimReviewed": claim,
            "claimDate": "2026-11-01",
            "claimLocation": "Hà Nội",
            "claimAuthor": {"name": "Nguyễn Văn Người", "jobTitle": "Tài xế", "sameAs": "https://mang.example/nguoi"},
            "claimFirstAppearance": "https://mang.example/nguoi/1",
            "claimAppearances": ["https://mang.example/nguoi/2"],
            "rating": {
                "textualRating": "Hoàn toàn bịa đặt",
                "ratingValue": 1,
                "bestRating": 5,
                "worstRating": 1,
                "ratingExplanation": "Không có nghiên cứu nào.",
                "imageUrl": "https://mang.example/a.png",
            },
        }
        for claim in claims
    ]
    given = {"pageUrl": URL, "publishDate": "2026-11-20", "claimReviewAuthor": {"name": "Ai Đó Khác"}}
    return given | {"claimReviewMarkups": markups} | fields


@pytest.fixture
def press(data, token):
    return token("pages")


def standing():
    return sorted(ExternalReview.objects.filter(withdrawn=False).values_list("claim", flat=True))


def test_what_is_handed_in_answers_under_the_publishers_name_and_in_its_words(press):
    response = press.post(PAGES, page("Tỏi chữa khỏi Covid-19"))
    assert response.status_code == 200
    told = response.json()
    assert told["claimReviewAuthor"] == {"name": "Báo Kiểm"}
    assert told["versionId"] == "1"
    row = ExternalReview.objects.get()
    assert (row.publisher_name, row.publisher_site, row.url) == ("Báo Kiểm", "baokiem.example", URL)
    assert (row.rating, row.rating_value, row.rating_best) == ("Hoàn toàn bịa đặt", 1, 5)
    assert (row.summary, row.language, str(row.claim_date)) == ("Không có nghiên cứu nào.", "vi", "2026-11-01")
    assert press.get(f"/v1alpha1/{told['name']}").json() == told


def test_nothing_on_people_is_kept_or_given_back(press):
    answer = press.post(PAGES, page("Tỏi chữa khỏi Covid-19")).content.decode()
    rows = (ExternalReview, MarkupPage, Event)
    stored = answer + "".join(str(list(model.objects.values())) for model in rows)
    assert not any(word in stored for word in ("Nguyễn Văn Người", "Tài xế", "mang.example", "Ai Đó Khác"))


def test_it_is_found_at_once_by_search(press, indexed):
    press.post(PAGES, page("Tỏi chữa khỏi Covid-19"))
    indexed()
    (claim,) = press.get("/v1alpha1/claims:search", {"query": "tỏi chữa covid"}).json()["claims"]
    assert claim["claimReview"][0]["textualRating"] == "Hoàn toàn bịa đặt"


def test_a_change_replaces_all_of_it(press):
    name = press.post(PAGES, page("Một tin", "Hai tin")).json()["name"]
    told = press.send("PUT", f"/v1alpha1/{name}", page("Hai tin", "Ba tin", versionId="1")).json()
    assert told["versionId"] == "2"
    assert standing() == ["Ba tin", "Hai tin"]
    press.send("PUT", f"/v1alpha1/{name}", page("Một tin", versionId="2"))
    assert standing() == ["Một tin"]


@pytest.mark.parametrize("version", [{}, {"versionId": "0"}, {"versionId": "2"}, {"versionId": "x"}])
def test_who_changes_another_version_than_they_read_is_refused(press, version):
    name = press.post(PAGES, page("Một tin")).json()["name"]
    response = press.send("PUT", f"/v1alpha1/{name}", page("Hai tin", **version))
    assert (response.status_code, response.json()["error"]["status"]) == (409, "ABORTED")
    assert standing() == ["Một tin"]


def test_what_is_taken_back_answers_no_more_and_can_come_back(press):
    name = press.post(PAGES, page("Một tin")).json()["name"]
    assert press.send("DELETE", f"/v1alpha1/{name}", "").json() == {}
    assert standing() == []
    assert press.get(f"/v1alpha1/{name}").status_code == 404
    assert press.send("DELETE", f"/v1alpha1/{name}", "").status_code == 404
    again = press.post(PAGES, page("Một tin")).json()
    assert (again["name"], again["versionId"]) == (name, "3")
    assert standing() == ["Một tin"]


def test_what_somebody_else_has_withdrawn_stays_so(press):
    from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews

    name = press.post(PAGES, page("Một tin")).json()["name"]
    withdraw_external_reviews(keys=[ExternalReview.objects.get().key], by="desk")
    press.send("PUT", f"/v1alpha1/{name}", page("Một tin", versionId="1"))
    assert standing() == []


def test_a_page_has_one_markup(press):
    press.post(PAGES, page("Một tin"))
    response = press.post(PAGES, page("Hai tin", pageUrl=f"{URL}#cuoi-trang"))
    assert (response.status_code, response.json()["error"]["status"]) == (409, "ALREADY_EXISTS")


def test_only_the_site_of_the_token_can_be_written(press):
    for fields in (
        {"pageUrl": "https://khac.example/1"},
        {"pageUrl": "https://baokiem.example.evil.example/1"},
        {"pageUrl": "https://xbaokiem.example/1"},
    ):
        response = press.post(PAGES, page("Một tin", **fields))
        assert (response.status_code, response.json()["error"]["status"]) == (403, "PERMISSION_DENIED")
    below = page("Một tin")
    below["claimReviewMarkups"][0]["url"] = "https://khac.example/1"
    assert press.post(PAGES, below).status_code == 403
    assert press.post(PAGES, page("Một tin", pageUrl="https://tin.baokiem.example/1")).status_code == 200


def test_nobody_writes_what_another_desk_or_publisher_handed_in(press, token, other_desk, member):
    name = press.post(PAGES, page("Một tin")).json()["name"]
    other = token("pages", desk=other_desk, by=member("Kia", "administrator", other_desk))
    for bot in (other, token("pages", site="khac.example")):
        for method, body in (("PUT", page("Hai tin", versionId="1")), ("DELETE", "")):
            response = bot.send(method, f"/v1alpha1/{name}", body)
            assert (response.status_code, response.json()["error"]["status"]) == (403, "PERMISSION_DENIED")
    assert standing() == ["Một tin"]


def test_only_a_token_of_the_scope_writes(api, token, press):
    name = press.post(PAGES, page("Một tin")).json()["name"]
    for bot, status, word in ((api, 401, "UNAUTHENTICATED"), (token("ask", "cases:read"), 403, "PERMISSION_DENIED")):
        for method, path in (("POST", PAGES), ("PUT", f"/v1alpha1/{name}"), ("DELETE", f"/v1alpha1/{name}")):
            response = bot.send(method, path, page("Hai tin", versionId="1"))
            assert (response.status_code, response.json()["error"]["status"]) == (status, word)
    assert standing() == ["Một tin"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"pageUrl": ""}, "pageUrl"),
        ({"pageUrl": "javascript:alert(1)"}, "pageUrl"),
        ({"publishDate": "hôm qua"}, "publishDate"),
        ({"claimReviewMarkups": []}, "claimReviewMarkups"),
        ({"claimReviewMarkups": [{"rating": {"textualRating": "Sai"}}]}, "claimReviewMarkups.0.claimReviewed"),
        ({"claimReviewMarkups": [{"claimReviewed": "Tin"}]}, "claimReviewMarkups.0.rating"),
        ({"claimReviewMarkups": [{"claimReviewed": "Tin", "rating": {}}]}, "claimReviewMarkups.0.rating.textualRating"),
        (
            {"claimReviewMarkups": [{"claimReviewed": "<b>", "rating": {"textualRating": "Sai"}}]},
            "claimReviewMarkups.0.claimReviewed",
        ),
        (
            {"claimReviewMarkups": [{"claimReviewed": "Tin", "rating": {"textualRating": "Sai", "ratingValue": 1.5}}]},
            "claimReviewMarkups.0.rating.ratingValue",
        ),
        ({"claimReviewMarkups": "x"}, "claimReviewMarkups"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(press, fields, field):
    response = press.post(PAGES, page("Một tin", **fields))
    assert (response.status_code, response.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert response.json()["error"]["details"][1]["fieldViolations"][0]["field"] == field
    assert not MarkupPage.objects.exists()


def test_each_change_is_in_the_log_of_the_desk_by_its_token(press, desk):
    name = press.post(PAGES, page("Một tin")).json()["name"]
    press.send("PUT", f"/v1alpha1/{name}", page("Hai tin", versionId="1"))
    press.send("DELETE", f"/v1alpha1/{name}", "")
    events = Event.objects.filter(desk=desk.slug, verb__startswith="page-markup.")
    assert [event.verb.split(".")[1] for event in events] == ["created", "updated", "deleted"]
    assert {event.actor for event in events} == {press.row.actor}


# Reading


def test_our_own_checks_are_pages_that_can_only_be_read(press, api, desk, settings):
    settings.KIEMTIN_ADDRESS = "https://kiem.example"
    check = publishing.published("Tỏi chữa khỏi Covid-19", desk=desk)
    told = api.get(f"{PAGES}/check-{check.pk}").json()
    (markup,) = told["claimReviewMarkups"]
    assert (markup["claimReviewed"], markup["rating"]["textualRating"]) == ("Tỏi chữa khỏi Covid-19", "Sai")
    assert (told["claimReviewAuthor"]["name"], told["versionId"]) == (desk.name, "1")
    for url in (told["pageUrl"], f"https://kiem.example/en/checks/{check.pk}/x/"):
        assert api.get(PAGES, {"url": url}).json()["claimReviewMarkupPages"] == [told]
    for method in ("PUT", "DELETE"):
        refused = press.send(method, f"{PAGES}/check-{check.pk}", page("Một tin", versionId="1"))
        assert refused.json()["error"]["status"] == "PERMISSION_DENIED"
    publishing.withdraw(check)
    assert api.get(f"{PAGES}/check-{check.pk}").status_code == 404


def test_pages_are_listed_by_address_or_by_organisation(press, api, desk, settings):
    settings.KIEMTIN_ADDRESS = "https://kiem.example"
    for number in range(5):
        press.post(PAGES, page(f"Tin {number}", pageUrl=f"{URL}{number}"))
        publishing.published(f"Tin ta {number}", desk=desk)
    (one,) = api.get(PAGES, {"url": f"{URL}3"}).json()["claimReviewMarkupPages"]
    assert one["pageUrl"] == f"{URL}3"
    assert api.get(PAGES, {"url": "https://khac.example/"}).json() == {}
    for organisation in ("www.baokiem.example", "kiem.example"):
        names, token = [], ""
        while token is not None:
            found = api.get(
                PAGES, {"organization": organisation, "pageSize": 2, "offset": 0, "pageToken": token}
            ).json()
            names += [row["name"] for row in found["claimReviewMarkupPages"]]
            token = found.get("nextPageToken")
        assert len(set(names)) == len(names) == 5


def test_one_of_both_must_be_given(api):
    for asked in ({}, {"url": URL, "organization": "a.example"}):
        assert api.get(PAGES, asked).json()["error"]["status"] == "INVALID_ARGUMENT"


@pytest.mark.parametrize("name", ["x", "check-0", "check-999999999999999999", "check-x", "%00", "a" * 300])
def test_a_page_that_is_not_there_is_not_found(api, name):
    assert api.get(f"{PAGES}/{name}").json()["error"]["status"] == "NOT_FOUND"
