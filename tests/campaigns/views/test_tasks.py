import pytest

from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns import (
    AssignmentFactory,
    CampaignFactory,
    ChecklistItemFactory,
    TargetFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db
QUERIES = 16


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def task(committee):
    campaign = CampaignFactory(issuer=committee, plan_title="创建“四型机关”工作方案")
    return TaskFactory(
        campaign=campaign, title="精心打造学习阵地", wording="每个支部建好一间活动室。", source="二（二）3"
    )


@pytest.fixture
def staff(client, committee):
    client.force_login(make_user_with_post("staff", committee))
    return client


def address(task, query=""):
    return f"/campaigns/tasks/{task.pk}/{query}"


def test_a_task_is_seen_where_its_campaign_is(client, committee, task):
    branch = BranchFactory(parent=committee)
    cast = {("staff", committee): 200, ("secretary", branch): 200, ("member", branch): 200, ("auditor", committee): 403,
            ("staff", CommitteeFactory()): 404, ("staff", committee.parent): 200}  # fmt: skip

    for (role, organization), expected in cast.items():
        client.force_login(make_user_with_post(role, organization))
        assert client.get(address(task)).status_code == expected
    client.logout()
    assert client.get(address(task)).status_code == 302


def test_a_task_of_a_draft_is_seen_by_its_makers_alone(client, committee):
    task = TaskFactory(campaign=CampaignFactory(issuer=committee, status="draft", published_on=None))

    for role, expected in {"staff": 200, "leader": 404}.items():
        client.force_login(make_user_with_post(role, committee))
        assert client.get(address(task)).status_code == expected


def test_a_task_says_what_it_asks_and_where_that_comes_from(staff, task):
    ChecklistItemFactory(task=task, text="设有党员图书角", needs_evidence=True)
    TargetFactory(task=task, title="党员活动室达标", phrase="至少要有一个")

    html = staff.get(address(task)).content.decode()

    for words in ("每个支部建好一间活动室。", "创建“四型机关”工作方案", "二（二）3", "设有党员图书角", "须附材料",
                  "党支部 · 每月不少于 1 次 · 依据：文件原文“至少要有一个”"):  # fmt: skip
        assert words in html


def test_the_matrix_leads_to_the_assignments(staff, committee, task):
    target = TargetFactory(task=task)
    done = AssignmentFactory(target=target, organization=BranchFactory(parent=committee), state="done", done=1)

    html = staff.get(address(task)).content.decode()

    assert f'<a href="/campaigns/assignments/{done.pk}/"><span class="state state-done">已完成</span></a>' in html
    assert "1 / 1" not in html  # complete, but since when is not known: it counts as open
    assert "共 1 个党组织" in html


def test_another_target_is_chosen_by_its_link_and_a_foreign_one_is_missing(staff, committee, task):
    TargetFactory(task=task, title="甲", position=1)
    second = TargetFactory(task=task, title="乙", position=2)

    assert staff.get(address(task, f"?target={second.pk}")).context["chosen"] == second
    assert staff.get(address(task, f"?target={TargetFactory().pk}")).status_code == 404
    assert staff.get(address(task, "?target=x")).status_code == 422


def test_organisations_are_narrowed(staff, committee, task):
    target = TargetFactory(task=task)
    for name in ("甲支部", "乙支部"):
        AssignmentFactory(target=target, organization=BranchFactory(parent=committee, name=name))

    rows = staff.get(address(task, "?q=甲")).context["matrix"].rows
    none = staff.get(address(task, "?shown=overdue"))

    assert [row.organization.name for row in rows] == ["甲支部"]
    assert "没有符合条件的党组织" in none.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_task_takes_a_fixed_number_of_queries(staff, committee, task, count, django_assert_num_queries):
    targets = [TargetFactory(task=task) for _ in range(count)]
    for _ in range(count):
        TaskFactory(campaign=task.campaign, parent=task)
        ChecklistItemFactory(task=task)
        branch = BranchFactory(parent=committee)
        for target in targets:
            AssignmentFactory(target=target, organization=branch)

    with django_assert_num_queries(QUERIES):
        staff.get(address(task))


def test_a_task_without_targets_says_so(staff, task):
    assert "这一任务没有需要下发的数量要求。" in staff.get(address(task)).content.decode()
