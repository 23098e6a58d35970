"""Score sheets: filled in, handed in, taken back, and by whom not."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from assessments.actions import rounds, sheets
from assessments.models import StageScore, Submission
from assessments.rules.rounds import OWN_SHEET
from assessments.rules.sheets import Entry
from branches.actions.posts import open_post
from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.models import Assignment
from partybuild.lib import clock
from tests.factories.assessments import make_story
from tests.factories.branches import actor, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def story(move_clock):
    move_clock("2026-06-08T09:00:00+08:00")
    return make_story()


@pytest.fixture
def secretary(story):
    return make_user_with_post("secretary", story.branch)


@pytest.fixture
def staff(story):
    return make_user_with_post("staff", story.committee)


def in_check(story) -> None:
    """Both sheets handed in with 8 points by hand, the round in the committee's hands."""
    for organization in (story.branch, story.sibling):
        sheets.hand_in(by=SYSTEM, sheet=story.sheet(organization), entries=story.entries("8"), comment="")
    rounds.advance(by=SYSTEM, round_=story.round)


def score(story, indicator, stage="check") -> StageScore:
    return StageScore.objects.get(submission=story.sheet(), indicator=indicator, stage=stage)


def test_a_branch_grades_what_no_record_measures(story, secretary):
    entries = story.entries("7.5", note="完成四项", evidence="承诺书台账")

    sheets.save(by=actor(secretary), sheet=story.sheet(), entries=entries, comment="一并说明")

    row = score(story, story.by_hand, "self_check")
    assert (row.points, row.note, row.evidence, row.scored_by) == (Decimal("7.5"), "完成四项", "承诺书台账", secretary)
    assert row.scored_at == clock.now()
    sheet = story.sheet()
    assert (sheet.self_comment, sheet.earned, sheet.ungraded) == ("一并说明", Decimal("15.83"), 0)
    assert sheet.self_checked_at is None


def test_a_branch_cannot_change_what_is_metered(story, secretary):
    entries = {story.metered.pk: Entry(Decimal(10), reason="应得满分")}

    sheets.save(by=actor(secretary), sheet=story.sheet(), entries=entries, comment="")

    assert score(story, story.metered, "self_check").points == Decimal("8.33")


def test_handing_in_fixes_the_stage_and_says_who(story, secretary):
    sheets.hand_in(by=actor(secretary), sheet=story.sheet(), entries=story.entries("8"), comment="")

    sheet = story.sheet()
    assert (sheet.self_checked_at, sheet.self_checked_by) == (clock.now(), secretary)
    with pytest.raises(ValidationError, match="请先撤回"):
        sheets.save(by=actor(secretary), sheet=story.sheet(), entries=story.entries("9"), comment="")
    entry = AuditEntry.objects.get(verb="提交自评")
    assert (entry.user_id, entry.organization_id) == (secretary.pk, story.branch.pk)


def test_handing_in_takes_the_latest_figures(story, secretary):
    Assignment.objects.filter(organization=story.branch, period="2026-06").update(completed_at=clock.now())

    sheets.hand_in(by=actor(secretary), sheet=story.sheet(), entries=story.entries("8"), comment="")

    assert story.sheet().total == Decimal("90.00")


def test_handing_in_needs_all_points(story, secretary):
    with pytest.raises(ValidationError, match="还有 1 项指标未评分"):
        sheets.hand_in(by=actor(secretary), sheet=story.sheet(), entries={}, comment="")

    assert story.sheet().self_checked_at is None


def test_a_sheet_is_taken_back_while_the_stage_lasts(story, secretary):
    sheets.hand_in(by=actor(secretary), sheet=story.sheet(), entries=story.entries("8"), comment="")

    sheets.take_back(by=actor(secretary), sheet=story.sheet())

    sheet = story.sheet()
    assert (sheet.self_checked_at, sheet.self_checked_by) == (None, None)
    sheets.save(by=actor(secretary), sheet=sheet, entries=story.entries("9"), comment="")
    assert score(story, story.by_hand, "self_check").points == Decimal(9)


def test_it_is_not_taken_back_when_the_round_has_gone_on(story, secretary):
    in_check(story)

    with pytest.raises(ValidationError, match="不能撤回"):
        sheets.take_back(by=actor(secretary), sheet=story.sheet())


def test_the_self_check_opens_on_its_day(story, secretary, move_clock):
    move_clock("2026-06-07T23:00:00+08:00")

    with pytest.raises(ValidationError, match="自评从 6月8日 开始"):
        sheets.save(by=actor(secretary), sheet=story.sheet(), entries=story.entries("8"), comment="")


@pytest.mark.parametrize("points", ["10.01", "-1", "1.005"])
def test_points_out_of_range_are_refused_and_nothing_is_kept(story, points):
    with pytest.raises(ValidationError) as refused:
        sheets.save(by=SYSTEM, sheet=story.sheet(), entries=story.entries(points), comment="说明")

    assert list(refused.value.message_dict) == [f"points-{story.by_hand.pk}"]
    assert story.sheet().self_comment == ""


def test_the_committee_changes_points_with_a_reason(story, staff):
    in_check(story)

    with pytest.raises(ValidationError) as refused:
        sheets.save(by=actor(staff), sheet=story.sheet(), entries={story.metered.pk: Entry(Decimal(5))}, comment="")
    assert refused.value.message_dict == {f"reason-{story.metered.pk}": ["主题党日：由 8.33 分改为 5 分，请写明理由。"]}

    entries = {story.metered.pk: Entry(Decimal(5), reason="4月、5月记录雷同"), **story.entries("6", reason="缺台账")}
    sheets.hand_in(by=actor(staff), sheet=story.sheet(), entries=entries, comment="已现场核实")

    row = score(story, story.metered)
    assert (row.computed, row.start, row.points, row.reason, row.by_hand, row.scored_by) == (
        Decimal("8.33"),
        Decimal("8.33"),
        Decimal(5),
        "4月、5月记录雷同",
        True,
        staff,
    )
    assert score(story, story.metered, "self_check").points == Decimal("8.33")
    sheet = story.sheet()
    assert (sheet.earned, sheet.checked_by, sheet.check_comment) == (Decimal(11), staff, "已现场核实")


def test_points_set_back_need_no_reason_and_follow_the_figures_again(story, staff):
    in_check(story)
    sheets.save(
        by=actor(staff), sheet=story.sheet(), entries={story.metered.pk: Entry(Decimal(5), reason="雷同")}, comment=""
    )

    sheets.save(
        by=actor(staff), sheet=story.sheet(), entries={story.metered.pk: Entry(Decimal("8.33"), reason="x")}, comment=""
    )

    row = score(story, story.metered)
    assert (row.points, row.reason, row.by_hand) == (Decimal("8.33"), "", False)


def test_a_metered_field_left_empty_goes_back_to_its_start(story, staff):
    in_check(story)
    sheets.save(
        by=actor(staff), sheet=story.sheet(), entries={story.metered.pk: Entry(Decimal(5), reason="雷同")}, comment=""
    )

    sheets.save(by=actor(staff), sheet=story.sheet(), entries={story.metered.pk: Entry()}, comment="")

    assert score(story, story.metered).points == Decimal("8.33")


def test_r17_nobody_scores_the_organisation_of_his_post(story):
    in_check(story)
    user = make_user_with_post("staff", story.committee)
    make_user_with_post("secretary", story.sibling)
    double = actor(user)
    open_post(by=SYSTEM, user=user, organization=story.branch, role="secretary", starts_on=story.round.starts_on)

    with pytest.raises(ValidationError, match=OWN_SHEET):
        sheets.save(by=double, sheet=story.sheet(), entries=story.entries("8"), comment="")
    sheets.save(by=double, sheet=story.sheet(story.sibling), entries=story.entries("8"), comment="")


def test_r17_nobody_scores_the_branch_of_which_he_is_a_member(story, staff):
    in_check(story)
    member = MemberFactory(user=staff)
    MembershipFactory(member=member, organization=story.branch)

    with pytest.raises(ValidationError, match=OWN_SHEET):
        sheets.hand_in(by=actor(staff), sheet=story.sheet(), entries=story.entries("8"), comment="")


def test_one_sheet_is_scored_again_by_itself(story, secretary):
    Assignment.objects.filter(organization=story.branch, period="2026-06").update(completed_at=clock.now())

    sheets.rescore(by=actor(secretary), sheet=story.sheet())

    assert story.sheet().earned == Decimal(10)
    assert AuditEntry.objects.filter(verb="重新计分").count() == 1


def test_each_step_leaves_one_audit_row(story):
    before = AuditEntry.objects.count()

    sheets.save(by=SYSTEM, sheet=story.sheet(), entries=story.entries("8"), comment="")
    sheets.hand_in(by=SYSTEM, sheet=story.sheet(), entries=story.entries("8"), comment="")
    sheets.take_back(by=SYSTEM, sheet=story.sheet())

    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))[before:]
    assert verbs == ["保存自评", "提交自评", "撤回自评"]
    assert Submission.objects.count() == 2
