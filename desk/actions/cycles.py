"""The cycles: what is due is asked of the database, requested as a run, and done by a worker.

The schedule knows only one tick a minute. A run that was missed while the portal was down is simply still due.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Min

from assessments.actions.rounds import open_midyear
from assessments.actions.schemes import make_missing_schemes
from branches.actions.posts import remove_ended_grants
from branches.actions.sealing import prune_entries, seal_entries
from branches.actions.sent_forms import forget_sent_forms
from branches.actions.sessions import remove_old_sign_ins
from branches.models import PlannedChange
from branches.permissions import Actor
from campaigns.actions import closing, dispatch, fact_watch
from campaigns.actions import reminders as work_reminders
from campaigns.actions.recounts import watch_counters
from campaigns.enums import CampaignStatus
from campaigns.models import Assignment, Campaign
from campaigns.queries.open_periods import is_cycle_running
from desk.actions.bulletins import draft_monthly_bulletin
from desk.actions.joining import recount_imported
from desk.actions.planned_changes import carry_out_due
from desk.enums import TaskName
from desk.rules import cycles as rules
from members.actions import reminders
from office.actions import runs
from office.enums import Job, RunStatus
from office.models import Run
from office.queries.calendar import workday_checker
from office.queries.runs import due
from partybuild.lib import clock, periods
from partybuild.lib.periods import Period
from partybuild.lib.queue import after_commit

logger = logging.getLogger(__name__)
LEASE_SECONDS = 120
RECOUNT_SECONDS = 3600


class CycleRefusedError(Exception):
    """The cycle may not run now; the message says why and what to do."""


@transaction.atomic
def tick(*, by: Actor) -> list[int]:
    """Ask what is due and not done, oldest first, and queue it; ids of the runs that were queued."""
    seal_entries(by=by)
    runs.give_up_stuck_runs()
    remove_ended_grants(by=by)
    make_missing_schemes(by=by)
    if not _request_changes(by):
        _request_dispatches(by)
        _request_closings(by)
    _request_daily(by)
    if fact_watch.has_changed():
        after_commit(TaskName.COUNT_FACTS)
    waiting = list(due(clock.now()).values_list("pk", flat=True))
    for run_id in waiting:
        after_commit(TaskName.DO_RUN, run_id)
    return waiting


@transaction.atomic
def start_dispatch(*, by: Actor, month: Period) -> Run:
    """Dispatch a month by hand: the run is requested, or done over if it has ended, and queued."""
    run = dispatch.request_dispatch(by=by, month=month)
    if run.status in (RunStatus.DONE, RunStatus.FAILED):
        run = runs.restart_run(by=by, run=run)
    after_commit(TaskName.DO_RUN, run.pk)
    return run


@transaction.atomic
def start_closing(*, by: Actor, month: Period) -> Run:
    """Close a month by hand; refused before its cut-off has passed."""
    cut_off = closing.last_cut_off(month)
    if cut_off is None and not Assignment.objects.filter(due_month=month.key).exists():
        raise CycleRefusedError(f"{periods.label(month)}没有已下发的任务，无需结账。")
    if cut_off is not None and not rules.may_close(cut_off, clock.today(), workday_checker()):
        raise CycleRefusedError(
            f"{periods.label(month)}的补报截止日为{cut_off:%Y-%m-%d}，截止后的第一个工作日起可以结账。"
        )
    run = closing.request_closing(by=by, month=month)
    if run.status in (RunStatus.DONE, RunStatus.FAILED) and cut_off is not None:
        run = runs.restart_run(by=by, run=run)
    after_commit(TaskName.DO_RUN, run.pk)
    return run


def do_run(run_id: int) -> dict[str, Any] | None:
    """Take a run up and do it; None when another worker has it or it has ended. A failure is kept with the run."""
    run = runs.claim(run_id, LEASE_SECONDS)
    if run is None:
        return None
    try:
        return _WORK[Job(run.job)](run)
    except runs.LeaseLostError:
        logger.warning("run %s was taken over by another worker", run_id)
        return None
    except Exception:
        logger.exception("run %s failed", run_id)
        runs.fail(run, "处理时发生错误，系统将自动重试；多次失败请联系系统管理员。")
        raise


def _request_changes(by: Actor) -> bool:
    """Have the planned changes carried out whose day has come; whether months wait for them.

    A month goes over the tree as it is: what changes on its first day comes before its dispatch. A dispatch or a
    closing under way is waited for; the run is then asked for anew. One that was given up holds up nothing.
    """
    today = clock.today()
    if not PlannedChange.objects.due(today).exists():
        return False
    run = runs.request_run(by=by, job=Job.CHANGES, period=today.isoformat())
    if run.status == RunStatus.DONE and not is_cycle_running():
        run = runs.restart_run(by=by, run=run)
    return run.status in (RunStatus.WAITING, RunStatus.RUNNING)


def _request_dispatches(by: Actor) -> None:
    published = Campaign.objects.published()
    first = published.aggregate(first=Min("published_on"))["first"]
    campaigns = sorted(published.values_list("pk", flat=True))
    done = dict(Run.objects.filter(job=Job.DISPATCH, status=RunStatus.DONE).values_list("period", "result"))
    months = rules.months_to_dispatch(first, clock.today(), workday_checker())
    for month in months:
        if month.key not in done:
            dispatch.request_dispatch(by=by, month=month)
        elif done[month.key].get("campaigns") != campaigns and month is months[-1]:
            # A campaign was published (or closed) since: the running month is gone over once more.
            runs.restart_run(by=by, run=Run.objects.get(job=Job.DISPATCH, period=month.key))


def _request_closings(by: Actor) -> None:
    is_workday = workday_checker()
    closed = Run.objects.filter(job=Job.CLOSE, status=RunStatus.DONE).values("period")
    open_months = (
        Assignment.objects.filter(closed_at=None, due_month__lt=f"{clock.today():%Y-%m}")
        .exclude(due_month__in=closed)
        .order_by("due_month")
        .values_list("due_month", flat=True)
        .distinct()
    )
    for key in open_months:
        month = periods.parse(key)
        if rules.may_close(closing.last_cut_off(month), clock.today(), is_workday):
            closing.request_closing(by=by, month=month)


def _request_daily(by: Actor) -> None:
    """What is done once a day; a day on which the portal was down is not made up for."""
    today = clock.today().isoformat()
    if not Run.objects.filter(job=Job.DAILY, period=today).exists():
        runs.request_run(by=by, job=Job.DAILY, period=today)


def _daily(run: Run) -> dict[str, Any]:
    told = reminders.remind(by=Actor.system(), on=clock.today())
    told |= work_reminders.remind(by=Actor.system(), on=clock.today())
    told["recounted"] = recount_imported(on=clock.today())
    told["facts"] = fact_watch.recount_open(by=Actor.system())
    runs.extend_lease(run, RECOUNT_SECONDS)
    told |= watch_counters(by=Actor.system(), on=clock.today())
    told["old_sign_ins"] = remove_old_sign_ins(by=Actor.system())
    told["sent_forms"] = forget_sent_forms(by=Actor.system())
    if clock.today().day == 1:
        told |= {"audit_pruned": prune_entries(by=Actor.system())}
    runs.finish(run, told)
    return told


def _changes(run: Run) -> dict[str, Any]:
    counts: dict[str, Any] = dict(carry_out_due(on=clock.today()))
    runs.finish(run, counts)
    return counts


def _dispatch(run: Run) -> dict[str, Any]:
    return dispatch.run_dispatch(run, lease_seconds=LEASE_SECONDS)


def _close(run: Run) -> dict[str, Any]:
    totals = closing.run_closing(run, lease_seconds=LEASE_SECONDS)
    with transaction.atomic():
        bulletin = runs.request_run(by=Actor.system(), job=Job.BULLETIN, period=run.period)
        after_commit(TaskName.DO_RUN, bulletin.pk)
    return totals


def _bulletin(run: Run) -> dict[str, Any]:
    month = periods.parse(run.period)
    issuers = {campaign.issuer for campaign in _carried_out().select_related("issuer")}
    documents = [
        draft_monthly_bulletin(by=Actor.system(), month=month, issuer=issuer)
        for issuer in sorted(issuers, key=lambda each: each.pk)
    ]
    result = {"documents": [document.pk for document in documents]}
    runs.finish(run, result)
    return result


def _midyear(run: Run) -> dict[str, Any]:
    rounds = open_midyear(year=int(run.period[:4]), by=Actor.system())
    result = {"rounds": [each.pk for each in rounds]}
    runs.finish(run, result)
    return result


def _carried_out() -> Any:
    return Campaign.objects.exclude(status=CampaignStatus.DRAFT)


_WORK: dict[Job, Callable[[Run], dict[str, Any]]] = {
    Job.DISPATCH: _dispatch,
    Job.CLOSE: _close,
    Job.BULLETIN: _bulletin,
    Job.MIDYEAR: _midyear,
    Job.DAILY: _daily,
    Job.CHANGES: _changes,
}
