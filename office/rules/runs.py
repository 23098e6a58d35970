"""Periodic runs: how often one is taken up, and which states may follow one another."""

from office.enums import RunStatus

MAX_ATTEMPTS = 3
"""So often a run is taken up without a piece of it getting done; then a person has to look."""

NEXT: dict[RunStatus, frozenset[RunStatus]] = {
    RunStatus.WAITING: frozenset({RunStatus.RUNNING}),
    RunStatus.RUNNING: frozenset({RunStatus.RUNNING, RunStatus.WAITING, RunStatus.DONE, RunStatus.FAILED}),
    RunStatus.DONE: frozenset({RunStatus.WAITING}),
    RunStatus.FAILED: frozenset({RunStatus.WAITING}),
}
"""State → states that may follow. Running → running is the take-over of a run whose lease has ended."""

LEASE_ENDED = "处理中断，多次重试仍未完成。"


def after_failure(attempts: int) -> RunStatus:
    """A run that failed waits for the next tick until its attempts are used up."""
    return RunStatus.WAITING if attempts < MAX_ATTEMPTS else RunStatus.FAILED


def may_restart(status: str) -> bool:
    """Whether a person may have the run done again."""
    return RunStatus.WAITING in NEXT[RunStatus(status)] and status != RunStatus.RUNNING
