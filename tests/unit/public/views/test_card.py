import io

import pytest
from PIL import Image


@pytest.mark.parametrize(("shape", "size"), [("wide", (1200, 630)), ("square", (1080, 1080))])
def test_the_picture_of_the_latest_revision_is_kept_for_good(client, published, shape, size):
    response = client.get(f"/checks/{published().pk}/card-{shape}-r1.png")
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(response.content)).size == size
    assert not response.cookies


def test_an_older_picture_leads_to_what_holds_now(client, published, corrected):
    check = corrected(published())
    response = client.get(f"/checks/{check.pk}/card-wide-r1.png")
    assert (response.status_code, response["Location"]) == (302, f"/checks/{check.pk}/card-wide-r2.png")
    assert "immutable" not in response["Cache-Control"]


@pytest.mark.parametrize("name", ["card-wide-r2.png", "card-wide-r0.png", "card-tall-r1.png"])
def test_there_is_no_other_picture(client, published, name):
    assert client.get(f"/checks/{published().pk}/{name}").status_code == 404


def test_a_draft_has_no_picture(client, draft):
    assert client.get(f"/checks/{draft().pk}/card-wide-r1.png").status_code == 404
