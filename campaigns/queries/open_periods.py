"""From which day on changes may still move figures."""

from datetime import date, timedelta

from office.enums import Job, RunStatus
from office.models import Run
from partybuild.lib import periods


def first_open_day() -> date | None:
    """The first day after the last month that is closed; None while no month has been closed."""
    last = (
        Run.objects.filter(job=Job.CLOSE, status=RunStatus.DONE)
        .order_by("-period")
        .values_list("period", flat=True)
        .first()
    )
    return periods.parse(last).ends_on + timedelta(days=1) if last else None


def is_cycle_running() -> bool:
    """Whether a dispatch or a closing is under way, which has set out with the tree as it was."""
    return Run.objects.filter(job__in=[Job.DISPATCH, Job.CLOSE], status=RunStatus.RUNNING).exists()
