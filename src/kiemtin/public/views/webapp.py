"""What makes the site an app on a phone: its manifest, its service worker, and the page it shows without a network."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.translation import get_language, gettext, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from kiemtin.public.caching import site_version
from kiemtin.public.pages import LANGUAGES

_LIGHT, _BRAND = "#faf7f0", "#0d4f63"
_ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("maskable-192.png", "192x192", "maskable"),
    ("maskable-512.png", "512x512", "maskable"),
)
_WORKER = Path(__file__).resolve().parent.parent / "service_worker.js"
_HASHED = ("css/kiemtin.css", "js/theme.js", "js/kiemtin.js", "js/app.js", "icons/favicon.svg", "icons/icon-192.png")
_AS_THEY_ARE = ("fonts/be-vietnam-pro-400.woff2", "fonts/be-vietnam-pro-700.woff2")  # as the stylesheet names them
_PICTURES = ("image/jpeg", "image/png", "image/webp", "image/heic", "image/gif")
_STAFF = ("/desk/", "/account/")


@cache
def _version() -> str:
    """Hash over the program and every file that is kept."""
    digest = hashlib.sha256(site_version().encode())
    for name in (*_HASHED, *_AS_THEY_ARE):
        if found := finders.find(f"kiemtin/{name}"):
            digest.update(Path(str(found)).read_bytes())
    return digest.hexdigest()[:12]


def _tag(request: HttpRequest) -> str:
    return f'"{_version()}"'


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the app (W3C Web Application Manifest) in the active language.

    Shared texts come by POST: so they stand in no address, no history and no log.
    """
    home = reverse("public:home")
    content = {
        "id": "/",
        "name": gettext("Kiểm Tin: is this message true?"),
        "short_name": "Kiểm Tin",
        "description": gettext("Paste a message you doubt and see what has been checked about it, with sources."),
        "lang": get_language(),
        "dir": "ltr",
        "start_url": home,
        "scope": "/",
        "display": "standalone",
        "background_color": _LIGHT,
        "theme_color": _LIGHT,
        "categories": ["news", "utilities"],
        "icons": [
            {"src": static(f"kiemtin/icons/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in _ICONS
        ],
        "shortcuts": [
            {"name": gettext("My receipt code"), "url": reverse("public:receipt-find")},
            {"name": gettext("Fact-checks"), "url": reverse("public:checks")},
        ],
        "share_target": {
            "action": reverse("public:share-target"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "picture", "accept": list(_PICTURES)}],
            },
        },
    }
    return JsonResponse(content, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
@cache_control(no_cache=True)
@condition(_tag)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker, told what to keep; its first line changes with everything that it keeps."""
    told = {
        "version": _version(),
        "offline": {code: _in(code, "public:offline") for code in LANGUAGES},
        "shell": _shell(),
        "drafts": [_in(code, name) for code in LANGUAGES for name in ("public:ask", "public:share-target")],
        "homes": {code: _in(code, "public:home") for code in LANGUAGES},
        "staff": [
            home.rstrip("/") + path for home in {_in(code, "public:home") for code in LANGUAGES} for path in _STAFF
        ],
        "language": settings.LANGUAGE_CODE,
    }
    script = f"const SITE = {json.dumps(told, sort_keys=True)};\n{_WORKER.read_text(encoding='utf-8')}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def offline(request: HttpRequest) -> HttpResponse:
    """Say that there is no network; the service worker keeps this page."""
    return render(request, "public/offline.html", {"alternates": ()})


def _in(language: str, name: str) -> str:
    with override(language):
        return reverse(name)


def _shell() -> list[str]:
    plain = [f"/{settings.STATIC_URL.strip('/')}/kiemtin/{name}" for name in _AS_THEY_ARE]
    return [static(f"kiemtin/{name}") for name in _HASHED] + plain


urlpatterns = [
    path("manifest.webmanifest", manifest, name="manifest"),
    path("sw.js", service_worker, name="service-worker"),
    path("offline/", offline, name="offline"),
]
