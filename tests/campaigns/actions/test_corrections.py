"""Corrections of approved records: the old content counts until the new one is approved."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from branches.models import AuditEntry
from branches.queries.access import scope_of
from campaigns.actions.activities import file_activity, save_draft, void_activity, withdraw_activity
from campaigns.actions.corrections import amend
from campaigns.actions.reviews import approve, return_for_rework
from campaigns.models import Activity, Assignment, Credit
from campaigns.queries.activity_detail import changes_of
from campaigns.queries.reviews import waiting_activities
from campaigns.rules.activities import RecordError
from partybuild.lib.clock import ZONE
from tests.factories.branches import actor, make_user_with_post
from tests.factories.campaigns import AttachmentFactory
from tests.factories.district import District

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZONE)


@pytest.fixture
def district(move_clock) -> District:
    move_clock(NOON)
    made = District()
    made.campaign.review_policy = "every"
    made.campaign.save()
    return made


@pytest.fixture
def approved(district) -> Activity:
    saved = district.saved()
    AttachmentFactory(activity=saved, name="签到.jpg")
    return approve(by=district.reviewer, record=file_activity(by=district.by, activity=saved), version=1)


def rewritten(district: District, correction: Activity, **changes) -> Activity:
    """The correction with another content, filed."""
    save_draft(
        by=district.by,
        organization=district.branch,
        client_key=correction.client_key,
        draft=district.draft(**changes),
    )
    correction.refresh_from_db()
    return file_activity(by=district.by, activity=correction)


def test_x07_a_correction_begins_as_a_copy_beside_the_record(district, approved):
    correction = amend(by=district.by, record=approved)

    approved.refresh_from_db()
    assert (approved.status, correction.status, correction.corrects) == ("approved", "draft", approved)
    assert (correction.title, correction.attendances.count()) == (approved.title, 3)
    assert [each.name for each in correction.attachments.all()] == ["签到.jpg"]
    assert not Credit.objects.filter(activity=correction).exists()
    assert AuditEntry.objects.filter(verb="更正活动记录", object_id=approved.pk).count() == 1
    assert amend(by=district.by, record=approved).pk == correction.pk


@pytest.mark.parametrize("status", ["draft", "filed", "returned"])
def test_x07_only_an_approved_record_is_corrected(district, status):
    activity = district.saved()
    if status != "draft":
        activity = file_activity(by=district.by, activity=activity)
    if status == "returned":
        activity = return_for_rework(by=district.reviewer, record=activity, version=1, remark="请补充。")
    with pytest.raises(RecordError, match="不能更正"):
        amend(by=district.by, record=activity)


def test_x07_the_old_content_stays_until_the_new_one_is_approved(district, approved, move_clock):
    correction = amend(by=district.by, record=approved)
    move_clock("2026-03-13T09:00:00+08:00")
    file_again = rewritten(district, correction, title="四月学习", present=2)

    approved.refresh_from_db()
    assert (file_again.status, file_again.needs_review, approved.title) == ("amending", True, "3 月主题党日")
    assert not Credit.objects.filter(activity=file_again).exists()
    assert [row.pk for row in waiting_activities_of(district)] == [file_again.pk]
    assert {change.code for change in changes_of(file_again)} == {"title", "attendance"}

    approve(by=district.reviewer, record=file_again, version=1)
    approved.refresh_from_db()
    file_again.refresh_from_db()
    assert (approved.status, approved.version, approved.title) == ("approved", 2, "四月学习")
    assert approved.attendances.filter(is_present=True).count() == 2
    assert [each.name for each in approved.attachments.all()] == ["签到.jpg"]
    assert (file_again.status, approved.filed_at, approved.counts_from) == ("amended", NOON, NOON)
    assert {change.code for change in changes_of(file_again)} == {"title", "attendance"}
    assert AuditEntry.objects.filter(verb="并入更正活动记录", object_id=approved.pk).exists()


def waiting_activities_of(district: District):
    return waiting_activities(scope_of(district.staff.pk, NOON.date()))


def test_x07_a_returned_correction_leaves_the_record_counting(district):
    march = district.due()
    record = file_activity(by=district.by, activity=district.saved())
    record = approve(by=district.reviewer, record=record, version=1)
    correction = rewritten(district, amend(by=district.by, record=record), title="四月学习")

    returned = return_for_rework(by=district.reviewer, record=correction, version=1, remark="日期不符。")
    march.refresh_from_db()
    assert (returned.status, march.state, march.done) == ("returned", "done", Decimal(1))
    again = rewritten(district, returned, title="五月学习")
    assert (again.status, again.version) == ("amending", 2)
    assert withdraw_activity(by=district.by, activity=again).status == "draft"


def test_x07_what_no_longer_satisfies_stops_counting_when_the_correction_is_approved(district):
    march = district.due()
    record = file_activity(by=district.by, activity=district.saved())
    record = approve(by=district.reviewer, record=record, version=1)
    Assignment.objects.filter(pk=march.pk).update(closed_at=NOON, outcome="on_time")

    moved = rewritten(district, amend(by=district.by, record=record), held_on=date(2026, 2, 27))
    march.refresh_from_db()
    assert march.done == Decimal(1)
    approve(by=district.reviewer, record=moved, version=1)

    march.refresh_from_db()
    assert (march.done, march.outcome) == (Decimal(0), "on_time")


def test_x07_a_correction_climbs_as_many_levels_as_its_record(district, approved):
    district.due()
    district.campaign.review_levels = 2
    district.campaign.save()
    record = approve(
        by=actor(make_user_with_post("staff", district.root)),
        record=approve(
            by=district.reviewer, record=file_activity(by=district.by, activity=district.saved()), version=1
        ),
        version=1,
    )
    correction = rewritten(district, amend(by=district.by, record=record), title="四月学习")
    first = approve(by=district.reviewer, record=correction, version=1)
    assert (first.status, first.review_unit) == ("amending", district.root)


def test_x07_nobody_decides_on_the_correction_of_what_he_filed(district):
    record = save_draft(
        by=district.reviewer, organization=district.branch, client_key=district.saved().client_key,
        draft=district.draft(),
    )  # fmt: skip
    other = actor(make_user_with_post("staff", district.committee))
    record = approve(by=other, record=file_activity(by=district.reviewer, activity=record), version=1)
    correction = rewritten(district, amend(by=district.by, record=record), title="四月学习")
    assert list(waiting_activities_of(district)) == []
    with pytest.raises(RecordError, match="由您提交"):
        approve(by=district.reviewer, record=correction, version=1)


def test_x07_a_void_record_takes_its_correction_with_it(district, approved):
    correction = rewritten(district, amend(by=district.by, record=approved), title="四月学习")
    void_activity(by=district.reviewer, activity=approved, reason="重复录入")
    correction.refresh_from_db()
    assert (correction.status, correction.void_reason) == ("void", "原记录已作废")
