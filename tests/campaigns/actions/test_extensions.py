"""More time and exemptions (X05): who may, what moves with it, and what the counts say afterwards."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.actions import tallies
from campaigns.actions.crediting import credit_activity
from campaigns.actions.extensions import (
    answer_extension,
    ask_extension,
    exempt,
    extend,
    lift_exemption,
    take_back,
)
from campaigns.models import Assignment, Extension, Tally
from campaigns.rules.extensions import ExtensionState
from office.models import Notice
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, actor, make_user_with_post
from tests.factories.campaigns import CampaignFactory, ExtensionFactory, FiledActivityFactory, due

pytestmark = pytest.mark.django_db
APRIL_10 = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock("2026-03-25T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory(parent=OrganizationFactory())


@pytest.fixture
def row(committee):
    assignment = due(BranchFactory(parent=committee), "activity.theme_day")
    tallies.recount([assignment.organization_id], [assignment.due_month], [assignment.campaign_id])
    return assignment


@pytest.fixture
def secretary(row):
    return actor(make_user_with_post("secretary", row.organization))


@pytest.fixture
def staff(committee):
    return actor(make_user_with_post("staff", committee))


def asked(row, secretary, wanted_on=APRIL_10):
    return ask_extension(by=secretary, assignment=row, reason="书记外出学习", wanted_on=wanted_on)


def counts(row):
    return {tally.due_month: (tally.expected, tally.open) for tally in Tally.objects.filter(campaign=row.campaign)}


def test_x05_a_request_tells_the_superior_and_changes_nothing_yet(row, secretary, staff):
    extension = asked(row, secretary)
    row.refresh_from_db()
    assert (extension.state, extension.due_before, row.due_on) == ("asked", date(2026, 3, 31), date(2026, 3, 31))
    assert Notice.objects.get(user=staff.user_id).key == f"extension:{extension.pk}:asked"
    assert AuditEntry.objects.filter(verb="申请任务延期", object_id=row.pk).count() == 1


def test_x05_one_request_at_a_time(row, secretary):
    asked(row, secretary)
    with pytest.raises(ValidationError, match="已有一份延期申请在等待批复"):
        asked(row, secretary)


def test_x05_granting_moves_all_days_and_the_month_in_which_it_counts(row, secretary, staff):
    answer_extension(by=staff, extension=asked(row, secretary), grant=True)
    row.refresh_from_db()
    assert (row.due_before, row.due_on, row.due_month) == (date(2026, 3, 31), APRIL_10, "2026-04")
    assert (row.grace_until, row.cut_off_on) == (date(2026, 4, 17), date(2026, 4, 22))
    assert counts(row) == {"2026-03": (0, 0), "2026-04": (1, 1)}
    assert Notice.objects.get(user=secretary.user_id).text == "“主题党日”已延期至2026年4月10日。"


def test_x05_the_superior_may_grant_another_day(row, secretary, staff):
    answer_extension(by=staff, extension=asked(row, secretary), grant=True, due_on=date(2026, 4, 3))
    row.refresh_from_db()
    assert row.due_on == date(2026, 4, 3)


def test_x05_a_refusal_needs_a_word_and_leaves_the_day(row, secretary, staff):
    extension = asked(row, secretary)
    with pytest.raises(ValidationError, match="请写明理由"):
        answer_extension(by=staff, extension=extension, grant=False)
    answer_extension(by=staff, extension=extension, grant=False, remark="可由副书记主持")
    row.refresh_from_db()
    assert (extension.__class__.objects.get().state, row.due_on) == ("refused", date(2026, 3, 31))


def test_x05_a_request_is_answered_once(row, secretary, staff):
    extension = asked(row, secretary)
    answer_extension(by=staff, extension=extension, grant=True)
    with pytest.raises(ValidationError, match="已同意，不能再办理"):
        answer_extension(by=staff, extension=extension, grant=False, remark="不")


def test_x05_a_request_can_be_taken_back_and_put_again(row, secretary):
    take_back(by=secretary, extension=asked(row, secretary))
    asked(row, secretary, date(2026, 4, 5))
    assert sorted(Extension.objects.values_list("state", flat=True)) == ["asked", "taken_back"]


def test_x05_nobody_decides_on_his_own_organisation(committee):
    own = due(committee, "manual", campaign=CampaignFactory(issuer=committee.parent))
    own.unit = committee.parent
    own.save()
    by = actor(make_user_with_post("staff", committee))
    with pytest.raises(ValidationError, match="由上级党组织办理"):
        answer_extension(by=by, extension=ExtensionFactory(assignment=own), grant=True)
    changed = extend(by=by, assignment_ids=[own.pk], due_on=APRIL_10, reason="会议调整")
    assert (changed.count, changed.refused) == (0, {"本党组织的任务由上级党组织办理延期和免报。": 1})


def test_x05_many_at_once_leave_what_is_done_or_closed(committee, staff):
    campaign = CampaignFactory(issuer=committee)
    rows = [due(BranchFactory(parent=committee), "activity.theme_day", campaign=campaign) for _ in range(3)]
    Assignment.objects.filter(pk=rows[1].pk).update(state="done")
    Assignment.objects.filter(pk=rows[2].pk).update(
        closed_at=datetime(2026, 3, 24, tzinfo=ZONE), outcome="missing", closed_done=0, closed_needed=1
    )
    changed = extend(by=staff, assignment_ids=[row.pk for row in rows], due_on=APRIL_10, reason="防汛值守")
    assert changed.count == 1
    assert changed.refused == {"已经完成，不用延期。": 1, "所在月份已经结账，结果不再变动。": 1}
    assert list(Assignment.objects.order_by("pk").values_list("due_on", flat=True)) == [
        APRIL_10, date(2026, 3, 31), date(2026, 3, 31),
    ]  # fmt: skip
    assert Extension.objects.get().state == ExtensionState.GRANTED


def test_x05_an_extension_over_many_settles_what_was_asked(row, secretary, staff):
    extension = asked(row, secretary)
    extend(by=staff, assignment_ids=[row.pk], due_on=date(2026, 4, 20), reason="统一延期")
    extension.refresh_from_db()
    assert (extension.state, extension.remark) == ("taken_back", "上级已统一延期")


def test_x06_an_exemption_by_hand_leaves_the_denominator_and_comes_back(row, staff):
    exempt(by=staff, assignment_ids=[row.pk], reason="支部正在筹备换届")
    row.refresh_from_db()
    tally = Tally.objects.get()
    assert (row.state, row.exempt_reason, tally.exempt, tally.expected) == ("exempt", "支部正在筹备换届", 1, 1)
    lift_exemption(by=staff, assignment_ids=[row.pk])
    row.refresh_from_db()
    tally.refresh_from_db()
    assert (row.state, row.exempt_reason, tally.exempt, tally.open) == ("open", "", 0, 1)


def test_x06_what_was_filed_meanwhile_counts_when_the_exemption_is_lifted(row, staff):
    exempt(by=staff, assignment_ids=[row.pk], reason="支部正在筹备换届")
    credit_activity(FiledActivityFactory(organization=row.organization))
    lift_exemption(by=staff, assignment_ids=[row.pk])
    row.refresh_from_db()
    assert (row.state, row.done) == ("done", 1)


def test_x06_what_a_rule_exempts_stays_exempt(row, staff):
    Assignment.objects.filter(pk=row.pk).update(state="exempt", exempt_reason="成立时本周期已过半")
    assert lift_exemption(by=staff, assignment_ids=[row.pk]).count == 0


def test_x05_doing_it_twice_changes_nothing_more(row, staff):
    extend(by=staff, assignment_ids=[row.pk], due_on=APRIL_10, reason="防汛值守")
    again = extend(by=staff, assignment_ids=[row.pk], due_on=APRIL_10, reason="防汛值守")
    assert (again.count, Extension.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "unknown"},
        {"reason": ""},
        {"state": "asked", "answered_at": datetime(2026, 3, 26, tzinfo=ZONE)},
        {"state": "granted", "answered_at": datetime(2026, 3, 26, tzinfo=ZONE)},
        {"state": "granted", "answered_at": datetime(2026, 3, 26, tzinfo=ZONE), "due_on": date(2026, 3, 31)},
    ],
)
def test_the_database_refuses_bad_requests(row, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtensionFactory(assignment=row, **fields)


def test_the_database_refuses_a_second_waiting_request(row):
    ExtensionFactory(assignment=row)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtensionFactory(assignment=row)


def test_the_system_may_extend(row):
    assert extend(by=Actor.system(), assignment_ids=[row.pk], due_on=APRIL_10, reason="系统停机").count == 1
