import hashlib

from django.contrib.staticfiles import finders
from django.templatetags.static import static

from kiemtin.config import static_storage


def test_the_address_carries_the_hash_of_the_content():
    name = "kiemtin/css/kiemtin.css"
    with open(finders.find(name), "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    assert static(name).endswith(f"{name}?v={digest[:10]}")


def test_another_content_has_another_address(monkeypatch, tmp_path):
    file = tmp_path / "a.css"
    monkeypatch.setattr(static_storage.finders, "find", lambda name: str(file))
    addresses = set()
    for content in ("a{}", "b{}"):
        file.write_text(content)
        static_storage._digest.cache_clear()
        addresses.add(static("a.css"))
    static_storage._digest.cache_clear()
    assert len(addresses) == 2


def test_what_is_not_there_has_a_plain_address():
    assert static("kiemtin/gone.css").endswith("kiemtin/gone.css")
