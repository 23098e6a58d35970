"""Activities from a ledger: what is whole is filed and counts, the rest is a draft, the same twice doubles nothing."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from branches.actions.uploads import import_table, read
from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.actions.activities import save_draft, void_activity
from campaigns.actions.activity_imports import IMPORTER
from campaigns.models import Activity, ActivityVersion, Attendance
from campaigns.rules.windows import Window
from members.models import Member
from office.models import Notice
from tests.factories.branches import BranchFactory, GroupFactory, actor, make_user_with_post
from tests.factories.district import MINUTES, District
from tests.factories.members import MembershipFactory, OfficeFactory
from tests.factories.office import RuleFactory
from tests.factories.workbooks import workbook

pytestmark = pytest.mark.django_db
HEADINGS = (
    "所在党支部", "会议类型", "会议名称", "实际时间", "地点", "内容", "应到人数", "实到人数", "请假人数", "主持人",
    "记录人", "缺席人员", "时长",
)  # fmt: skip
GOOD = {
    "所在党支部": "第一支部", "会议类型": "主题党日", "会议名称": "3月主题党日", "实际时间": "2026-03-10 14:30",
    "地点": "会议室", "内容": MINUTES, "应到人数": 3, "实到人数": 3, "时长": 2,
}  # fmt: skip


@pytest.fixture
def district(move_clock) -> District:
    move_clock("2026-03-12T12:00:00+08:00")
    made = District()
    made.branch.name = "第一支部"
    made.branch.save()
    for member, name in zip(made.members, ("张三", "李四", "王五"), strict=True):
        Member.objects.filter(pk=member.pk).update(name=name)
    return made


@pytest.fixture
def bring(district, tmp_path):
    def bring(*rows, by=None, under=district.branch, dry_run=False):
        path = tmp_path / "台账.xlsx"
        path.write_bytes(workbook(HEADINGS, [[row.get(name) for name in HEADINGS] for row in rows]))
        return import_table(
            by=by or district.by, importer=IMPORTER, table=read(path, IMPORTER), under=under, dry_run=dry_run
        )

    return bring


def counts(result):
    return result.created, result.updated, result.unchanged, result.failed


def reasons(result):
    return [(error.column, error.reason) for error in result.errors]


def notes(result):
    return [(note.column, note.reason) for note in result.notes]


def test_a_whole_row_is_filed_and_counts(district, bring):
    theme_day = district.due()

    result = bring(GOOD | {"主持人": "张三", "记录人": "李四"})

    activity = Activity.objects.get()
    assert (counts(result), result.notes) == ((1, 0, 0, 0), [])
    assert (activity.status, activity.held_on, activity.held_at) == ("filed", date(2026, 3, 10), time(14, 30))
    assert (activity.title, activity.place, activity.hours) == ("3月主题党日", "会议室", Decimal("2.0"))
    assert (activity.host.name, activity.recorder.name) == ("张三", "李四")
    assert activity.minutes == f"应到 3 人，实到 3 人。\n记录人：李四\n内容：{MINUTES}"
    assert activity.attendances.filter(is_present=True, can_vote=True).count() == 3
    assert ActivityVersion.objects.get().content["minutes"] == activity.minutes
    theme_day.refresh_from_db()
    assert (theme_day.state, theme_day.done) == ("done", 1)
    verbs = AuditEntry.objects.filter(object_type="campaigns.Activity").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["导入活动记录", "提交活动记录"]


def test_those_named_absent_are_absent(bring):
    assert bring(GOOD | {"实到人数": 2, "请假人数": 1, "缺席人员": "李四（出差）"}).notes == []

    assert Activity.objects.get().status == "filed"
    sheet = Attendance.objects.order_by("member__pk").values_list("member__name", "is_present", "reason")
    assert list(sheet) == [("张三", True, ""), ("李四", False, "travel"), ("王五", True, "")]


@pytest.mark.parametrize(
    ("values", "column", "why"),
    [
        (
            {"实到人数": 2, "请假人数": 1}, "实到人数",
            "应到 3 人，实到 2 人，没有写明缺席人员，请登记到会人员",
        ),
        ({"应到人数": 5, "实到人数": 5}, "实到人数", "应到 5 人，当天名册为 3 人，请登记到会人员"),
        ({"应到人数": None}, "实到人数", "没有写明应到人数和实到人数，请登记到会人员"),
        ({"内容": None, "应到人数": 4, "实到人数": 4}, "实到人数", "应到 4 人，当天名册为 3 人，请登记到会人员"),
        ({"会议类型": "党课"}, "主持人", "请选择主持人或主讲人"),
        ({"会议类型": "党课", "主持人": "外请教授"}, "主持人", "请选择主持人或主讲人"),
        ({"会议类型": "集中学习", "时长": None}, "时长", "请填写时长"),
        ({"会议类型": "党小组会"}, "所在党支部", "请选择开会的党小组"),
    ],
)  # fmt: skip
def test_what_the_row_does_not_tell_leaves_a_draft_that_counts_for_nothing(district, bring, values, column, why):
    theme_day = district.due()

    result = bring(GOOD | values)

    assert counts(result) == (1, 0, 0, 0)
    assert (column, f"存为草稿：{why}") in notes(result)
    activity = Activity.objects.get()
    theme_day.refresh_from_db()
    assert (activity.status, theme_day.done, activity.credits.count()) == ("draft", 0, 0)


def test_a_draft_names_nobody_as_present_unless_it_is_known(bring):
    bring(GOOD | {"实到人数": 2}, GOOD | {"会议类型": "党课"})

    assert Attendance.objects.filter(activity__kind="theme_day").count() == 0
    assert Attendance.objects.filter(activity__kind="party_lecture", is_present=True).count() == 3


def test_who_hosted_from_elsewhere_stands_in_the_minutes(bring):
    bring(GOOD | {"主持人": "外请教授"})

    assert Activity.objects.get().host is None
    assert "主持人：外请教授\n" in Activity.objects.get().minutes


def test_a_secretary_of_a_superior_may_have_hosted(district, bring):
    boss = OfficeFactory(organization=district.committee, member__name="赵书记").member

    bring(GOOD | {"会议类型": "党课", "主持人": "赵书记"})

    assert (Activity.objects.get().host, Activity.objects.get().status) == (boss, "filed")


def test_hours_nobody_wrote_are_not_credited(bring):
    bring(GOOD | {"时长": None})

    assert (Activity.objects.get().status, Activity.objects.get().hours) == ("filed", 0)


def test_a_title_nobody_wrote_is_the_usual_one(bring):
    bring(GOOD | {"会议名称": None})

    assert Activity.objects.get().title == "3 月主题党日"


def test_the_same_file_twice_doubles_nothing(district, bring):
    district.due()
    rows = [GOOD, GOOD | {"会议名称": "再一次", "实到人数": 2}, GOOD | {"会议类型": "党课"}]

    assert counts(bring(*rows)) == (3, 0, 0, 0)
    before = list(AuditEntry.objects.filter(object_type="campaigns.Activity").values_list("pk", flat=True))
    again = bring(*rows)

    assert (counts(again), again.notes) == ((0, 0, 3, 0), [])
    assert (Activity.objects.count(), ActivityVersion.objects.count()) == (3, 1)
    assert list(AuditEntry.objects.filter(object_type="campaigns.Activity").values_list("pk", flat=True)) == before


def test_the_file_corrected_completes_the_draft(bring):
    bring(GOOD | {"实到人数": 2})

    result = bring(GOOD)

    activity = Activity.objects.get()
    assert (counts(result), activity.status, activity.attendances.count()) == ((0, 1, 0, 0), "filed", 3)


def test_a_draft_is_brought_up_to_date(bring):
    bring(GOOD | {"实到人数": 2})

    assert counts(bring(GOOD | {"实到人数": 2, "地点": "二楼", "记录人": "王五"})) == (0, 1, 0, 0)

    activity = Activity.objects.get()
    assert (activity.status, activity.place, activity.recorder.name) == ("draft", "二楼", "王五")


def test_what_somebody_has_written_on_the_page_stays(district, bring):
    bring(GOOD | {"实到人数": 2})
    activity = Activity.objects.get()
    draft = district.draft(held_on=activity.held_on, title=activity.title, minutes="自己写的")
    window = Window("6f1c2f0a-0000-4000-8000-000000000001", None)
    save_draft(by=district.by, organization=district.branch, client_key=activity.client_key, draft=draft, window=window)

    result = bring(GOOD)

    assert counts(result) == (0, 0, 1, 0)
    assert notes(result) == [("会议名称", "草稿已在页面上填写过，没有改动，请在页面上继续")]
    activity.refresh_from_db()
    assert (activity.status, activity.minutes) == ("draft", "自己写的")


def test_a_filed_record_stays_as_it_is(bring):
    bring(GOOD)

    result = bring(GOOD | {"地点": "二楼"})

    assert (counts(result), Activity.objects.get().place) == ((0, 0, 1, 0), "会议室")
    assert notes(result) == [("会议名称", "已有的记录是“已提交”，没有改动，需要时请在页面上更正")]


def test_a_void_record_is_not_brought_back(district, bring):
    bring(GOOD)
    void_activity(by=district.by, activity=Activity.objects.get(), reason="登记有误")

    result = bring(GOOD)

    assert (counts(result), Activity.objects.count()) == ((0, 0, 1, 0), 1)
    assert notes(result) == [("会议名称", "同一活动的记录已作废，没有重新导入")]


def test_another_day_title_kind_or_branch_is_another_record(district, bring):
    BranchFactory(parent=district.committee, name="第二支部")
    rows = [
        GOOD, GOOD | {"实际时间": "2026-03-11"}, GOOD | {"会议名称": "另一个"}, GOOD | {"会议类型": "党课"},
        GOOD | {"所在党支部": "第二支部"},
    ]  # fmt: skip

    result = bring(*rows, by=Actor.system(), under=None)

    assert (counts(result), Activity.objects.count()) == ((5, 0, 0, 0), 5)


def test_a_dry_run_tells_the_same_and_writes_nothing(bring):
    rows = [GOOD, GOOD | {"会议名称": "再一次", "实到人数": 2}, GOOD | {"会议类型": "野餐"}]

    told = bring(*rows, dry_run=True)
    assert Activity.objects.count() == 0
    done = bring(*rows)

    assert (counts(told), notes(told), reasons(told)) == (counts(done), notes(done), reasons(done))


@pytest.mark.parametrize(
    ("values", "column", "reason"),
    [
        ({"所在党支部": "无此支部"}, "所在党支部", "导入范围内没有这个党组织"),
        ({"所在党支部": "远方支部"}, "所在党支部", "导入范围内没有这个党组织"),
        ({"会议类型": "野餐"}, "会议类型", "没有“野餐”这一会议类型，请按“记一次活动”中的类型填写"),
        ({"会议类型": "党委会"}, "会议类型", "党支部没有这一会议类型"),
        ({"实际时间": "2026-02-30"}, "实际时间", "2026年2月没有 30 日"),
        ({"实际时间": "2026-03-13"}, "实际时间", "实际时间晚于今天，活动开展后再导入"),
        ({"实际时间": None}, "实际时间", "请填写实际时间"),
        ({"实到人数": 4}, "实到人数", "实到人数多于应到人数"),
        ({"请假人数": 1}, "请假人数", "实到人数与请假人数之和多于应到人数"),
        ({"会议名称": "题" * 129}, "会议名称", "超过 128 个字"),
    ],
)
def test_a_bad_row_says_where_and_why(bring, values, column, reason):
    BranchFactory(name="远方支部")

    result = bring(GOOD | values, GOOD | {"会议名称": "可以导入"})

    assert (counts(result), reasons(result)) == ((1, 0, 0, 1), [(column, reason)])


def test_a_row_said_twice_goes_in_once(bring):
    result = bring(GOOD, GOOD | {"地点": "别处"})

    assert (counts(result), reasons(result)) == (
        (1, 0, 0, 1), [("会议名称", "与第 2 行重复：党组织、会议类型、日期和名称都相同")],
    )  # fmt: skip


def test_a_dissolved_branch_takes_no_records(district, bring):
    BranchFactory(parent=district.committee, name="旧支部", code="OLD", dissolved_on=date(2026, 1, 31))

    result = bring(GOOD | {"所在党支部": "旧支部"}, GOOD | {"所在党支部": "OLD"}, under=district.committee)

    assert reasons(result) == [("所在党支部", "该党组织已于2026年1月31日撤销")] * 2


def test_a_branch_has_no_records_from_before_its_founding(district, bring):
    district.branch.founded_on = date(2026, 3, 11)
    district.branch.save()

    assert reasons(bring(GOOD)) == [("所在党支部", "该党组织2026年3月11日才成立")]


def test_without_a_name_it_is_the_branch_that_imports(district, bring):
    assert counts(bring(GOOD | {"所在党支部": None})) == (1, 0, 0, 0)
    assert reasons(bring(GOOD | {"所在党支部": None}, under=district.committee)) == [("所在党支部", "请填写所在党支部")]


def test_a_party_group_holds_its_meeting_in_its_branch(district, bring):
    group = GroupFactory(parent=district.branch, name="第一党小组")
    district.members[0].memberships.update(group=group)
    row = GOOD | {"所在党支部": "第一党小组", "会议类型": "党小组会", "应到人数": 1, "实到人数": 1}

    result = bring(row, row | {"会议类型": "主题党日"})

    activity = Activity.objects.get()
    assert (activity.organization, activity.group, activity.status) == (district.branch, group, "filed")
    assert reasons(result) == [("所在党支部", "党小组只登记党小组会，其他活动请填写党支部")]


def test_a_committee_meeting_counts_the_committee(district, bring):
    OfficeFactory(organization=district.branch, member=district.members[0])

    bring(GOOD | {"会议类型": "支委会", "应到人数": 1, "实到人数": 1})

    assert list(Attendance.objects.values_list("member", "in_committee")) == [(district.members[0].pk, True)]


def test_a_committee_without_seats_files_without_people(district, bring):
    row = GOOD | {"所在党支部": district.committee.name, "会议类型": "党委会议", "应到人数": 9, "实到人数": 9}

    bring(row, by=actor(district.staff), under=district.committee)

    assert (Activity.objects.get().status, Attendance.objects.count()) == ("filed", 0)


def test_staff_of_a_superior_leave_drafts_and_the_branch_is_told(district, bring):
    result = bring(GOOD, by=actor(district.staff), under=district.committee)

    assert (counts(result), Activity.objects.get().status) == ((1, 0, 0, 0), "draft")
    assert notes(result) == [("所在党支部", "存为草稿：由该党组织核对后提交")]
    told = Notice.objects.filter(user=district.secretary).values_list("text", flat=True)
    assert list(told) == ["已导入 1 条活动记录草稿，请补充到会人员等内容后提交。"]


def test_the_branch_imports_again_what_staff_left_and_files_it(district, bring):
    bring(GOOD, by=actor(district.staff), under=district.committee)

    assert counts(bring(GOOD)) == (0, 1, 0, 0)
    assert Activity.objects.get().status == "filed"


def test_who_may_only_look_may_not_import_for_others(district, bring):
    member = make_user_with_post("member", district.branch)

    assert reasons(bring(GOOD, by=actor(member))) == [("所在党支部", "无权为该党组织记录活动")]


def test_presence_counts_where_the_person_has_gone_since(district, bring):
    district.due("study.hours", subject="member", needed=2)
    other, gone = BranchFactory(parent=district.committee), district.members[0]
    gone.memberships.update(ends_on=date(2026, 3, 11))
    MembershipFactory(organization=other, member=gone, starts_on=date(2026, 3, 11))
    district.branch = other
    there = district.due("study.hours", subject="member", needed=2)

    bring(GOOD | {"会议类型": "集中学习"})

    there.refresh_from_db()
    assert (Activity.objects.get().status, there.done) == ("filed", 1)


def test_records_that_come_late_are_hinted_at(bring):
    RuleFactory(code="review.late_entry_days", value=1)

    bring(GOOD)

    assert "late_entry" in [flag["code"] for flag in Activity.objects.get().flags]


def test_three_hundred_rows_with_ten_bad_ones(district, bring):
    start = date(2025, 3, 1)
    rows = [GOOD | {"实际时间": start + timedelta(days=day), "会议名称": f"第{day}次"} for day in range(300)]
    bad = [
        {"所在党支部": "无此支部"}, {"会议类型": "野餐"}, {"实际时间": "2026-02-30"}, {"实际时间": "2030-01-01"},
        {"实到人数": 4}, {"请假人数": 1}, {"实际时间": None}, {"应到人数": "很多"}, {"会议类型": None},
        {"实到人数": 0},
    ]  # fmt: skip
    for place, values in enumerate(bad):
        rows[place * 30] |= values

    result = bring(*rows)

    assert counts(result) == (290, 0, 0, 10)
    assert [error.row for error in result.errors] == [2 + place * 30 for place in range(10)]
    assert Activity.objects.filter(status="filed").count() == 290
