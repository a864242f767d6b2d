import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.media.links.known import KNOWN, is_well_known
from kiemtin.media.links.lookalikes import Likeness, resemblance, scripts, shape

BANK = "vietcombank.com.vn"
OTHERS = """
vietcombank.com.vn portal.vietcombank.com.vn acb.org vietnambiz.vn google.co.uk amazon.de 1.2.3.4 vtv.news
commons.wikimedia.org ngoisao.vn appleinsider.com suckhoedoisong.vn benhvien108.vn ubnd.hanoi.gov.vn mobile-news.org
giaoducthoidai.vn sggp.org.vn
"""


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("vietcornbank.com.vn", BANK),
        ("vietc0mbank.xyz", BANK),
        ("xn--vetcombank-x2i.com", BANK),
        ("v\u0456etcombank.com", BANK),
        ("vıetcombank.vn", BANK),
        ("việtcombank.vn", BANK),
        ("vietconbank.vn", BANK),
        ("vietcombnak.vn", BANK),
        ("vietcombankk.vn", BANK),
        ("login.vietc0mbank.evil.xyz", BANK),
        ("vletcombank-app.top", BANK),
        ("m0mo.vn", "momo.vn"),
        ("\u0440\u0430\u0443\u0440\u0430l.com", "paypal.com"),
        ("faceb00k.com", "facebook.com"),
    ],
)
def test_it_looks_like_a_known_one(host, known):
    found = resemblance(host)
    assert (found.host, found.likeness) == (known, Likeness.LOOKS_LIKE)


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("vietcombank-khuyenmai.top", BANK),
        ("vietcombank24h.com", BANK),
        ("vietcombank.com.vn.login.xyz", BANK),
        ("vietcombank.xyz", BANK),
        ("dichvucong.online", "dichvucong.gov.vn"),
        ("qua-momo.top", "momo.vn"),
    ],
)
def test_it_bears_the_name_of_a_known_one(host, known):
    found = resemblance(host)
    assert (found.host, found.likeness) == (known, Likeness.BEARS_NAME)


@pytest.mark.parametrize("host", OTHERS.split())
def test_what_is_its_own_or_nothing_of_the_kind_resembles_nothing(host):
    assert resemblance(host) is None


def test_all_known_ones_are_known_and_none_looks_like_another():
    for domains in KNOWN.values():
        for domain in domains:
            assert is_well_known(domain)
            assert resemblance(domain) is None
    shapes = [shape(name) for name in KNOWN]
    assert len(set(shapes)) == len(shapes)


@given(st.text(max_size=40))
def test_nothing_raises(text):
    resemblance(text)
    shape(text)
    scripts(text)
