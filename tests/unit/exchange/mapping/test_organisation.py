from kiemtin.accounts.enums import PageKind
from kiemtin.accounts.models import DeskPage
from kiemtin.exchange.mapping.organisation import organisation
from tests.schema_org import faults


def test_a_desk_names_the_policies_that_it_has_written(desk, ready_pages):
    node = organisation(desk)
    assert faults(node) == []
    assert node["@type"] == "NewsMediaOrganization"
    assert node["name"] == "Nguồn Thật"
    assert node["publishingPrinciples"] == "http://localhost:8000/desks/nguon-that/method/"
    assert node["verificationFactCheckingPolicy"] == node["publishingPrinciples"]
    assert node["ownershipFundingInfo"] == "http://localhost:8000/desks/nguon-that/ownership/"
    assert "correctionsPolicy" not in node
    assert "actionableFeedbackPolicy" not in node


def test_each_policy_leads_to_its_own_page(desk, ready_pages, administrator):
    for kind in (PageKind.CORRECTIONS, PageKind.CONTACT):
        DeskPage.objects.create(desk=desk, kind=kind, language="vi", number=1, body="Thế này.", by=administrator)
    node = organisation(desk)
    assert node["correctionsPolicy"].endswith("/desks/nguon-that/corrections/")
    assert node["actionableFeedbackPolicy"].endswith("/desks/nguon-that/contact/")


def test_a_mail_address_is_a_way_to_give_feedback(desk):
    desk.contact = "ban@nguon-that.example"
    node = organisation(desk, written=())
    assert node["email"] == "ban@nguon-that.example"
    assert node["actionableFeedbackPolicy"].endswith("/contact/")
    assert "publishingPrinciples" not in node


def test_an_english_desk_is_at_home_in_english(desk):
    desk.language = "en"
    assert organisation(desk, written=())["url"] == "http://localhost:8000/en/desks/nguon-that/ownership/"
