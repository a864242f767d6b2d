import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse

from kiemtin.accounts.enums import Role
from kiemtin.checks.exceptions import NotAllowedError, WrongStateError
from kiemtin.checks.models import StoredCopy
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import desk_view, memberships_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(rf, sign_in):
    """Call a view for a desk as a person who is signed in, with or without a second factor."""

    def go(user, slug, *, needs=Action.SEE_QUEUE, view=None, second_factor=True, method="get", htmx=False, **kwargs):
        request = getattr(rf, method)(f"/en/desk/{slug}/x/?a=1")
        client = sign_in(user, second_factor=second_factor)
        request.session = SessionStore(client.session.session_key)
        request.user = user
        request.htmx = htmx
        seen = []

        def default(request, **kwargs):
            seen.append(kwargs)
            return HttpResponse(f"{request.desk.slug} {request.role}")

        response = desk_view(needs)(view or default)(request, desk=slug, **kwargs)
        response.seen = seen
        return response

    return go


def test_a_member_gets_in_with_the_desk_and_their_role(call, checker, desk):
    response = call(checker, desk.slug, pk=3)
    assert (response.content, response.seen) == (b"nguon-that checker", [{"pk": 3}])
    assert "no-store" in response["Cache-Control"]


def test_a_stranger_and_an_unknown_desk_are_told_the_same(call, outsider, desk):
    for slug in (desk.slug, "khong-co"):
        with pytest.raises(Http404) as error:
            call(outsider, slug)
        assert str(error.value) == "no such desk for this person"


def test_who_is_no_longer_active_is_a_stranger(call, checker, desk):
    checker.is_active = False
    with pytest.raises(Http404):
        call(checker, desk.slug)


@pytest.mark.parametrize(
    ("who", "needs", "is_let_in"),
    [
        ("reader", Action.READ_CASE, True),
        ("reader", Action.EDIT, False),
        ("checker", Action.EDIT, True),
        ("checker", Action.WRITE_PAGES, False),
        ("editor", Action.WRITE_PAGES, True),
        ("editor", Action.MANAGE_PEOPLE, False),
        ("administrator", Action.MANAGE_PEOPLE, True),
    ],
)
def test_a_role_without_the_right_is_told_so(call, who, needs, is_let_in, desk, request):
    user = request.getfixturevalue(who)
    if is_let_in:
        assert call(user, desk.slug, needs=needs).status_code == 200
    else:
        with pytest.raises(PermissionDenied):
            call(user, desk.slug, needs=needs)


def test_what_an_action_refuses_is_forbidden_and_other_errors_are_the_views_own(call, checker, desk):
    def refuse(request):
        raise NotAllowedError

    def stumble(request):
        raise WrongStateError

    with pytest.raises(PermissionDenied):
        call(checker, desk.slug, view=refuse)
    with pytest.raises(WrongStateError):
        call(checker, desk.slug, view=stumble)


def test_what_went_between_the_look_and_the_deed_is_not_there(call, checker, desk):
    def deed(request):
        raise StoredCopy.DoesNotExist

    with pytest.raises(Http404):
        call(checker, desk.slug, view=deed, method="post")
    with pytest.raises(StoredCopy.DoesNotExist):  # where nobody did anything it is a fault of ours
        call(checker, desk.slug, view=deed)


@pytest.mark.parametrize("who", ["editor", "administrator"])
def test_editors_and_administrators_set_a_second_factor_up_first(call, who, desk, request):
    response = call(request.getfixturevalue(who), desk.slug, second_factor=False, method="post")
    assert (response.status_code, response["Location"]) == (302, reverse("desk:second-factor"))


@pytest.mark.parametrize("who", ["reader", "checker"])
def test_the_others_need_none(call, who, desk, request):
    assert call(request.getfixturevalue(who), desk.slug, second_factor=False).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(call, editor, desk):
    Authenticator.objects.create(user=editor, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert call(editor, desk.slug, second_factor=False)["Location"] == reverse("desk:second-factor")


def test_a_session_from_before_the_second_factor_must_show_it(call, editor, desk, give_factor):
    give_factor(editor)
    response = call(editor, desk.slug, second_factor=False)
    assert response["Location"] == f"{reverse('mfa_reauthenticate')}?next=%2Fen%2Fdesk%2Fnguon-that%2Fx%2F%3Fa%3D1"
    lost = call(editor, desk.slug, second_factor=False, method="post")
    assert lost["Location"] == f"{reverse('mfa_reauthenticate')}?next=%2Fen%2Fdesk%2F"


def test_a_fragment_does_not_swallow_another_page(call, editor, desk):
    response = call(editor, desk.slug, second_factor=False, htmx=True)
    assert (response.status_code, response["HX-Redirect"]) == (200, reverse("desk:second-factor"))


def test_who_is_not_signed_in_comes_back_to_the_page_after_signing_in(client, desk):
    response = client.get(f"/en/desk/{desk.slug}/?a=1")
    assert response["Location"] == f"/en/account/login/?next=/en/desk/{desk.slug}/%3Fa%3D1"
    assert client.post(f"/en/desk/{desk.slug}/")["Location"] == "/en/account/login/?next=/en/desk/"


def test_the_role_says_what_a_template_may_offer(call, checker, desk):
    def view(request):
        return HttpResponse(f"{request.may(Action.EDIT, state='draft')} {request.may(Action.EDIT, state='settled')}")

    assert call(checker, desk.slug, view=view).content == b"True False"


def test_it_takes_one_query(sign_in, editor, desk, django_assert_num_queries):
    editor.memberships.create(desk=desk.__class__.objects.create(slug="b", name="B"), role=Role.READER)
    with django_assert_num_queries(1):
        memberships = memberships_of(editor)
        assert [membership.desk.slug for membership in memberships] == ["b", "nguon-that"]
