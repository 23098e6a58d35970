"""A hub page: lists of one kind by group, with what each holds and what is missing (党务台账, 专项工作)."""

from collections.abc import Iterable
from dataclasses import replace

from branches.permissions import Scope
from members.rules.registers import Figures, Register


def hub_groups(
    registers: Iterable[Register], groups: Iterable[str], scope: Scope
) -> list[tuple[str, list[tuple[Register, Figures]]]]:
    """Group → lists that the scope may open, with their figures; faults only for those whom they concern."""
    asked = [(register, register.figures(scope)) for register in registers if scope.holds(register.permission)]
    found = [
        (register, figures if _concern(register, scope) else replace(figures, missing=0, words=""))
        for register, figures in asked
        if figures is not None
    ]
    return [(group, rows) for group in groups if (rows := [row for row in found if row[0].group == group])]


def missing_in(groups: Iterable[tuple[str, list[tuple[Register, Figures]]]]) -> int:
    """What is missing in all of them."""
    return sum(figures.missing for _, rows in groups for _, figures in rows)


def _concern(register: Register, scope: Scope) -> bool:
    return not register.faults_for or any(scope.holds(permission) for permission in register.faults_for)
