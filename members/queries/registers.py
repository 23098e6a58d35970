"""The registers of party work (党务台账) that the hub page lists, each with what it holds and what is missing.

A register is one list page. What counts as missing is its check: the figure leads to the rows that it counts.
"""

from collections.abc import Callable
from dataclasses import dataclass

from branches.permissions import Permission, Scope


@dataclass(frozen=True)
class Figures:
    """Rows of a register in the scope, and those that its check finds fault with; ``words`` say what the fault is."""

    total: int
    missing: int = 0
    words: str = ""
    query: str = ""


@dataclass(frozen=True)
class Register:
    """A register: where its list is, who may see it, to which group of the hub it belongs.

    ``is_key_task`` marks what TJ 六 (O04) names as one of the 七项重点任务; ``figures`` asks the database.
    """

    group: str
    label: str
    url_name: str
    permission: Permission
    figures: Callable[[Scope], Figures]
    is_key_task: bool = False
    is_restricted: bool = False


ORGANIZATION, MEMBERS, CONDUCT, MATTERS = "组织建设", "党员队伍", "纪律与关怀", "议事与监督"
GROUPS = (ORGANIZATION, MEMBERS, CONDUCT, MATTERS)

REGISTERS: tuple[Register, ...] = ()


def registers_for(scope: Scope) -> list[tuple[str, list[tuple[Register, Figures]]]]:
    """Group → registers that the scope may open, with their figures."""
    found = [(register, register.figures(scope)) for register in REGISTERS if scope.holds(register.permission)]
    return [
        (group, rows)
        for group in GROUPS
        if (rows := [(register, figures) for register, figures in found if register.group == group])
    ]
