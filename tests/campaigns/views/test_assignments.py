from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from branches.models import AuditEntry
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns import (
    AnswerFactory,
    AssignmentFactory,
    AttendanceFactory,
    CampaignFactory,
    CreditFactory,
    FiledActivityFactory,
    TargetFactory,
    TaskFactory,
    due,
)
from tests.factories.members import MemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db
QUERIES = {"list": 10, "own": 10, "detail": 15}
LIST, EXPORT = "/campaigns/assignments/", "/campaigns/assignments/export/"


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory(code="C1")


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="财政局第二支部", code="B1")


@pytest.fixture
def staff(client, committee):
    client.force_login(make_user_with_post("staff", committee))
    return client


@pytest.fixture
def secretary(client, branch):
    client.force_login(make_user_with_post("secretary", branch))
    return client


def page_of(assignment):
    return f"{LIST}{assignment.pk}/"


def listed(response):
    return [line.pk for line in response.context["lines"]]


# Access --------------------


def test_an_assignment_is_seen_by_its_organisation_and_those_above(client, committee, branch):
    assignment = due(branch, "activity.theme_day")
    cast = {("secretary", branch): 200, ("staff", committee): 200, ("leader", committee.parent): 200,
            ("inspector", committee.parent): 200, ("member", branch): 403, ("auditor", committee): 403,
            ("secretary", BranchFactory(parent=committee)): 404, ("staff", CommitteeFactory()): 404}  # fmt: skip

    for (role, organization), expected in cast.items():
        client.force_login(make_user_with_post(role, organization))
        assert client.get(page_of(assignment)).status_code == expected
    client.logout()
    assert client.get(page_of(assignment)).status_code == 302


@pytest.mark.parametrize("address", [LIST, EXPORT])
def test_lists_are_for_those_who_may_see_assignments(client, committee, branch, address):
    other = AssignmentFactory()
    for (role, organization), expected in {("staff", committee): 200, ("secretary", branch): 200,
                                           ("member", branch): 403, ("sysadmin", committee): 403}.items():  # fmt: skip
        client.force_login(make_user_with_post(role, organization))
        response = client.get(f"{address}?month=")
        assert response.status_code == expected
        if address == LIST and expected == 200:
            assert other.pk not in listed(response)
    client.logout()
    assert client.get(address).status_code == 302


# The list --------------------


def test_a_secretary_opens_what_he_has_to_do(secretary, committee, branch):
    todo = due(branch, "activity.theme_day")
    due(branch, "activity.volunteer", state="done", done=1)
    due(BranchFactory(parent=committee), "activity.theme_day")

    response = secretary.get(LIST)

    assert listed(response) == [todo.pk]
    html = response.content.decode()
    assert "主题党日（3月）" in html
    assert "还差 1 次" in html
    assert "党组织</th>" not in html


def test_what_one_record_does_for_several_campaigns_is_one_thing_to_do(secretary, branch):
    due(branch, "activity.theme_day")
    due(branch, "activity.theme_day")
    due(branch, "manual")

    assert "2 件事，涉及 3 项任务" in secretary.get(LIST).content.decode()
    assert "件事" not in secretary.get(f"{LIST}?month=2026-03").content.decode()


def test_staff_opens_what_is_due_this_month_below(staff, branch):
    march = due(branch, "activity.theme_day")
    due(branch, "activity.theme_day", due_on=date(2026, 4, 30), grace_until=date(2026, 5, 8),
        cut_off_on=date(2026, 5, 13))  # fmt: skip

    response = staff.get(LIST)

    assert listed(response) == [march.pk]
    assert "财政局第二支部" in response.content.decode()


def test_the_views_that_are_wanted_most_are_one_click_away(secretary, branch):
    late = due(branch, "activity.theme_day", due_on=date(2026, 3, 10))
    returned = due(branch, "activity.party_lecture", state="returned")
    done = due(branch, "activity.volunteer", state="done", done=1)
    expected = {
        "待办": [late.pk, returned.pk],
        "本月到期": [late.pk, returned.pk, done.pk],
        "逾期": [late.pk],
        "已退回": [returned.pk],
        "全部": [late.pk, returned.pk, done.pk],
    }

    tabs = secretary.get(LIST).context["tabs"]

    assert [label for label, _, is_current in tabs if is_current] == ["待办"]
    assert {label: listed(secretary.get(LIST + query)) for label, query, _ in tabs} == expected


def test_a_condition_of_a_link_is_shown_and_can_be_taken_back(staff, branch):
    task = TaskFactory(campaign=CampaignFactory(issuer=branch.parent), number="3", title="精心打造学习阵地")
    wanted = AssignmentFactory(target=TargetFactory(task=task), organization=branch)
    other = due(branch, "activity.theme_day")

    narrowed = staff.get(f"{LIST}?task={task.pk}")

    name, label, words, address = narrowed.context["notes"][0]
    assert (name, label, words, address) == ("task", "任务", "3 精心打造学习阵地", "?month=")
    assert listed(narrowed) == [wanted.pk]
    assert set(listed(staff.get(LIST + address))) == {wanted.pk, other.pk}


def test_a_long_list_is_paged_and_sorted_by_day(staff, branch):
    target = TargetFactory()
    for day in range(1, 31):
        for part in "ab":
            AssignmentFactory(target=target, organization=branch, period=f"{day}{part}", due_on=date(2026, 3, day))

    first = staff.get(f"{LIST}?month=2026-03")
    second = staff.get(f"{LIST}?month=2026-03&after={first.context['page'].next_key}")
    latest = staff.get(f"{LIST}?month=2026-03&sort=-due_on")

    assert (len(listed(first)), len(listed(second))) == (50, 10)
    assert not set(listed(first)) & set(listed(second))
    assert latest.context["lines"][0].due_on == date(2026, 3, 30)
    assert "共 60 条" in second.content.decode()


def test_a_condition_that_cannot_be_read_lists_nothing(staff, branch):
    due(branch, "activity.theme_day")

    response = staff.get(f"{LIST}?month=x")

    assert (response.status_code, listed(response)) == (422, [])


def test_an_empty_list_says_why_and_leads_on(staff, branch):
    due(branch, "activity.theme_day", due_on=date(2026, 2, 28))

    bare, asked = staff.get(LIST).content.decode(), staff.get(f"{LIST}?q=没有").content.decode()

    assert "本月没有到期的任务" in bare
    assert 'href="?month="' in bare
    assert "没有符合条件的任务" in asked


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("role", ["staff", "secretary"])
def test_the_list_takes_a_fixed_number_of_queries(client, committee, branch, role, count, django_assert_num_queries):
    client.force_login(make_user_with_post(role, committee if role == "staff" else branch))
    for _ in range(count):
        due(branch, "activity.theme_day")

    with django_assert_num_queries(QUERIES["list" if role == "staff" else "own"]):
        assert len(listed(client.get(f"{LIST}?month=2026-03"))) == count


# The export --------------------


def test_the_export_holds_what_the_filter_keeps_and_leaves_a_trace(staff, branch):
    target = TargetFactory(task=TaskFactory(number="3", campaign__name="=四型机关"), title="主题党日")
    AssignmentFactory(target=target, organization=branch)
    due(branch, "activity.volunteer", state="done", done=1)

    response = staff.get(f"{EXPORT}?state=open")

    sheet = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0][:4] == ["党组织", "活动", "序号", "指标"]
    assert rows[1:] == [
        [
            "财政局第二支部",
            "=四型机关",
            "3",
            "主题党日",
            "3月",
            "2026年3月31日",
            "未开始",
            "0 / 1 次",
            "还差 1 次",
            None,
        ]
    ]
    assert AuditEntry.objects.get(verb="导出任务清单").detail == {"count": 1}


def test_an_export_with_a_filter_that_cannot_be_read_leads_back_to_the_list(staff):
    assert staff.get(f"{EXPORT}?month=x").url == f"{LIST}?month=x"


# One assignment --------------------


def test_an_assignment_explains_itself(staff, branch):
    task = TaskFactory(campaign=CampaignFactory(plan_title="工作方案", issuer=branch.parent), source="二（三）6")
    target = TargetFactory(task=task, phrase="每月一次")
    assignment = AssignmentFactory(target=target, organization=branch, needed=Decimal(2), done=1, state="progress")
    counted = FiledActivityFactory(organization=branch, title="三月主题党日")
    refused = FiledActivityFactory(organization=branch, title="短会")
    CreditFactory(assignment=assignment, activity=counted)
    CreditFactory(assignment=assignment, activity=refused, counted=False, amount=0, reason="未填写时长。")

    html = staff.get(page_of(assignment)).content.decode()

    for words in (
        "主题党日（3月）", "党支部", "每月不少于 1 次", "文件原文“每月一次”", "二（三）6", "1 / 2 次", "还差 1 次",
        "三月主题党日", "计 1 次", "短会", "未填写时长。", "3月31日 周二", "至 4月8日 周三", "至 4月13日 周一",
    ):  # fmt: skip
        assert words in html


def test_names_of_those_who_are_missing_are_for_those_who_may_see_members(client, committee, branch):
    MembershipFactory(organization=branch, member=MemberFactory(name="赵芳"))
    there = MembershipFactory(organization=branch, member=MemberFactory(name="周敏")).member
    assignment = due(branch, "study.hours", subject="member", needed=Decimal(2), members_expected=2, done=1)
    activity = FiledActivityFactory(organization=branch, kind="training")
    AttendanceFactory(activity=activity, member=there)
    CreditFactory(assignment=assignment, activity=activity, amount=2)

    shown = {}
    for role in ("secretary", "inspector"):
        client.force_login(make_user_with_post(role, branch if role == "secretary" else committee))
        shown[role] = client.get(page_of(assignment)).content.decode()

    assert "赵芳" in shown["secretary"]
    assert "周敏" not in shown["secretary"]
    assert "赵芳" not in shown["inspector"]
    assert "姓名由本党组织和上级党务干部查看。" in shown["inspector"]


def test_what_was_closed_stays_and_later_changes_are_told(staff, branch):
    assignment = due(
        branch, "activity.theme_day", state="done", done=1, completed_at="2026-04-20T09:00+08:00", outcome="missing",
        closed_at="2026-04-14T09:00+08:00", closed_done=0, closed_needed=1,
    )  # fmt: skip

    html = staff.get(page_of(assignment)).content.decode()

    assert "2026年4月14日结账：未完成，当时 0 / 1 次。" in html
    assert "结账后有变化，现为 1 / 1 次；结账结果不变。" in html


def test_an_exempt_assignment_gives_its_reason(staff, branch):
    assignment = due(branch, "activity.theme_day", state="exempt", exempt_reason="成立时本周期已过半")

    html = staff.get(page_of(assignment)).content.decode()

    assert "本周期免报：成立时本周期已过半。不计入应完成。" in html


def test_the_one_button_notes_an_activity_of_the_right_kind(secretary, branch):
    assignment = due(branch, "activity.party_lecture")

    step = secretary.get(page_of(assignment)).context["step"]

    address = f"{reverse('campaigns:activity_create')}?kind=party_lecture&assignment={assignment.pk}"
    assert (step.label, step.url) == ("记活动", address)


def test_the_one_button_answers_a_checklist(secretary, branch):
    assignment = due(branch, "manual")

    fresh = secretary.get(page_of(assignment)).context["step"]
    AnswerFactory(assignment=assignment, status="returned", filed_at="2026-03-16T10:42+08:00",
                  counts_from="2026-03-16T10:42+08:00")  # fmt: skip
    again = secretary.get(page_of(assignment)).context["step"]

    address = reverse("campaigns:assignment_answer", args=[assignment.pk])
    assert [(fresh.label, fresh.url), (again.label, again.url)] == [("填报", address), ("补正填报", address)]


def test_the_one_button_leads_to_the_record_that_was_sent_back(secretary, branch):
    assignment = due(branch, "activity.theme_day", state="returned")
    activity = FiledActivityFactory(organization=branch, status="returned")
    CreditFactory(assignment=assignment, activity=activity, counted=False, amount=0, reason="记录已退回。")

    step = secretary.get(page_of(assignment)).context["step"]

    assert (step.label, step.url) == ("补正记录", reverse("campaigns:activity_edit", args=[activity.pk]))


def test_an_answer_that_was_approved_and_falls_short_is_corrected_on_its_page(secretary, branch):
    assignment = due(branch, "evaluation.final", subject="member", members_expected=3, done=2, state="progress")
    AnswerFactory(assignment=assignment, status="approved", filed_at="2026-03-16T10:42+08:00",
                  counts_from="2026-03-16T10:42+08:00")  # fmt: skip

    response = secretary.get(page_of(assignment))

    assert response.context["step"].label == "查看并更正填报"  # what was approved does not suffice
    assert "查看填报内容" in response.content.decode()


@pytest.mark.parametrize("state", ["done", "pending", "exempt"])
def test_there_is_no_button_when_nothing_is_to_do(secretary, branch, state):
    assignment = due(branch, "activity.theme_day", state=state, exempt_reason="免报" if state == "exempt" else "")

    assert secretary.get(page_of(assignment)).context["step"] is None


@pytest.mark.parametrize("metric", ["activity.theme_day", "manual"])
def test_there_is_no_button_without_the_right(staff, branch, metric):
    assert staff.get(page_of(due(branch, metric))).context["step"] is None


@pytest.mark.parametrize("count", [1, 3])
def test_an_assignment_takes_a_fixed_number_of_queries(staff, branch, count, django_assert_num_queries):
    assignment = due(branch, "activity.theme_day")
    for _ in range(count):
        CreditFactory(assignment=assignment, activity=FiledActivityFactory(organization=branch))

    with django_assert_num_queries(QUERIES["detail"]):
        staff.get(page_of(assignment))
