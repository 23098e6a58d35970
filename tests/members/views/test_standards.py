"""Pages of the sheets of standards and of the weak branches (O16)."""

from datetime import date

import pytest
from django.urls import reverse

from branches.enums import Role
from members.enums import SheetState
from members.models import PlanStep, StandardSheet, WeakBranch
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members_rooms import picture
from tests.factories.members_standards import PlanStepFactory, StandardSheetFactory, WeakBranchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="第一支部")


@pytest.fixture
def staff(client, committee):
    user = make_user_with_post(Role.STAFF, committee)
    client.force_login(user)
    return user


def test_o16_a_branch_answers_its_sheet_and_the_superior_checks_it(client, branch, committee):
    client.force_login(make_user_with_post(Role.SECRETARY, branch))
    year = clock.today().year
    page = client.post(reverse("members:standard_open", args=[branch.pk, year])).url
    sheet = StandardSheet.objects.get()
    assert "第一项：待填写" in client.get(page).text
    first = sheet.items.first()
    bad = client.post(reverse("members:standard_edit", args=[sheet.pk]), {f"met-{first.pk}": "on"})
    assert (bad.status_code, "请填写佐证情况" in bad.text) == (422, True)
    client.post(
        reverse("members:standard_edit", args=[sheet.pk]),
        {f"met-{first.pk}": "on", f"evidence-{first.pk}": "按期换届。"},
    )
    client.post(reverse("members:standard_proof_add", args=[first.pk]), {"file": picture()})
    proof = first.proofs.get()
    assert client.get(reverse("members:standard_proof", args=[proof.pk])).status_code == 200
    client.post(reverse("members:standard_submit", args=[sheet.pk]))

    client.force_login(make_user_with_post(Role.STAFF, committee))
    assert "待核验的支部标准化自查表" in client.get("/").text
    client.post(reverse("members:standard_check", args=[sheet.pk]), {"is_confirmed": "yes"})

    sheet.refresh_from_db()
    assert sheet.state == SheetState.CONFIRMED
    assert "1 / 6" in client.get(reverse("members:standard_list")).text


def test_o16_branches_without_a_checked_sheet_are_listed_and_counted(client, staff, branch):
    good = BranchFactory(parent=branch.parent, name="第二支部")
    StandardSheetFactory(
        organization=good, year=clock.today().year, state=SheetState.CONFIRMED, checked_at="2026-03-02T09:00:00+08:00"
    )
    page = client.get(reverse("members:standard_list") + "?state=wanting")
    assert [organization.name for organization, _ in page.context["page"]] == ["第一支部"]
    assert "1 个党支部本年没有经核验的自查表" in client.get(reverse("members:register_list")).text


def test_o16_a_superior_lists_plans_and_lifts(client, staff, branch):
    page = client.post(
        reverse("members:weak_new"), {"organization": branch.code, "listed_on": "2026-03-02", "reasons": "班子不全。"}
    ).url
    weak = WeakBranch.objects.get()
    assert "没有计划" in client.get(page).text
    assert "1 个软弱涣散党支部没有计划或者有逾期措施" in client.get(reverse("members:register_list")).text
    client.post(reverse("members:weak_step_add", args=[weak.pk]), {"measure": "补选委员", "target_on": "2026-06-30"})
    step = PlanStep.objects.get()
    client.post(reverse("members:weak_step_done", args=[step.pk]), {"done_on": "2026-05-06", "result": "已补选。"})
    client.post(reverse("members:weak_lift", args=[weak.pk]), {"lifted_on": "2026-06-01", "reason": "已达标。"})

    weak.refresh_from_db()
    assert weak.lifted_on == date(2026, 6, 1)
    assert "已销号" in client.get(page).text
    assert [each.pk for each in client.get(reverse("members:weak_list") + "?state=lifted").context["page"]] == [weak.pk]


def test_o16_a_step_out_of_the_plans_reach_comes_back(client, staff, branch):
    weak = WeakBranchFactory(organization=branch)
    answer = client.post(
        reverse("members:weak_step_add", args=[weak.pk]), {"measure": "补选委员", "target_on": "2039-06-30"}
    )
    assert (answer.status_code, "补选委员" in answer.text) == (422, True)


@pytest.mark.parametrize("name", ["members:standard_export", "members:weak_export"])
def test_o16_lists_go_out_as_workbooks(client, staff, branch, name):
    PlanStepFactory(weak__organization=branch)
    StandardSheetFactory(organization=branch)
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content if answer.streaming else [answer.content])[:2] == b"PK"


@pytest.mark.parametrize(
    ("name", "make", "queries"),
    [("members:standard_list", StandardSheetFactory, 9), ("members:weak_list", WeakBranchFactory, 9)],
)
def test_o16_lists_take_as_many_queries_for_three_as_for_one(
    client, staff, branch, django_assert_num_queries, name, make, queries
):
    url = reverse(name)
    make(organization=branch)
    client.get(url)
    with django_assert_num_queries(queries):
        client.get(url)
    for _ in range(2):
        make(organization=BranchFactory(parent=branch.parent))
    with django_assert_num_queries(queries):
        client.get(url)
