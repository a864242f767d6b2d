import pytest

from kiemtin.checks.links import host_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/a?b=c", "example.org"),
        ("http://example.org:8000", "example.org"),
        ("HTTPS://Example.org", "example.org"),
        ("ftp://example.org", ""),
        ("javascript://example.org/%0aalert(1)", ""),
        ("//example.org", ""),
        ("http://[x", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_have_a_host(url, host):
    assert host_of(url) == host
