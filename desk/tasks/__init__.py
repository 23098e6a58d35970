"""What the worker does: each task calls one action, by name."""

from celery import shared_task

from branches.permissions import Actor
from campaigns.actions import fact_watch
from desk.actions import cycles
from desk.enums import TaskName


@shared_task(name=TaskName.TICK.value)
def tick() -> None:
    """Once a minute: queue what is due."""
    cycles.tick(by=Actor.system())


@shared_task(name=TaskName.DO_RUN.value)
def do_run(run_id: int) -> None:
    """Take up one run; safe to be delivered twice."""
    cycles.do_run(run_id)


@shared_task(name=TaskName.COUNT_FACTS.value)
def count_facts() -> None:
    """Count what registers have changed; safe to be delivered twice."""
    fact_watch.refresh_changed(by=Actor.system())
