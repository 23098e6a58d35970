"""Milestones whose day the plan leaves to the staff."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.permissions import Actor
from campaigns.actions.campaign_parts import lineage_of
from campaigns.enums import Basis, CampaignStatus, Subject, TaskNature
from campaigns.models import Campaign, ChecklistItem, Dimension, Milestone, Target, Task
from campaigns.rules.campaigns import RUNNING_STATUSES, CampaignError
from campaigns.rules.plan_fields import MANUAL
from office.actions import runs
from office.actions.notices import tell
from office.enums import Job, RunStatus
from office.models import Run
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.periods import PeriodKind

RUNNING = RUNNING_STATUSES
SAFEGUARDS = "组织领导与保障"


@transaction.atomic
def set_milestone_day(*, by: Actor, milestone: Milestone, due_on: date) -> Milestone:
    """Fix the day of a milestone that the plan does not date to the day; it lies in the campaign's year.

    A day that stands in the plan is not changed, nor anything of a campaign that has ended.
    """
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=milestone.campaign_id)
    milestone.refresh_from_db()
    if campaign.status not in RUNNING:
        raise CampaignError("该活动已结束，不能再确定日期。")
    if not milestone.is_day_open:
        raise CampaignError("该节点的日期出自文件，不能更改。")
    if due_on.year != campaign.year:
        raise CampaignError(f"日期应在 {campaign.year} 年内。")
    before, milestone.due_on = milestone.due_on, due_on
    milestone.save(update_fields=["due_on"])
    detail = {"before": before.isoformat() if before else "", "after": due_on.isoformat(), "note": milestone.title}
    audit.record(by=by, verb="确定节点日期", obj=campaign, organization=campaign.issuer, detail=detail)
    return milestone


@transaction.atomic
def ask_deliverable(
    *, by: Actor, milestone: Milestone, deliverable: str, kinds: Collection[str], group: str
) -> Milestone:
    """Ask organisations for what the milestone is to bring: a task with one item that needs its material, due on the
    day. It is dispatched, answered, reviewed and counted like every other. Source: C03.
    """
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=milestone.campaign_id)
    milestone.refresh_from_db()
    if campaign.status not in RUNNING:
        raise CampaignError("该活动已结束，不能再要求成果。")
    if milestone.due_on is None:
        raise CampaignError("请先确定节点的日期。")
    if milestone.task_id is not None:
        raise CampaignError("这一节点已经要求报送成果。")
    if campaign.status == CampaignStatus.PUBLISHED and milestone.due_on < clock.today():
        raise CampaignError("节点日期已过，不能再要求成果。")
    task = _task_of(campaign, milestone, deliverable)
    _target_of(campaign, task, milestone, kinds, group)
    milestone.task, milestone.deliverable = task, deliverable.strip()
    milestone.save(update_fields=["task", "deliverable"])
    if campaign.status == CampaignStatus.PUBLISHED:
        dispatch_again(by=by)
    audit.record(
        by=by, verb="要求节点成果", obj=campaign, organization=campaign.issuer,
        detail={"note": milestone.title, "deliverable": deliverable},
    )  # fmt: skip
    return milestone


def _task_of(campaign: Campaign, milestone: Milestone, deliverable: str) -> Task:
    assert milestone.due_on is not None
    dimension = Dimension.objects.filter(campaign=campaign, name=SAFEGUARDS).first()
    dimension = dimension or Dimension.objects.filter(campaign=campaign).order_by("-position").first()
    if dimension is None:
        dimension = Dimension.objects.create(campaign=campaign, name=SAFEGUARDS, position=1)
    last = Task.objects.filter(campaign=campaign).order_by("-position").values_list("position", flat=True).first() or 0
    task = Task.objects.create(
        campaign=campaign, dimension=dimension, number=f"J{milestone.pk}", title=milestone.title[:64],
        wording=f"{day_text(milestone.due_on)}前报送：{deliverable.strip()}", source=milestone.source or "时间节点",
        nature=TaskNature.STEP, position=last + 1,
    )  # fmt: skip
    ChecklistItem.objects.create(task=task, text=deliverable.strip()[:255], needs_evidence=True, position=1)
    return task


def _target_of(campaign: Campaign, task: Task, milestone: Milestone, kinds: Collection[str], group: str) -> None:
    assert milestone.due_on is not None
    target = Target(
        task=task, lineage=lineage_of(campaign, task.number, 1), title=milestone.title[:64], metric=MANUAL,
        subject=Subject.ORGANIZATION, period=PeriodKind.ONCE, at_least=Decimal(1), unit="项", basis=Basis.STATED,
        phrase=milestone.title[:255], due_day=f"{milestone.due_on:%m-%d}", audience_kinds=list(kinds),
        audience_group=group, position=1,
    )  # fmt: skip
    target.full_clean(validate_constraints=False)
    target.save()


def dispatch_again(*, by: Actor) -> None:
    """Have the running month gone over once more, for what is asked for the first time."""
    run = Run.objects.filter(job=Job.DISPATCH, period=f"{clock.today():%Y-%m}", status=RunStatus.DONE).first()
    if run is not None:
        runs.restart_run(by=by, run=run)


def remind_milestones(*, by: Actor, on: date) -> int:
    """Tell the issuer's staff and the leading group's office of a milestone that comes near, and on its day."""
    days = rule_table(on).int("milestone.remind_days")
    near = Milestone.objects.filter(
        campaign__status=CampaignStatus.PUBLISHED, due_on__gte=on, due_on__lte=on + timedelta(days=days)
    ).select_related("campaign")
    return sum(_remind(milestone, on) for milestone in near.order_by("pk"))


def _remind(milestone: Milestone, on: date) -> int:
    campaign = milestone.campaign
    assert milestone.due_on is not None
    office = campaign.leading_group.filter(runs_campaign=True).values_list("user_id", flat=True)
    staff = people_at([campaign.issuer_id], [Role.STAFF], on).get(campaign.issuer_id, [])
    occasion = "day" if milestone.due_on == on else "near"
    words = "今天" if occasion == "day" else day_text(milestone.due_on)
    return tell(
        people={*staff, *(user for user in office if user)},
        key=f"milestone:{milestone.pk}:{milestone.due_on:%Y%m%d}:{occasion}",
        text=f"“{campaign.name}”时间节点{words}到期：{milestone.title}，请查看完成情况。",
        url=reverse("campaigns:campaign_detail", args=[campaign.pk]),
        due_on=milestone.due_on,
    )
