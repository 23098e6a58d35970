"""Drafts, filing, withdrawing, voiding and discarding activities."""

from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from branches.models import AuditEntry
from campaigns.actions.activities import (
    discard_draft,
    file_activity,
    save_and_file,
    save_draft,
    void_activity,
    withdraw_activity,
)
from campaigns.actions.reviews import return_for_rework
from campaigns.enums import ActivityStatus
from campaigns.models import Activity, ActivityVersion, Assignment, Credit
from campaigns.rules.activities import RecordError
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory, actor, make_user_with_post
from tests.factories.campaigns import CampaignFactory, FiledActivityFactory, due
from tests.factories.district import District
from tests.factories.office import RuleFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZONE)


@pytest.fixture
def district(move_clock) -> District:
    move_clock(NOON)
    return District()


def test_a_draft_is_kept_with_who_was_there(district):
    activity = district.saved(present=2, parts=("oath",))

    assert (activity.status, activity.version, activity.parts) == ("draft", 0, ["oath"])
    assert list(activity.attendances.order_by("member_id").values_list("is_present", "reason", "can_vote")) == [
        (True, "", True),
        (True, "", True),
        (False, "travel", True),
    ]
    assert AuditEntry.objects.filter(verb="新建活动记录", object_id=activity.pk).count() == 1


def test_saving_again_changes_the_same_record(district):
    key = uuid4()
    first = district.saved(key)
    second = district.saved(key, present=1, title="学习条例")

    assert second.pk == first.pk
    assert Activity.objects.get().title == "学习条例"
    assert Activity.objects.get().attendances.filter(is_present=True).count() == 1


def test_people_who_left_the_list_leave_the_record(district):
    key = uuid4()
    district.saved(key)
    fewer = district.draft().attendance[:2]
    activity = save_draft(
        by=district.by, organization=district.branch, client_key=key, draft=district.draft(attendance=fewer)
    )
    assert activity.attendances.count() == 2


def test_a_form_that_saves_by_itself_leaves_no_further_row_in_the_trail(district):
    key = uuid4()
    district.saved(key)
    save_draft(by=district.by, organization=district.branch, client_key=key, draft=district.draft(), is_silent=True)
    assert list(AuditEntry.objects.filter(object_type="campaigns.Activity").values_list("verb", flat=True)) == [
        "新建活动记录"
    ]


def test_a_key_of_another_organisation_is_refused(district):
    activity = district.saved()
    with pytest.raises(RecordError, match="属于另一个组织"):
        save_draft(
            by=district.by,
            organization=BranchFactory(parent=district.committee),
            client_key=activity.client_key,
            draft=district.draft(title="改写"),
        )


def test_filing_counts_for_every_assignment_and_keeps_a_version(district):
    theme_day, fixed_day = district.due(), district.due("activity.fixed_day", title="党员固定活动日")
    activity = file_activity(by=district.by, activity=district.saved())

    assert (activity.status, activity.version, activity.needs_review) == ("filed", 1, False)
    assert activity.filed_at == activity.counts_from == NOON
    assert activity.filed_by == district.secretary
    assert activity.review_unit == district.committee
    version = ActivityVersion.objects.get()
    assert (version.number, version.content["title"], version.content["hours"]) == (1, "3 月主题党日", "2 小时")
    assert [each["text"] for each in version.content["attendance"]] == [m.name for m in district.members]
    credited = Credit.objects.filter(activity=activity, counted=True).values_list("assignment_id", flat=True)
    assert set(credited) == {theme_day.pk, fixed_day.pk}
    assert set(Assignment.objects.values_list("state", "done")) == {("done", Decimal(1))}


def test_what_the_kind_makes_compulsory_is_asked_for(district):
    activity = district.saved(kind="party_lecture", hours=Decimal(0), minutes=" ", title="", present=0)
    with pytest.raises(RecordError) as refused:
        file_activity(by=district.by, activity=activity)
    assert set(refused.value.message_dict) == {"title", "hours", "host", "attendance", "minutes"}
    activity.refresh_from_db()
    assert (activity.status, ActivityVersion.objects.count()) == ("draft", 0)


def test_a_committee_need_not_tell_who_was_there(district):
    activity = save_draft(
        by=district.reviewer,
        organization=district.committee,
        client_key=uuid4(),
        draft=district.draft(kind="committee_meeting", attendance=()),
    )
    assert file_activity(by=district.reviewer, activity=activity).status == "filed"


def test_what_has_not_taken_place_cannot_be_filed(district):
    with pytest.raises(RecordError, match="日期在今天之后"):
        file_activity(by=district.by, activity=district.saved(held_on=date(2026, 3, 13)))
    assert file_activity(by=district.by, activity=district.saved(held_on=date(2026, 3, 12))).status == "filed"


def test_a_second_click_finds_the_record_filed(district):
    key, draft = uuid4(), district.draft()
    first = save_and_file(by=district.by, organization=district.branch, client_key=key, draft=draft)
    second = save_and_file(by=district.by, organization=district.branch, client_key=key, draft=draft)

    assert (second.pk, second.version) == (first.pk, 1)
    assert ActivityVersion.objects.count() == 1


def test_another_window_with_other_words_is_refused(district):
    key = uuid4()
    save_and_file(by=district.by, organization=district.branch, client_key=key, draft=district.draft())
    with pytest.raises(RecordError, match="不能保存"):
        save_and_file(by=district.by, organization=district.branch, client_key=key, draft=district.draft(present=2))
    assert Activity.objects.get().attendances.filter(is_present=True).count() == 3


def test_a_refused_filing_leaves_no_draft_behind(district):
    with pytest.raises(RecordError):
        save_and_file(
            by=district.by, organization=district.branch, client_key=uuid4(), draft=district.draft(minutes="")
        )
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "policy, percent, changes, chosen",
    [
        ("flagged", 100, {}, False),
        ("flagged", 0, {"minutes": "学习条例"}, True),
        ("sample", 100, {}, True),
        ("sample", 0, {}, False),
        ("every", 0, {}, True),
    ],
)
def test_which_records_wait_for_a_reviewer(district, policy, percent, changes, chosen):
    district.campaign.review_policy = policy
    district.campaign.save()
    assignment = district.due()
    RuleFactory(code="review.sample_percent", value=percent, effective_from=date(2026, 3, 1))

    activity = file_activity(by=district.by, activity=district.saved(**changes))

    assignment.refresh_from_db()
    assert activity.needs_review is chosen
    assert assignment.state == ("pending" if chosen else "done")
    assert assignment.done == 1


def test_a_record_that_counts_for_nothing_is_reviewed_only_when_flagged(district):
    RuleFactory(code="review.sample_percent", value=100, effective_from=date(2026, 3, 1))
    assert file_activity(by=district.by, activity=district.saved(title="甲")).needs_review is False
    assert file_activity(by=district.by, activity=district.saved(title="乙", minutes="短")).needs_review is True


def test_the_strictest_of_the_campaigns_decides(district):
    district.due()
    due(district.branch, "activity.fixed_day", CampaignFactory(issuer=district.root, review_policy="every"))
    assert file_activity(by=district.by, activity=district.saved()).needs_review is True


def test_hints_are_kept_with_the_record(district):
    FiledActivityFactory(organization=district.branch, title="3 月主题党日", minutes="别的文字")
    activity = file_activity(by=district.by, activity=district.saved(minutes="短", present=1))
    assert [flag["code"] for flag in activity.flags] == ["attendance", "thin", "same_title"]
    assert activity.flags[1]["sentence"] == "记录 1 字，不足 60 字"


def test_withdrawing_takes_the_count_back_and_the_next_filing_decides(district, move_clock):
    assignment = district.due()
    activity = file_activity(by=district.by, activity=district.saved())
    withdrawn = withdraw_activity(by=district.by, activity=activity)

    assignment.refresh_from_db()
    assert (withdrawn.status, withdrawn.filed_at, withdrawn.counts_from) == ("draft", None, None)
    assert (assignment.state, assignment.done, assignment.completed_at) == ("open", Decimal(0), None)
    assert Credit.objects.get().reason == "记录已撤回，重新提交后计入。"

    later = datetime(2026, 3, 14, 9, 0, tzinfo=ZONE)
    move_clock(later)
    again = file_activity(by=district.by, activity=withdrawn)
    assert (again.version, again.counts_from) == (2, later)


@pytest.mark.parametrize(
    "days, keeps_the_first",
    [(19, True), (20, False)],
    ids=["on the last day", "the day after"],
)
def test_a_returned_record_keeps_its_first_filing_for_five_working_days(district, move_clock, days, keeps_the_first):
    activity = file_activity(by=district.by, activity=district.saved(minutes="短"))
    returned = return_for_rework(by=district.reviewer, record=activity, version=1, remark="请补充。")
    assert returned.resubmit_by == date(2026, 3, 19)

    later = datetime(2026, 3, days, 23, 0, tzinfo=ZONE)
    move_clock(later)
    draft = district.draft()
    again = save_and_file(by=district.by, organization=district.branch, client_key=activity.client_key, draft=draft)
    assert again.counts_from == (NOON if keeps_the_first else later)
    assert (again.version, again.needs_review) == (2, True)


def test_withdrawing_a_returned_record_does_not_lose_its_first_filing(district, move_clock):
    activity = file_activity(by=district.by, activity=district.saved(minutes="短"))
    return_for_rework(by=district.reviewer, record=activity, version=1, remark="请补充。")
    again = file_activity(by=district.by, activity=activity)
    withdraw_activity(by=district.by, activity=again)
    move_clock(datetime(2026, 3, 13, 9, 0, tzinfo=ZONE))
    assert file_activity(by=district.by, activity=again).counts_from == NOON


def test_a_void_record_counts_for_nothing_and_says_why(district):
    assignment = district.due()
    activity = file_activity(by=district.by, activity=district.saved())
    void = void_activity(by=district.by, activity=activity, reason=" 重复录入 ")

    assignment.refresh_from_db()
    assert (void.status, void.void_reason) == ("void", "重复录入")
    assert (assignment.done, Credit.objects.get().counted) == (Decimal(0), False)
    assert AuditEntry.objects.get(verb="作废活动记录").detail == {"note": "重复录入"}


def test_voiding_needs_a_reason(district):
    with pytest.raises(RecordError, match="作废原因"):
        void_activity(by=district.by, activity=district.saved(), reason="  ")


def test_only_a_draft_that_was_never_filed_can_be_deleted(district):
    draft = district.saved()
    discard_draft(by=district.by, activity=draft)
    assert not Activity.objects.exists()

    withdrawn = withdraw_activity(by=district.by, activity=file_activity(by=district.by, activity=district.saved()))
    with pytest.raises(RecordError, match="不能删除"):
        discard_draft(by=district.by, activity=withdrawn)


@pytest.mark.parametrize("status", [ActivityStatus.APPROVED, ActivityStatus.VOID])
def test_what_is_decided_cannot_be_written_filed_or_withdrawn(district, status):
    activity = FiledActivityFactory(organization=district.branch, status=status, void_reason="重复")
    with pytest.raises(RecordError):
        save_draft(by=district.by, organization=district.branch, client_key=activity.client_key, draft=district.draft())
    with pytest.raises(RecordError):
        file_activity(by=district.by, activity=activity)
    with pytest.raises(RecordError):
        withdraw_activity(by=district.by, activity=activity)


def test_the_actor_of_a_record_of_the_root_is_its_own_reviewer_unit(district):
    root_staff = make_user_with_post("staff", district.root)
    activity = save_draft(
        by=actor(root_staff),
        organization=district.root,
        client_key=uuid4(),
        draft=district.draft(kind="committee_meeting", attendance=()),
    )
    assert file_activity(by=actor(root_staff), activity=activity).review_unit == district.root
