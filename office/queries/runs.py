"""Runs: what waits to be done, and how far one is."""

from datetime import datetime

from django.db.models import Q, QuerySet

from office.enums import RunStatus
from office.models import Run, RunPiece
from office.rules.runs import MAX_ATTEMPTS

ENDED = (RunStatus.DONE, RunStatus.FAILED)


def claimable(now: datetime) -> Q:
    """Waiting, or left by a worker whose lease has ended; not taken up too often yet."""
    return Q(attempts__lt=MAX_ATTEMPTS) & (
        Q(status=RunStatus.WAITING) | Q(status=RunStatus.RUNNING, lease_until__lt=now)
    )


def due(now: datetime) -> QuerySet[Run]:
    """Runs that somebody should take up now, oldest first."""
    return Run.objects.filter(claimable(now)).order_by("id")


def given_up(now: datetime) -> QuerySet[Run]:
    """Running by name, with the lease ended and all attempts used."""
    return Run.objects.filter(status=RunStatus.RUNNING, lease_until__lt=now, attempts__gte=MAX_ATTEMPTS)


def unfinished() -> QuerySet[Run]:
    """Waiting or running, oldest first."""
    return Run.objects.exclude(status__in=ENDED).order_by("id")


def progress(run: Run) -> tuple[int, int]:
    """Pieces done and pieces expected."""
    return run.pieces.count(), run.expected


def done_unit_ids(run: Run) -> set[int]:
    """The superior units whose piece is done: a run that goes on leaves them out."""
    return set(RunPiece.objects.filter(run=run).values_list("unit_id", flat=True))
