import pytest

from kiemtin.config.admission.kinds import PLACES, RESERVE, RULES, THREADS, Kind, kind_of


def environ(path, method="GET", query="", **more):
    return {"PATH_INFO": path, "REQUEST_METHOD": method, "QUERY_STRING": query, **more}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    ("request_of", "kind"),
    [
        (("/",), Kind.READING),
        (("/checks/7/tin/",), Kind.READING),
        (("/ask/",), Kind.READING),
        (("/checks/", "GET", "page=2&q=nuoc"), Kind.ASKING),
        (("/checks/", "GET", "faq=1"), Kind.READING),
        (("/search/", "GET", "q=nuoc"), Kind.ASKING),
        (("/ask/", "POST"), Kind.ASKING),
        (("/share/", "POST"), Kind.ASKING),
        (("/checks/7/report/", "POST"), Kind.ASKING),
        (("/r/AAAAAAAAAA/",), Kind.RECEIPTS),
        (("/r/AAAAAAAAAA/decide/", "POST"), Kind.RECEIPTS),
        (("/r/AAAAAAAAAA/picture/ask/", "POST"), Kind.ASKING),
        (("/desk/",), Kind.DOOR),
        (("/account/login/", "POST"), Kind.DOOR),
        (("/offline/",), Kind.FILES),
    ],
)
def test_the_kind_follows_from_the_head(prefix, request_of, kind):
    path, *rest = request_of
    assert kind_of(environ(prefix + path, *rest), is_member=False) is kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/static/kiemtin/css/kiemtin.css", Kind.FILES),
        ("/sw.js", Kind.FILES),
        ("/api/v1/questions", Kind.CALLING),
        ("/v1alpha1/claims:search", Kind.CALLING),
        ("/v1alpha1/claims:imageSearch", Kind.PICTURES),
    ],
)
def test_what_has_no_language(path, kind):
    assert kind_of(environ(path), is_member=False) is kind


def test_a_call_with_words_to_search_for_is_a_call():
    assert kind_of(environ("/v1alpha1/claims:search", query="q=x"), is_member=False) is Kind.CALLING


def test_a_page_that_asks_for_news_by_itself_comes_last():
    assert kind_of(environ("/r/AAAAAAAAAA/", HTTP_HX_REQUEST="true"), is_member=False) is Kind.POLLING


@pytest.mark.parametrize(("length", "kind"), [("65536", Kind.ASKING), ("65537", Kind.PICTURES), ("x", Kind.ASKING)])
def test_a_large_form_has_a_picture_in_it(length, kind):
    assert kind_of(environ("/ask/", "POST", CONTENT_LENGTH=length), is_member=False) is kind


@pytest.mark.parametrize(
    ("path", "kind"), [("/desk/a/", Kind.DESK), ("/en/account/login/", Kind.DESK), ("/", Kind.READING)]
)
def test_members_come_in_by_the_desk(path, kind):
    assert kind_of(environ(path), is_member=True) is kind


def test_every_kind_has_its_rule_and_only_the_desk_the_reserve():
    assert set(RULES) == set(Kind)
    assert [kind for kind, rule in RULES.items() if rule.may_use_reserve] == [Kind.DESK]
    assert 0 < RESERVE < PLACES
    assert all(0 < rule.places <= PLACES for rule in RULES.values())


def test_there_is_a_thread_for_everybody_who_may_wait_and_some_to_turn_away():
    assert PLACES + sum(rule.waiting + rule.bodies for rule in RULES.values()) < THREADS
