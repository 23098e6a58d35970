from datetime import date

import pytest
from django.urls import reverse

from branches.models import AuditEntry
from members.models import Member
from partybuild.lib.crypto import mask_id_number
from tests.factories.branches import BranchFactory, CommitteeFactory, GroupFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory, id_number, make_roster
from tests.factories.members_roster import StandingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return BranchFactory(name="一支部", code="B1")


@pytest.fixture
def secretary(client, branch):
    user = make_user_with_post("secretary", branch)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def member(branch):
    return MembershipFactory(
        organization=branch, member=MemberFactory(name="李敏", phone="13800138000", address="建设路 1 号")
    ).member


def form(**changed):
    given = {"organization": "B1", "starts_on": "2026-03-01", "name": "王立", "sex": "male", "kind": "full"}
    return given | changed


def test_r41_the_list_hides_the_middle_of_numbers(client, secretary, member):
    shown = client.get("/members/").text

    assert "138****8000" in shown
    assert mask_id_number(member.id_number) in shown
    assert member.id_number not in shown


def test_filtered_by_name_kind_and_branch(client, secretary, member, branch):
    make_roster(branch, 0, probationary=1)

    assert "李敏" in client.get("/members/?q=李&kind=full&organization=B1").text
    assert "李敏" not in client.get("/members/?kind=probationary").text


@pytest.mark.parametrize("query", ["kind=guest", "organization=没有", "q=%00"])
def test_r34_filters_that_cannot_be_read_list_nobody(client, secretary, member, query):
    answer = client.get(f"/members/?{query}")

    assert answer.status_code == 422
    assert "李敏" not in answer.text


def test_r14_a_branch_beyond_the_scope_cannot_be_filtered_by(client, secretary):
    BranchFactory(code="X9")

    assert client.get("/members/?organization=X9").status_code == 422


def test_the_page_of_a_member(client, secretary, member, branch):
    OfficeFactory(member=member, organization=branch, title="书记")

    shown = client.get(f"/members/{member.pk}/").text

    assert "正式党员" in shown
    assert "138****8000" in shown
    assert "13800138000" not in shown
    assert "建设路" not in shown


def test_only_what_the_standing_allows_is_offered(client, branch, member):
    client.force_login(make_user_with_post("staff", branch.parent))
    suspend, restore = (reverse(f"desk:member_{verb}", args=[member.pk]) for verb in ("suspend", "restore"))
    for mark, offered in ((None, suspend), ("suspended", restore)):
        if mark:
            StandingFactory(member=member, kind=mark, starts_on=date(2026, 1, 1))
        page = client.get(f"/members/{member.pk}/").text
        assert [each for each in (suspend, restore) if each in page] == [offered]


def test_a_member_sees_himself_without_a_right_to_the_roster(client, branch, member):
    member.user = make_user_with_post("member", branch)
    member.save()
    other = MembershipFactory(organization=branch).member
    client.force_login(member.user, "django.contrib.auth.backends.ModelBackend")

    answer = client.get(f"/members/{member.pk}/")
    assert answer.status_code == 200
    assert "查看完整号码" not in answer.text
    assert client.get(f"/members/{other.pk}/").status_code == 403


def test_a_new_member(client, secretary, branch):
    answer = client.post("/members/new/", form(id_number=id_number(9), joined_on="2010-07-01"))

    made = Member.objects.get(name="王立")
    assert answer.url == f"/members/{made.pk}/"
    assert made.memberships.get().organization == branch
    assert made.born_on == date(1980, 5, 6)


def test_the_own_branch_is_filled_in(client, secretary):
    assert "一支部（B1）" in client.get("/members/new/").text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"id_number": "110101198005060071"}, "id_number"),
        ({"organization": "没有"}, "organization"),
        ({"name": ""}, "name"),
        ({"sex": "x"}, "sex"),
        ({"phone": "123"}, "phone"),
        ({"joined_on": "2012-01-01", "converted_on": "2011-01-01"}, "converted_on"),
        ({"starts_on": "yesterday"}, "starts_on"),
    ],
)
def test_a_wrong_form_says_why_at_its_field(client, secretary, changed, field):
    answer = client.post("/members/new/", form(**changed))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Member.objects.filter(name="王立").exists()


def test_a_committee_has_no_roster(client):
    committee = CommitteeFactory(code="C1")
    client.force_login(make_user_with_post("staff", committee), "django.contrib.auth.backends.ModelBackend")

    assert "党员只能编入党支部" in client.post("/members/new/", form(organization="C1")).text


def test_an_edit_keeps_numbers_left_empty(client, secretary, member):
    number = member.id_number
    data = {"name": "李明", "sex": "male", "kind": "full", "id_number": "", "phone": "13900139000"}

    client.post(f"/members/{member.pk}/edit/", data)

    member.refresh_from_db()
    assert (member.name, member.id_number, member.phone) == ("李明", number, "13900139000")
    assert number not in client.get(f"/members/{member.pk}/edit/").text


def test_r15_extra_keys_change_nothing(client, secretary, member):
    data = {
        "name": "李敏",
        "sex": "male",
        "kind": "full",
        "user": secretary.pk,
        "id_number_hash": "x",
        "initials": "zz",
    }

    client.post(f"/members/{member.pk}/edit/", data)

    member.refresh_from_db()
    assert member.user is None
    assert member.initials != "zz"


def test_a_group_of_the_own_branch(client, secretary, member, branch):
    group = GroupFactory(parent=branch)

    client.post(f"/members/{member.pk}/group/", {"group": group.pk})
    assert member.memberships.get().group == group

    client.post(f"/members/{member.pk}/group/", {"group": GroupFactory().pk})
    assert member.memberships.get().group == group


def test_r41_the_full_numbers_are_a_post_with_a_reason(client, secretary, member):
    assert client.get(f"/members/{member.pk}/personal/").status_code == 405
    assert client.post(f"/members/{member.pk}/personal/", {"reason": ""}).status_code == 422

    shown = client.post(f"/members/{member.pk}/personal/", {"reason": "核对档案"})

    assert member.id_number in shown.text
    assert "13800138000" in shown.text
    entry = AuditEntry.objects.get(verb="查看完整个人信息")
    assert (entry.object_id, entry.user_id, entry.detail) == (member.pk, secretary.pk, {"reason": "核对档案"})


def test_hostile_text_is_shown_as_text(client, secretary, member):
    Member.objects.filter(pk=member.pk).update(name="<script>alert(1)</script>", job="<img src=x>")

    for path in ("/members/", f"/members/{member.pk}/", f"/members/{member.pk}/edit/"):
        shown = client.get(path).text
        assert "<script>alert" not in shown
        assert "<img src=x>" not in shown


def test_a_leader_looks_and_changes_nothing(client, branch, member):
    client.force_login(make_user_with_post("leader", branch), "django.contrib.auth.backends.ModelBackend")

    assert "登记任职" not in client.get(f"/members/{member.pk}/").text
    assert client.post(f"/members/{member.pk}/personal/", {"reason": "好奇"}).status_code == 403
