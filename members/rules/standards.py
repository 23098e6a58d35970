"""The items of a branch's standards and the steps of their yearly sheet (O16).

Sources: TJ 二（二）1 (五个规范化, 工作业绩群众满意); SX 1 and 13 (“七个一”, named there without being spelled out).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from members.enums import SheetState as S

NOT_WORDED = "待填写"
STEPS: dict[str, dict[str, str]] = {
    "answer": {S.DRAFT: S.DRAFT, S.RETURNED: S.DRAFT},
    "submit": {S.DRAFT: S.SUBMITTED},
    "reopen": {S.SUBMITTED: S.DRAFT, S.CONFIRMED: S.DRAFT},
    "confirm": {S.SUBMITTED: S.CONFIRMED},
    "give_back": {S.SUBMITTED: S.RETURNED},
}
"""Verb → state before → state after."""


@dataclass(frozen=True)
class Wording:
    """An item as the rule table words it; an open one is a numbered slot that nobody has worded yet."""

    code: str
    label: str
    source: str

    @property
    def is_open(self) -> bool:
        return self.label.endswith(NOT_WORDED)


def wordings(standardised: Sequence[str], seven: Sequence[str]) -> list[Wording]:
    """The items of both lists, in their order."""
    return [
        *(Wording(f"standardised.{place}", label, "规范化党支部") for place, label in enumerate(standardised, 1)),
        *(Wording(f"seven.{place}", label, "“七个一”") for place, label in enumerate(seven, 1)),
    ]


def after(verb: str, state: str) -> str | None:
    """The state after a step; None where it is not allowed."""
    return STEPS[verb].get(state)
