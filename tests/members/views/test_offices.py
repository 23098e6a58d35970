import pytest

from members.models import Office
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.members import MembershipFactory, OfficeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return BranchFactory(name="一支部", code="B1")


@pytest.fixture(autouse=True)
def secretary(client, branch):
    user = make_user_with_post("secretary", branch)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def member(branch):
    return MembershipFactory(organization=branch).member


def test_an_office_is_taken_up(client, member, branch):
    data = {"organization": "B1", "kind": "committee_member", "title": "组织委员", "starts_on": "2026-03-01"}

    answer = client.post(f"/members/{member.pk}/offices/new/", data)

    assert answer.url == f"/members/{member.pk}/"
    assert Office.objects.get().label == "组织委员"
    assert "组织委员" in client.get(answer.url).text


def test_a_second_secretary_is_refused_at_the_field(client, member, branch):
    OfficeFactory(organization=branch)

    answer = client.post(
        f"/members/{member.pk}/offices/new/", {"organization": "B1", "kind": "secretary", "starts_on": "2026-03-01"}
    )

    assert answer.status_code == 422
    assert "请先办理离任" in answer.context["form"].errors["kind"][0]


def test_an_organisation_beyond_the_scope_is_not_found(client, member):
    BranchFactory(code="X9")

    answer = client.post(
        f"/members/{member.pk}/offices/new/", {"organization": "X9", "kind": "secretary", "starts_on": "2026-03-01"}
    )

    assert answer.status_code == 422
    assert not Office.objects.exists()


def test_an_office_ends(client, member, branch):
    office = OfficeFactory(member=member, organization=branch)

    client.post(f"/members/offices/{office.pk}/end/", {"ends_on": clock.today().isoformat()})

    office.refresh_from_db()
    assert office.ends_on == clock.today()


def test_it_ends_no_earlier_than_it_began(client, member, branch):
    office = OfficeFactory(member=member, organization=branch)

    assert client.post(f"/members/offices/{office.pk}/end/", {"ends_on": "2019-01-01"}).status_code == 422


def test_r13_an_office_beyond_the_scope_is_not_found(client):
    assert client.get(f"/members/offices/{OfficeFactory().pk}/end/").status_code == 404


def test_only_offices_whose_roster_one_keeps_are_offered_for_ending(client, member, branch):
    here = OfficeFactory(organization=branch, member=member, kind="committee_member")
    elsewhere = OfficeFactory(organization=BranchFactory(code="X9"), member=member, kind="committee_member")
    page = client.get(f"/members/{member.pk}/").text
    assert f"/members/offices/{here.pk}/end/" in page
    assert f"/members/offices/{elsewhere.pk}/end/" not in page
