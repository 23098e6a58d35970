"""The states of a planned change: it waits, and ends once."""

from branches.enums import PlannedState

TRANSITIONS: dict[str, frozenset[str]] = {
    PlannedState.PLANNED: frozenset({PlannedState.DONE, PlannedState.CANCELLED, PlannedState.FAILED}),
    PlannedState.DONE: frozenset(),
    PlannedState.CANCELLED: frozenset(),
    PlannedState.FAILED: frozenset(),
}
"""State → states that may follow."""


def can(state: str, target: str) -> bool:
    """Whether a planned change in this state may go over to the other."""
    return target in TRANSITIONS[state]
