"""The lists of special work (专项工作) that the hub page gathers, each with what it holds and what is missing.

Plans, agreements, projects, information, pairings, drives, needs and pledges: what the plans ask for beside records of
activities. The shapes are in ``members.rules.registers``: a noun's query imports them from there.
"""

from branches.permissions import Scope
from members.rules.registers import Figures, Register

PLANNING, LINKS, CREATION, SERVICE = "计划与责任", "联系与宣传", "争创与项目", "服务与群团"
GROUPS = (PLANNING, CREATION, LINKS, SERVICE)

WORKS: tuple[Register, ...] = ()


def works_for(scope: Scope) -> list[tuple[str, list[tuple[Register, Figures]]]]:
    """Group → lists that the scope may open, with their figures."""
    asked = [(work, work.figures(scope)) for work in WORKS if scope.holds(work.permission)]
    found = [(work, figures) for work, figures in asked if figures is not None]
    return [
        (group, rows) for group in GROUPS if (rows := [(work, told) for work, told in found if work.group == group])
    ]
