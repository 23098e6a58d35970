"""The way of a transfer of membership: its states, who approves, how long it is open. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from members.enums import TransferDirection as Direction
from members.enums import TransferState as State

OPEN = frozenset({State.STARTED, State.PENDING})
"""The member still stands where he stood, and no second transfer may begin."""

CROSSING, LEAVING = "跨单位转接", "转往外单位"
"""How the rule ``transfer.approval`` names what a superior must approve."""


class Verb(StrEnum):
    """A step that somebody takes, or the calendar."""

    APPROVE = "approve"
    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


@dataclass(frozen=True)
class Step:
    """A verb: its word, from which states it leads to which."""

    label: str
    sources: frozenset[State]
    target: State


STEPS: dict[Verb, Step] = {
    Verb.APPROVE: Step("审批", frozenset({State.STARTED}), State.PENDING),
    Verb.ACCEPT: Step("接收", frozenset({State.PENDING}), State.ACCEPTED),
    Verb.REFUSE: Step("退回", OPEN, State.REFUSED),
    Verb.WITHDRAW: Step("撤回", OPEN, State.WITHDRAWN),
    Verb.EXPIRE: Step("到期", OPEN, State.EXPIRED),
}
"""The one transition table. A transfer that has ended stays as it is."""


def can(state: str, verb: Verb) -> bool:
    """Whether a transfer in this state may take the step."""
    return state in STEPS[verb].sources


def needs_approval(direction: str, *, crosses_units: bool, is_by_superior: bool, asked: Collection[str]) -> bool:
    """Whether a superior must approve first; ``asked`` is the rule. A superior who starts it has approved it."""
    if is_by_superior:
        return False
    leaves = direction == Direction.OUT and LEAVING in asked
    return leaves or (direction == Direction.INSIDE and crosses_units and CROSSING in asked)


def last_day(sent_on: date, valid_days: int) -> date:
    """The last day on which it can be accepted; the day of sending is not counted."""
    return sent_on + timedelta(days=valid_days)


def is_late(expires_on: date | None, today: date) -> bool:
    """Whether the time for acceptance is over."""
    return expires_on is not None and today > expires_on


def shown_state(state: str, direction: str) -> str:
    """The state in words: what leaves the tree waits for a receipt."""
    if state == State.PENDING and direction == Direction.OUT:
        return "待回执"
    if state == State.ACCEPTED and direction == Direction.OUT:
        return "已转出"
    return State(state).label
