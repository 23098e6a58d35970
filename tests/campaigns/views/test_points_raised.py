"""Points raised when a committee hears its branches become problems to be put right (N33)."""

import pytest
from django.urls import reverse

from branches.enums import Role
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns import ActivityFactory, FiledActivityFactory

pytestmark = pytest.mark.django_db
WORDS = "将提出的问题列入整改"


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def staff(client, committee):
    client.force_login(make_user_with_post(Role.STAFF, committee))
    return client


def page(client, activity):
    return client.get(reverse("campaigns:activity_detail", args=[activity.pk]))


def test_n33_a_hearing_leads_to_the_form_of_problems(staff, committee):
    answer = page(staff, FiledActivityFactory(organization=committee, kind="report_hearing", title="听取支部汇报"))
    assert WORDS in answer.content.decode()
    form = staff.get(answer.context["raise_url"]).context["form"]
    assert (form["origin"].value(), form["origin_note"].value()) == ("comment", "2026年3月12日听取支部汇报")


def test_n33_other_records_and_drafts_lead_nowhere(staff, committee):
    branch = BranchFactory(parent=committee)
    assert WORDS not in page(staff, FiledActivityFactory(organization=branch, kind="theme_day")).content.decode()
    draft = ActivityFactory(organization=committee, kind="report_hearing")
    assert WORDS not in page(staff, draft).content.decode()
