"""What stands in the way of an award: functions of the floors below and beside, each naming its reasons."""

from collections.abc import Callable

from branches.models import Organization
from campaigns.models import Problem
from members.models import Member

Bar = Callable[[Organization, Member | None], list[str]]


def reopened_problems(organization: Organization, member: Member | None) -> list[str]:
    """Problems of the organisation that came back and are not closed (R07: 反弹再整改)."""
    count = Problem.objects.filter(organization=organization, reopened__gt=0, closed_on__isnull=True).count()
    return [f"{organization}有 {count} 个反弹问题尚未整改销号"] if count else []


BARS: tuple[Bar, ...] = (reopened_problems,)


def bars_to_award(organization: Organization, member: Member | None = None) -> list[str]:
    """Why nothing may be awarded now; empty when nothing stands in the way."""
    return [reason for bar in BARS for reason in bar(organization, member)]
