import pytest
from django.core.exceptions import ImproperlyConfigured

from kiemtin.config.fetch_allow import fetch_allow


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", set()),
        (" , ", set()),
        ("127.0.0.1:8001", {("127.0.0.1", 8001)}),
        ("Desk.Lan:80, [::1]:8002", {("desk.lan", 80), ("::1", 8002)}),
    ],
)
def test_hosts_with_their_ports(text, expected):
    assert fetch_allow(text) == expected


@pytest.mark.parametrize(
    "text", ["127.0.0.1", "*:80", "*.lan:80", "http://a:80", "a:80/x", "a:x", "a:99999", "u@a:80", "10.0.0.0/8", ":80"]
)
def test_anything_else_is_refused(text):
    with pytest.raises(ImproperlyConfigured):
        fetch_allow(text)
