from datetime import date

import pytest

from branches.models import Organization, OrganizationChange
from members.models import Membership
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.members import make_roster
from tests.factories.terms import TermFactory
from tests.factories.transfers import TransferFactory

pytestmark = pytest.mark.django_db

COMMON = {"effective_on": "2026-03-10", "reason": "批复〔2026〕3号"}


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


@pytest.fixture
def root():
    return OrganizationFactory(name="区直机关工委", code="Q")


@pytest.fixture
def committee(root):
    return CommitteeFactory(parent=root, name="财政局机关党委", code="F1")


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="一支部", code="B1")


@pytest.fixture
def staff(client, root):
    user = make_user_with_post("staff", root)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return user


def send(client, organization, deed, **fields):
    return client.post(f"/organizations/{organization.pk}/{deed}/", COMMON | fields)


def test_o01_the_form_tells_what_will_be_touched(client, staff, branch):
    make_roster(branch, 3)

    shown = client.get(f"/organizations/{branch.pk}/merge/").text

    assert "名册上的党员" in shown
    assert "<dd>3</dd>" in shown
    assert "办理后不能撤回" in shown


def test_o06_open_transfers_are_told_before_the_form_is_filled_in(client, staff, branch):
    TransferFactory(from_organization=branch, to_organization=BranchFactory(parent=branch.parent))
    touched = client.get(f"/organizations/{branch.pk}/merge/").context["touched"]
    assert ("未办结的组织关系转接", 1) in touched


def test_o01_the_page_of_a_merged_branch_asks_for_nothing_more(client, staff, branch):
    BranchFactory(parent=branch.parent, code="B2")
    TermFactory(organization=branch)
    send(client, branch, "merge", successor="B2", confirmation=branch.name)
    shown = client.get(f"/organizations/{branch.pk}/").text
    assert "本组织已撤销，岗位已随之结束。" in shown
    address = f"/members/terms/organizations/{branch.pk}/"
    term = client.get(address).text
    assert "本组织已于2026年3月10日撤销，不再换届。" in term
    assert f"{address}election/" not in term
    assert f"{address}election/" not in client.get(address, headers={"HX-Request": "true"}).text


def test_o01_a_renaming_leads_to_what_it_did(client, staff, branch):
    answer = send(client, branch, "rename", name="新支部")

    change = OrganizationChange.objects.get(organization=branch)
    assert answer["Location"] == f"/organizations/changes/{change.pk}/"
    shown = client.get(answer["Location"]).text
    assert "新支部" in shown
    assert "批复〔2026〕3号" in shown


def test_o01_a_move(client, staff, branch, root):
    other = CommitteeFactory(parent=root, code="F2")

    assert send(client, branch, "move", parent="F2").status_code == 302
    assert Organization.objects.get(pk=branch.pk).parent == other


def test_o01_the_form_of_a_move_names_the_allowed_superiors(client, staff, branch):
    assert "党支部的上级可以是：工委、机关党委、党组、党总支" in client.get(f"/organizations/{branch.pk}/move/").text


def test_o01_r14_nothing_is_moved_beyond_the_scope(client, committee, branch):
    client.force_login(make_user_with_post("staff", committee), "django.contrib.auth.backends.ModelBackend")
    CommitteeFactory(parent=committee.parent, code="F2")

    answer = send(client, branch, "move", parent="F2")

    assert answer.status_code == 422
    assert "没有找到该党组织" in answer.text


def test_o01_a_merger_asks_for_the_name(client, staff, branch, committee):
    successor = BranchFactory(parent=committee, code="B2")
    make_roster(branch, 2)

    refused = send(client, branch, "merge", successor="B2", confirmation="一支")
    assert (refused.status_code, "不一致" in refused.text) == (422, True)
    answer = send(client, branch, "merge", successor="B2", confirmation="一支部")

    assert Membership.objects.filter(organization=successor, ends_on=None).count() == 2
    assert "转入的党员" in client.get(answer["Location"]).text


def test_o01_a_split_by_chosen_members(client, staff, branch):
    stay, go = make_roster(branch, 2)
    assert stay.name in client.get(f"/organizations/{branch.pk}/split/").text

    send(client, branch, "split", name="二支部", members=[go.pk], confirmation="一支部")

    made = Organization.objects.get(name="二支部")
    assert list(Membership.objects.filter(organization=made).values_list("member", flat=True)) == [go.pk]
    assert made.founded_on == date(2026, 3, 10)


def test_o01_a_split_by_chosen_subordinates(client, staff, committee, branch):
    BranchFactory(parent=committee)

    send(client, committee, "split", name="新机关党委", children=[branch.pk], confirmation="财政局机关党委")

    assert Organization.objects.get(pk=branch.pk).parent.name == "新机关党委"


def test_o01_a_dissolution_refused_says_why(client, staff, branch):
    make_roster(branch, 1)

    answer = send(client, branch, "dissolve", confirmation="一支部")

    assert answer.status_code == 422
    assert "名册上还有 1 名党员" in answer.text


def test_o01_sent_twice_it_is_done_once(client, staff, branch):
    first = send(client, branch, "dissolve", confirmation="一支部")
    second = send(client, branch, "dissolve", confirmation="一支部")

    assert (first.status_code, second.status_code) == (302, 422)
    assert OrganizationChange.objects.filter(organization=branch).count() == 1


def test_r13_the_other_side_of_a_change_is_opened_only_within_the_scope(client, committee, branch, root):
    other = CommitteeFactory(parent=root)
    change = OrganizationChange.objects.create(
        organization=branch, kind="absorbed", other=BranchFactory(parent=other), effective_on=date(2026, 3, 10),
        recorded_at="2026-03-10T09:00+08:00",
    )  # fmt: skip
    client.force_login(make_user_with_post("staff", committee), "django.contrib.auth.backends.ModelBackend")

    shown = client.get(f"/organizations/changes/{change.pk}/").text

    assert f"/organizations/{change.other_id}/" not in shown
