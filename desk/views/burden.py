"""减负账: what was filed, how long it took by the rule table, what sharing records saved, what people said of it."""

from dataclasses import dataclass
from io import BytesIO

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.actions.exports import record_export
from branches.permissions import Permission
from branches.views.access import Request, need
from desk.actions.burden import prices_of
from desk.queries.board import places
from desk.queries.burden_taken import BurdenLine, taken_by_campaign, taken_by_month, taken_by_unit, taken_in
from desk.rules.burden import Prices
from desk.rules.burden_taken import Taken, hours
from desk.rules.windows import recent_months
from desk.views.board import chosen_or_404
from desk.views.workbooks import workbook_response
from office.queries.rules import rule_table
from partybuild.lib import clock, dates, periods
from partybuild.lib.workbook import OutColumn, Sheet, write_table

HEADINGS = ("活动记录", "计入任务", "少填次数", "清单填报", "清单项", "个人报送", "材料", "估算用时（小时）", "意见")


@dataclass(frozen=True)
class Shown:
    """A line with its hours."""

    line: BurdenLine
    hours: float


@require_safe
@need(Permission.VIEW_BOARD)
def burden(request: Request) -> HttpResponse:
    """The ledger of a period: all together, by unit, by campaign."""
    chosen = chosen_or_404(request)
    prices = prices_of(rule_table(clock.today()))
    taken = taken_in(chosen.selection)
    context = {
        "chosen": chosen,
        "taken": taken,
        "hours": hours(taken.minutes(prices)),
        "hours_unshared": hours(taken.minutes_unshared(prices)),
        "units": _shown(taken_by_unit(chosen.selection), prices),
        "campaigns": _shown(taken_by_campaign(chosen.selection), prices),
        "months": recent_months(chosen.window.today),
        "places": places(request.scope, chosen.organization),
        "now": clock.now(),
        "sees_rules": request.scope.holds(Permission.VIEW_RULES),
    }
    return render(request, "desk/burdens/burden.html", context)


@require_safe
@need(Permission.VIEW_BOARD)
def burden_export(request: Request) -> HttpResponse:
    """The same figures as a workbook."""
    chosen = chosen_or_404(request)
    prices = prices_of(rule_table(clock.today()))
    title = f"{chosen.organization.name}减负账（{chosen.window.label}）"
    months = [
        BurdenLine(None, periods.label(key), taken) for key, taken in sorted(taken_by_month(chosen.selection).items())
    ]
    sheets = [
        Sheet(name, [OutColumn(name, 30.0), *HEADINGS], (_cells(line, prices) for line in lines), title,
              f"截至{dates.day_text(clock.today())}；用时按规则表估算")
        for name, lines in (
            ("单位", taken_by_unit(chosen.selection)),
            ("创建活动", taken_by_campaign(chosen.selection)),
            ("月份", months),
        )
    ]  # fmt: skip
    stream = BytesIO()
    count = write_table(stream, sheets)
    record_export(by=request.actor, what="减负账", count=count)
    return workbook_response(stream, f"{title}.xlsx")


def _shown(lines: list[BurdenLine], prices: Prices) -> list[Shown]:
    return [Shown(line, hours(line.taken.minutes(prices))) for line in lines]


def _cells(line: BurdenLine, prices: Prices) -> list[object]:
    taken: Taken = line.taken
    return [
        line.name, round(taken.records, 1), taken.credits, taken.saved, taken.answers, taken.boxes, taken.entries,
        int(taken.files), hours(taken.minutes(prices)), taken.said,
    ]  # fmt: skip
