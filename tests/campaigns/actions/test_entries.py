"""Entries: written by the member or for many at once, counted for tasks, sent back, imported."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from branches.rules.uploads import ImportResult
from campaigns.actions import entries as actions
from campaigns.actions.entry_imports import COLUMNS, run
from campaigns.enums import AssignmentState
from campaigns.models import Credit, Entry
from campaigns.rules.entries import EntryDraft, EntryState
from members.enums import OfficeKind
from office.models import Notice
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.campaigns import AttendanceFactory, FiledActivityFactory, due
from tests.factories.campaigns_entries import REFLECTION, EntryFactory
from tests.factories.members import MembershipFactory, OfficeFactory, make_roster
from tests.factories.workbooks import table_of

pytestmark = pytest.mark.django_db
YEAR = {"period": "2026", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
DAY = date(2026, 3, 12)
BOOK = EntryDraft("book", DAY, "《乡土中国》", REFLECTION)


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-20T09:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory())


@pytest.fixture
def secretary(branch):
    return actor(make_user_with_post("secretary", branch))


def fresh(row):
    row.refresh_from_db()
    return row


def enter(by, branch, members, draft=BOOK, **more):
    return actions.enter(by=by, organization=branch, members=members, draft=draft, **more)


def test_n07_a_book_a_month_of_each_member(branch, secretary):
    one, other = make_roster(branch, 2)
    row = due(branch, "study.books", subject="member")
    (entry,) = enter(secretary, branch, [one])
    assert (fresh(row).state, row.done, row.members_expected) == (AssignmentState.PROGRESS, 1, 2)
    assert Credit.objects.get().url == f"/campaigns/entries/{entry.pk}/"
    enter(secretary, branch, [other])
    assert (fresh(row).state, row.done) == (AssignmentState.DONE, 2)


def test_n07_a_short_reflection_does_not_count_and_says_why(branch, secretary):
    (one,) = make_roster(branch, 1)
    row = due(branch, "study.books", subject="member")
    enter(secretary, branch, [one], EntryDraft("book", DAY, "《乡土中国》", "读了。"))
    assert (fresh(row).done, Credit.objects.get().reason) == (0, "心得体会不足100字。")


@pytest.mark.parametrize("days", [(12,), (2, 12, 20)])
def test_many_entries_are_counted_at_once(branch, days, django_assert_num_queries):
    members = make_roster(branch, len(days))
    row = due(branch, "study.books", subject="member")
    entries = [
        EntryFactory(organization=branch, member=member, held_on=date(2026, 3, day), text=REFLECTION)
        for member, day in zip(members, days, strict=True)
    ]
    with django_assert_num_queries(COUNTING):
        actions.count_entries(entries)
    assert (fresh(row).done, row.members_expected) == (len(days), len(days))


COUNTING = 24


def test_entries_of_several_months_count_for_each(branch):
    (one,) = make_roster(branch, 1)
    rows = [
        due(branch, "study.books", subject="member", period=f"2026-0{month}", starts_on=date(2026, month, 1),
            ends_on=date(2026, month, 28), due_on=date(2026, month, 28))
        for month in (1, 2, 3)
    ]  # fmt: skip
    entries = [
        EntryFactory(organization=branch, member=one, held_on=date(2026, month, 5), text=REFLECTION) for month in (1, 3)
    ]
    actions.count_entries(entries)
    assert [fresh(row).done for row in rows] == [1, 0, 1]


def test_n08_the_branch_enters_the_pledges_of_all_at_once(branch, secretary):
    members = make_roster(branch, 3)
    row = due(branch, "integrity.pledge", subject="member", **YEAR)
    made = enter(secretary, branch, members, EntryDraft("integrity", DAY), is_confirmed=True)
    assert [entry.state for entry in made] == [EntryState.CONFIRMED] * 3
    assert (fresh(row).state, row.done) == (AssignmentState.DONE, 3)


def test_n06_hours_outside_come_beside_those_of_records(branch, secretary):
    (one,) = make_roster(branch, 1)
    row = due(branch, "study.hours", subject="member", needed=Decimal(32), **YEAR)
    activity = FiledActivityFactory(organization=branch, kind="training", hours=Decimal(8))
    AttendanceFactory(activity=activity, member=one)
    actions.fact_credits.crediting.credit_activity(activity)
    assert fresh(row).done == 0
    enter(secretary, branch, [one], EntryDraft("hours", DAY, "主体班", hours=Decimal(24), form="调训"))
    assert (fresh(row).state, row.done) == (AssignmentState.DONE, 1)


def test_n20_report_service_and_account_make_one(branch, secretary):
    (one,) = make_roster(branch, 1)
    row = due(branch, "community.service", subject="member", **YEAR)
    enter(secretary, branch, [one], EntryDraft("enrolment", DAY))
    enter(secretary, branch, [one], EntryDraft("service", DAY, "清理楼道"))
    assert (fresh(row).done, Credit.objects.get().reason) == (0, "还差：服务情况报告。")
    enter(secretary, branch, [one], EntryDraft("service_report", DAY, "服务报告", "清理楼道两处"))
    assert (fresh(row).state, row.done) == (AssignmentState.DONE, 1)


def test_n30_a_leaders_recommended_book_counts_at_his_committee(branch, secretary):
    (leader,) = make_roster(branch, 1)
    OfficeFactory(member=leader, organization=branch.parent, kind=OfficeKind.LEADER)
    row = due(branch.parent, "reading.recommend", subject="leader", **YEAR)
    enter(secretary, branch, [leader], EntryDraft("recommended", DAY, "《乡土中国》"))
    assert (fresh(row).state, row.done, row.members_expected) == (AssignmentState.DONE, 1, 1)


def test_the_same_entered_twice_is_one(branch, secretary):
    members = make_roster(branch, 2)
    assert len(enter(secretary, branch, members[:1])) == 1
    assert len(enter(secretary, branch, members)) == 1
    assert Entry.objects.count() == 2


def test_a_stranger_is_refused(branch, secretary):
    stranger = MembershipFactory().member
    with pytest.raises(ValidationError, match="名册"):
        enter(secretary, branch, [stranger])


def test_what_is_sent_back_counts_no_longer_until_filed_again(branch, secretary):
    one, _ = make_roster(branch, 2)
    user = make_user_with_post("member", branch)
    one.user = user
    one.save()
    row = due(branch, "study.books", subject="member")
    (entry,) = enter(actor(user), branch, [one])
    with pytest.raises(ValidationError, match="说明"):
        actions.move_entry(by=secretary, entry=entry, verb="return")
    actions.move_entry(by=secretary, entry=entry, verb="return", text="请补充联系实际的内容")
    assert (fresh(row).done, Credit.objects.get().reason) == (0, "已退回，修改后重新报送即可计入。")
    assert Notice.objects.filter(user=user).count() == 1
    actions.correct(by=actor(user), entry=entry, draft=BOOK)
    assert (fresh(row).done, fresh(entry).state) == (1, EntryState.FILED)


def test_nobody_confirms_his_own(branch):
    (one,) = make_roster(branch, 1)
    one.user = make_user_with_post("secretary", branch)
    one.save()
    by = actor(one.user)
    (entry,) = enter(by, branch, [one])
    with pytest.raises(ValidationError, match="本人"):
        actions.move_entry(by=by, entry=entry, verb="confirm")


def test_what_is_confirmed_is_not_changed(branch, secretary):
    (one,) = make_roster(branch, 1)
    (entry,) = enter(secretary, branch, [one], is_confirmed=True)
    with pytest.raises(ValidationError, match="不能修改"):
        actions.correct(by=secretary, entry=entry, draft=BOOK)


def test_a_void_entry_counts_nothing_and_may_be_entered_again(branch, secretary):
    (one,) = make_roster(branch, 1)
    row = due(branch, "study.books", subject="member")
    (entry,) = enter(secretary, branch, [one])
    actions.move_entry(by=secretary, entry=entry, verb="void", text="登记错误")
    assert fresh(row).done == 0
    assert len(enter(secretary, branch, [one])) == 1
    assert fresh(row).done == 1


HEADS = ("姓名", "类别", "日期", "书名或事项", "学习形式", "学时", "心得或情况")


def test_a_workbook_is_judged_first_and_then_written(branch, secretary, tmp_path):
    one, other = make_roster(branch, 2)
    row = due(branch, "study.books", subject="member")
    rows = (
        (one.name, "精读书籍", "2026-03-12", "《乡土中国》", "", "", REFLECTION),
        (other.name, "外出学习", "2026-03-12", "主体班", "调训", "8", ""),
        ("查无此人", "精读书籍", "2026-03-12", "《乡土中国》", "", "", REFLECTION),
        (one.name, "跳舞", "2026-03-12", "《乡土中国》", "", "", REFLECTION),
    )
    table = table_of(tmp_path, COLUMNS, HEADS, rows)
    dry: ImportResult = run(by=secretary, table=table, under=branch, write=False)
    assert (dry.created, dry.failed, Entry.objects.count()) == (2, 2, 0)
    assert dry.errors[0].reason == "名册中没有这名党员"
    done = run(by=secretary, table=table, under=branch, write=True)
    assert (done.created, Entry.objects.count(), fresh(row).done) == (2, 2, 1)
    again = run(by=secretary, table=table, under=branch, write=True)
    assert (again.created, again.unchanged) == (0, 2)
