import base64
import hashlib
import io
import re

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from django.utils.html import escape

from kiemtin.public.views.busy import busy

WEB = RequestFactory()


def shown(request, *, seconds=9, holds_secrets=False, has_picture=False):
    response = busy(request, seconds=seconds, holds_secrets=holds_secrets, has_picture=has_picture)
    assert response.status_code == 503
    return response


def posted(path, **fields):
    request = WEB.post(path, {"text": "Tin nóng", **fields})
    return received(request)


def received(request):
    """As it is once its body is here."""
    body = request.META["wsgi.input"].read()
    return WSGIRequest(request.META | {"wsgi.input": io.BytesIO(body)})


def page(request, **options):
    return shown(request, **options).content.decode()


def test_it_says_when_to_try_again_in_the_language_of_the_address():
    vietnamese, english = (shown(WEB.get(path)) for path in ("/checks/", "/en/checks/"))
    assert vietnamese["Retry-After"] == english["Retry-After"] == "9"
    assert vietnamese["Content-Language"] == "vi"
    assert '<html lang="vi">' in vietnamese.content.decode()
    assert "Please try again in 9 seconds." in english.content.decode()
    assert english["Cache-Control"] == "private, no-store"


def test_a_page_leads_to_itself():
    assert 'href="/en/checks/?page=2&amp;topic=health"' in page(WEB.get("/en/checks/?page=2&topic=health"))
    assert 'href="/%2Fevil.example/"' in page(WEB.get("/", PATH_INFO="//evil.example/"))


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "\x1atext\x1a", "</textarea>", "\nfirst line"])
def test_the_text_comes_back_as_text(text):
    found = page(posted("/en/ask/", text=text, website=""))
    assert f"\n{escape(text)}</textarea>" in found
    assert "Your text is not lost" in found
    assert '<input type="hidden" name="website" value="">' in found
    assert 'action="/en/ask/"' in found


def test_other_fields_come_back_unseen():
    found = page(posted("/en/share/", title='A "title"', url="https://a.example"))
    assert 'name="title" value="A &quot;title&quot;"' in found
    assert 'name="url" value="https://a.example"' in found


def test_a_form_without_a_text_has_only_its_button():
    found = page(received(WEB.post("/en/r/AAAAAAAAAA/decide/", {"answer": "yes", "match": "7"})))
    assert "<textarea" not in found
    assert 'name="match" value="7"' in found
    assert "<button>" in found


def test_a_picture_has_to_be_chosen_again():
    found = page(posted("/en/ask/", picture=io.BytesIO(b"\x89PNG")), has_picture=True)
    assert "please choose it again" in found
    assert 'type="file"' in found
    assert "\nTin nóng</textarea>" in found


def test_what_holds_secrets_is_not_given_back():
    found = page(posted("/en/account/login/", password="geheim"), holds_secrets=True)
    assert "geheim" not in found
    assert "Go back" in found


def test_what_another_site_sends_is_not_shown():
    request = posted("/en/ask/", text="Không phải của tôi")
    request.META["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert "Không phải" not in page(request)


def test_a_body_that_is_not_here_yet_is_not_waited_for():
    class Stuck:
        def read(self, *_):
            raise AssertionError("it would hang here")

        readline = read

    request = WSGIRequest(WEB.post("/en/ask/", {"text": "a"}).META | {"wsgi.input": Stuck()})
    assert "Go back" in page(request)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"--x\r\nContent-Disposition: form-data\r\n\r\n", b"a=" * 2000])
def test_a_broken_form_is_no_reason_to_break(body):
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded"):
        page(received(WEB.generic("POST", "/en/ask/", body, content_type=kind)))


def test_it_stands_alone():
    """Nothing is loaded; the one style is allowed by its hash; no script runs."""
    response = shown(posted("/en/ask/"))
    found = response.content.decode()
    assert not re.search(r"<(script|link|img|iframe)\b|\sstyle=|\son[a-z]+=|url\(", found)
    (style,) = re.findall(r"<style>(.*?)</style>", found, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = response["Content-Security-Policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy


def test_it_asks_the_database_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        page(posted("/en/ask/"))
        page(WEB.get("/"))
