"""When a member may be marked, and when a mark ends. Pure."""

from collections.abc import Mapping
from datetime import date

from members.enums import StandingKind
from partybuild.lib.dates import add_months, day_text


def refusal(
    kind: str, starts_on: date, open_since: Mapping[str, date], *, joined_on: date | None, months: int, reason: str
) -> tuple[str, str] | None:
    """Field and reason why the mark cannot begin; ``open_since`` holds the marks in force with their first days.

    Source of the months: 《中国共产党党员教育管理工作条例》, lost for six months before party standing is suspended.
    """
    if kind in open_since:
        return "kind", f"该党员已标记为{StandingKind(kind).label}。"
    if StandingKind.HISTORICAL in open_since:
        return "kind", "历史党员不能再作标记。"
    if joined_on is not None and starts_on < joined_on:
        return "starts_on", "开始日期早于入党时间。"
    lost_since = open_since.get(StandingKind.LOST)
    if kind == StandingKind.SUSPENDED:
        if lost_since is not None and starts_on < add_months(lost_since, months):
            return "starts_on", f"失联满 {months} 个月才能停止党籍，最早为{day_text(add_months(lost_since, months))}。"
        if lost_since is None and not reason.strip():
            return "reason", "没有登记失联的，请写明停止党籍的原因和批准情况。"
    return None


def suspension_due_on(lost_since: date, months: int) -> date:
    """From this day on a branch should decide on suspending the standing of a member who is out of reach."""
    return add_months(lost_since, months)


def removal_due_on(suspended_since: date, months: int) -> date:
    """From this day on somebody whose standing is suspended and who is not found should be struck off."""
    return add_months(suspended_since, months)
