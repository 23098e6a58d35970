"""A table of states and verbs for the lists of special work: what may follow what. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    """A verb: its words, the states in which it may be done, and the state after it (empty: the state stays).

    ``leads`` marks what the superior does; the others are done by who owns the row.
    """

    label: str
    sources: frozenset[str]
    target: str = ""
    leads: bool = False
    needs_text: bool = False
    told: str = ""

    @property
    def done(self) -> str:
        """What is said when it has been done, and what comes next."""
        return self.told or f"已{self.label}。"


Moves = Mapping[str, Move]


def move(
    label: str, *sources: str, to: str = "", leads: bool = False, needs_text: bool = False, told: str = ""
) -> Move:
    """A line of such a table."""
    return Move(label, frozenset(sources), to, leads, needs_text, told)


def refusal(moves: Moves, verb: str, state: str, text: str = "") -> dict[str, str]:
    """Why a verb cannot be done now, by field; empty when it can."""
    wanted = moves[verb]
    if state not in wanted.sources:
        return {"state": f"当前状态不能{wanted.label}，请刷新页面后查看。"}
    if wanted.needs_text and not text.strip():
        return {"text": "请填写说明。"}
    return {}


def after(moves: Moves, verb: str, state: str) -> str:
    """The state when the verb has been done."""
    return moves[verb].target or state


def verbs_in(moves: Moves, state: str, *, does: bool, leads: bool) -> list[str]:
    """The verbs that the table offers in a state to who owns the row, to who leads, or to both."""
    return [verb for verb, one in moves.items() if state in one.sources and (leads if one.leads else does)]
