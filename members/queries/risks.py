"""Risk points of the scope, and those whose yearly review is overdue (O13)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.filters import narrowed
from members.models import RiskPoint
from members.models.risk import RiskPointQuerySet
from members.rules.registers import Figures
from members.rules.risks import due_day, oldest_in_time
from office.queries.rules import rule_table
from partybuild.lib import clock

OPEN, OVERDUE, SOON, CLOSED, ALL = "", "overdue", "soon", "closed", "all"
STATES = ((OPEN, "未消除"), (OVERDUE, "逾期未复查"), (SOON, "临近复查"), (CLOSED, "已消除"), (ALL, "全部"))


@dataclass(frozen=True)
class RiskLine:
    """A point with the day of its next review and its state in the words of the portal."""

    risk: RiskPoint
    due_on: date
    state: str


def overdue_risks(found: RiskPointQuerySet, on: date) -> RiskPointQuerySet:
    """Those of them that nobody looked at for longer than the rule table allows."""
    return found.open().looked_at_before(oldest_in_time(on, rule_table(on).int("risk.review_months")))


def risk_list(
    scope: Scope, on: date, *, q: str = "", level: str = "", state: str = OPEN, organization: Organization | None = None
) -> RiskPointQuerySet:
    """Points of the scope, filtered, in the order of the tree."""
    found = narrowed(
        _in_state(RiskPoint.objects.visible_to(scope), state, on),
        q=q, words_in=("post", "field", "link", "description", "responsible__name"), organization=organization,
        level=level,
    )  # fmt: skip
    return found.select_related("organization", "responsible").order_by("organization__path", "pk")


def risk_lines(risks: Iterable[RiskPoint], on: date) -> list[RiskLine]:
    """Points with the day of their next review; one query for the rules."""
    table = rule_table(on)
    months, ahead = table.int("risk.review_months"), timedelta(days=table.int("risk.remind_days"))
    lines = []
    for risk in risks:
        due_on = due_day(risk.last_on, months)
        lines.append(RiskLine(risk, due_on, _state(risk, due_on, on, ahead)))
    return lines


def risk_rows(risks: Iterable[RiskPoint], on: date) -> Iterator[list[object]]:
    """The register as rows of a workbook."""
    for number, line in enumerate(risk_lines(risks, on), 1):
        risk = line.risk
        yield [
            number, risk.organization.name, risk.organization.code, risk.post, risk.field, risk.link, risk.description,
            risk.get_level_display(), risk.measures, risk.responsible.name, risk.found_on, risk.reviewed_on,
            None if risk.closed_on else line.due_on, line.state, risk.closed_on, risk.closed_reason,
        ]  # fmt: skip


def risk_figures(scope: Scope) -> Figures:
    """The open points of the scope, and how many of them are overdue for review."""
    seen = RiskPoint.objects.visible_to(scope)
    overdue = overdue_risks(seen, clock.today()).count()
    return Figures(seen.open().count(), overdue, "个廉政风险点逾期未复查", f"?state={OVERDUE}")


def waiting_risks(scope: Scope) -> int:
    """Points that wait for a review by those who keep the register."""
    return overdue_risks(RiskPoint.objects.visible_to(scope, Permission.MANAGE_PARTY_WORK), clock.today()).count()


def _in_state(found: RiskPointQuerySet, state: str, on: date) -> RiskPointQuerySet:
    if state == OVERDUE:
        return overdue_risks(found, on)
    if state == SOON:
        table = rule_table(on)
        months = table.int("risk.review_months")
        until = oldest_in_time(on + timedelta(days=table.int("risk.remind_days")), months) + timedelta(days=1)
        return found.open().looked_at_before(until).exclude(pk__in=overdue_risks(found, on).values("pk"))
    if state == CLOSED:
        return found.exclude(closed_on=None)
    return found if state == ALL else found.open()


def _state(risk: RiskPoint, due_on: date, on: date, ahead: timedelta) -> str:
    if risk.closed_on is not None:
        return "已消除"
    if due_on < on:
        return "逾期未复查"
    return "临近复查" if due_on <= on + ahead else "正常"
