"""Having an ended run done again."""

from django.db import transaction

from branches.permissions import Actor
from desk.enums import TaskName
from office.actions.runs import restart_run
from office.models import Run
from partybuild.lib.queue import after_commit


@transaction.atomic
def restart(*, by: Actor, run: Run) -> Run:
    """Have a run done again, now: a failed one goes on with what is missing, one that was done goes over all.

    Refused with ``RestartError`` while it is under way.
    """
    run = restart_run(by=by, run=run)
    after_commit(TaskName.DO_RUN, run.pk)
    return run
