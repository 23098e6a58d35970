"""The life of a periodic run: asked for, taken up under a lease, done piece by piece, finished.

The database alone knows what is done. A worker that is killed leaves a lease that ends; the next one goes on with the
pieces that are missing. Each step below must be committed before the work that follows it: call them outside of other
transactions, but ``finish_piece``, which belongs into the transaction of its piece.
"""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from office.enums import Job, RunStatus
from office.models import Run, RunPiece
from office.queries.runs import claimable, given_up
from office.rules.runs import LEASE_ENDED, after_failure, may_restart
from partybuild.lib import clock

_ERROR_LENGTH = 255


class LeaseLostError(Exception):
    """Another worker has taken the run over, or it has ended: stop without writing anything more."""


@transaction.atomic
def request_run(*, by: Actor, job: Job | str, period: str, subject: str = "") -> Run:
    """The run of this job for this period and subject; asked for again, it is the same one."""
    run, is_new = Run.objects.get_or_create(
        job=job, period=period, subject=subject, defaults={"requested_by_id": by.user_id}
    )
    if is_new:
        audit.record(by=by, verb="发起周期任务", obj=run, detail={"subject": subject} if subject else None)
    return run


@transaction.atomic
def claim(run_id: int, lease_seconds: float) -> Run | None:
    """Take the run up until the lease ends; None when it is not to be had. Of many that ask one gets it."""
    now = clock.now()
    taken = Run.objects.filter(claimable(now), pk=run_id).update(
        status=RunStatus.RUNNING,
        attempts=F("attempts") + 1,
        lease_until=now + timedelta(seconds=lease_seconds),
        started_at=Coalesce("started_at", Value(now)),
        error="",
    )
    return Run.objects.get(pk=run_id) if taken else None


def extend_lease(run: Run, lease_seconds: float) -> None:
    """Keep the run for longer."""
    _write(run, lease_until=clock.now() + timedelta(seconds=lease_seconds))


def set_expected(run: Run, expected: int) -> None:
    """Say how many pieces there will be."""
    _write(run, expected=expected)


@transaction.atomic
def finish_piece(run: Run, unit: Organization | int, result: dict[str, Any]) -> bool:
    """Note that the piece of this unit (or id) is done; False when it was before.

    Call it in the transaction of the piece's work. A run that gets on has its attempts back: many interruptions
    do not stop it, standing still does.
    """
    unit_id = unit if isinstance(unit, int) else unit.pk
    _, is_new = RunPiece.objects.get_or_create(
        run=run, unit_id=unit_id, defaults={"done_at": clock.now(), "result": result}
    )
    if is_new and run.attempts > 1:
        Run.objects.filter(pk=run.pk, status=RunStatus.RUNNING).update(attempts=1)
        run.attempts = 1
    return is_new


def finish(run: Run, result: dict[str, Any]) -> None:
    """The run is done; the job itself says in the audit trail what it has done."""
    _write(run, status=RunStatus.DONE, lease_until=None, finished_at=clock.now(), result=result, error="")


@transaction.atomic
def fail(run: Run, error: str) -> None:
    """The run could not be done; the reason is what pages show. It waits for the next tick, then is given up."""
    status = after_failure(run.attempts)
    ended_at = clock.now() if status == RunStatus.FAILED else None
    _write(run, status=status, lease_until=None, finished_at=ended_at, error=error[:_ERROR_LENGTH])
    audit.record(by=Actor.system(), verb="周期任务未成功", obj=run, detail={"status": status.value})


@transaction.atomic
def give_up_stuck_runs() -> int:
    """End the runs whose worker was lost each time; how many. For the tick."""
    now = clock.now()
    stuck = list(given_up(now).select_for_update(skip_locked=True))
    for run in stuck:
        _write(run, status=RunStatus.FAILED, lease_until=None, finished_at=now, error=LEASE_ENDED)
        audit.record(by=Actor.system(), verb="周期任务未成功", obj=run, detail={"status": RunStatus.FAILED.value})
    return len(stuck)


@transaction.atomic
def restart_run(*, by: Actor, run: Run) -> Run:
    """Have an ended run done again: a failed one goes on with what is missing, one that was done goes over all."""
    run = Run.objects.select_for_update().get(pk=run.pk)
    if not may_restart(run.status):
        raise ValidationError("任务正在处理，请等待完成。")
    if run.status == RunStatus.DONE:
        run.pieces.all().delete()
    run.status, run.attempts, run.lease_until = RunStatus.WAITING, 0, None
    run.started_at, run.finished_at, run.error = None, None, ""
    run.save(update_fields=["status", "attempts", "lease_until", "started_at", "finished_at", "error"])
    audit.record(by=by, verb="重新执行周期任务", obj=run)
    return run


def _write(run: Run, **values: Any) -> None:
    """Change the run if it is still ours: the end of our lease is the token. ``run`` follows."""
    held = Run.objects.filter(pk=run.pk, status=RunStatus.RUNNING, lease_until=run.lease_until)
    if not held.update(**values):
        raise LeaseLostError(str(run))
    for name, value in values.items():
        setattr(run, name, value)
