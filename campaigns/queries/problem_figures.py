"""How organisations put their problems right: figures for boards and scores, and facts that feed tasks (R05, N32)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from os.path import commonpath

from django.urls import reverse

from branches.models import Organization
from branches.permissions import Permission, Scope
from campaigns.models import CleanupCheck, CommonClaim, Problem
from campaigns.rules.facts import Fact
from campaigns.rules.problems import Deadline, Score, Standing, State, has_effect, score
from campaigns.rules.works import in_percent
from partybuild.lib import clock
from partybuild.lib.dates import day_text

_FIELDS = (
    "state", "deadline", "raised_on", "due_on", "closed_on", "reopened", "claimed_on", "effect_due_on", "effect_on",
)  # fmt: skip


@dataclass(frozen=True)
class UnitLine:
    """One organisation with the figures of its problems and of all below it."""

    organization: Organization
    score: Score


def scores_of(organization_ids: Collection[int], start: date, end: date, on: date) -> dict[int, Score]:
    """Organisation → figures of the problems raised in the period there and below it; what assessments ask (R05).

    Two queries for any number of organisations.
    """
    grouped = _standings(organization_ids, start, end)
    return {pk: score(grouped.get(pk, []), on) for pk in organization_ids}


def unit_lines(scope: Scope, under: Organization, year: int, on: date) -> list[UnitLine]:
    """The organisation itself and those directly below it, with all that lies under each; three queries."""
    children = Organization.objects.visible_to(scope, Permission.VIEW_WORK).filter(parent=under).in_force(on)
    units = list(children.order_by("position", "pk"))
    start, end = date(year, 1, 1), date(year, 12, 31)
    found = scores_of([unit.pk for unit in units], start, end, on)
    own = Problem.objects.filter(organization=under, raised_on__range=(start, end)).values_list(*_FIELDS)
    lines = [UnitLine(under, score([Standing(*row) for row in own], on))]
    return lines + [UnitLine(unit, found[unit.pk]) for unit in units]


def total_of(lines: Iterable[UnitLine]) -> Score:
    """The sum of all lines."""
    found = Score()
    for line in lines:
        for name in ("raised", "closed", "on_time", "overdue", "reopened"):
            setattr(found, name, getattr(found, name) + getattr(line.score, name))
    return found


def export_lines(lines: Sequence[UnitLine], under: Organization) -> Iterator[list[object]]:
    """Rows of the workbook, the organisation itself marked as such, their sum at the end."""
    own = {under.pk: "（本级）"}
    scores = [(f"{line.organization}{own.get(line.organization.pk, '')}", line.score) for line in lines]
    for number, (name, one) in enumerate([*scores, ("合计", total_of(lines))], 1):
        yield [
            number if number <= len(scores) else "", name, one.raised, one.closed, one.on_time,
            in_percent(one.on_time_rate), one.overdue, one.reopened, in_percent(one.rate),
        ]  # fmt: skip


def facts_of_problems_solved(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """突出问题解决率: what was closed of what was raised in the period, with all below (TJ 二（三）三要)."""
    return _facts("solved", organizations, start, end, "问题", lambda row: True, lambda row: row.state == State.CLOSED)


def facts_of_immediate(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """立行立改: closed by their day (TJ 三（二）)."""

    def is_met(row: Standing) -> bool:
        return row.closed_on is not None and row.closed_on <= row.due_on

    return _facts(
        "immediate", organizations, start, end, "立行立改问题", lambda row: row.deadline == Deadline.IMMEDIATE, is_met
    )


def facts_of_longer(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """中长期: each problem at or below an organisation owes a visible effect by its day, two months from the claim
    (TJ 三（二））."""
    wanted = set(organizations)
    due = Problem.objects.filter(deadline=Deadline.LONGER, effect_due_on__range=(start, end)).exclude(state=State.VOID)
    facts = []
    for problem in due.select_related("organization").order_by("pk"):
        places = [int(part) for part in problem.organization.path.split("/")[:-1]]
        facts += [_effect(problem, place) for place in places if place in wanted]
    return facts


def _effect(problem: Problem, organization_id: int) -> Fact:
    standing = Standing(*(getattr(problem, name) for name in _FIELDS))
    assert problem.effect_due_on is not None
    days = [day for day in (problem.effect_on, problem.closed_on) if day is not None]
    shown = min(days, default=problem.effect_due_on)
    is_met = has_effect(standing)
    return Fact(
        key=f"problem-effect:{problem.pk}",
        organization_id=organization_id,
        held_on=problem.effect_due_on,
        counts_from=clock.end_of_day(shown),
        amount=Decimal(1),
        text=f"{problem.organization.label}的中长期问题，见效时限{day_text(problem.effect_due_on)}。",
        url=reverse("campaigns:problem_detail", args=[problem.pk]),
        counted=is_met,
        reason="" if is_met else "尚未见到成效，或者晚于见效时限。",
    )


def facts_of_earlier(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """既往整改事项: what was raised before the period is closed (MF 二（二）7)."""
    before = date(start.year, 1, 1)
    first = date.min
    return _facts(
        "earlier", organizations, first, before, "既往整改事项", lambda row: row.raised_on < before,
        lambda row: row.state == State.CLOSED, placed=(start, end),
    )  # fmt: skip


def _facts(
    name: str,
    organizations: Collection[int],
    start: date,
    end: date,
    noun: str,
    concerns: Callable[[Standing], bool],
    is_met: Callable[[Standing], bool],
    *,
    placed: tuple[date, date] | None = None,
) -> list[Fact]:
    grouped = _standings(organizations, start, end)
    first, last = placed or (start, end)
    today = clock.today()
    checked = _checked(organizations, first, last) if name != "earlier" else set()
    facts = []
    for pk in organizations:
        rows = [row for row in grouped.get(pk, []) if row.state != State.VOID and concerns(row)]
        if not rows and pk not in checked:
            continue
        met = sum(is_met(row) for row in rows)
        share = Fraction(met, len(rows)) if rows else Fraction(1)
        days = [day for row in rows for day in (row.raised_on, row.closed_on, row.effect_on) if day is not None]
        held_on = min(max([*days, first]), last, max(today, first))
        words = f"{noun} {len(rows)} 个，达到要求 {met} 个。" if rows else f"经自查没有{noun}。"
        facts.append(
            Fact(
                f"problems-{name}:{pk}:{first:%Y%m%d}", pk, held_on, clock.end_of_day(held_on),
                Decimal(share.numerator) / Decimal(share.denominator), words, reverse("campaigns:problem_list"),
            )
        )  # fmt: skip
    return facts


def _standings(organization_ids: Collection[int], start: date, end: date) -> dict[int, list[Standing]]:
    """Organisation → problems raised there and below it in the period."""
    wanted = set(organization_ids)
    grouped: dict[int, list[Standing]] = defaultdict(list)
    paths = list(Organization.objects.filter(pk__in=wanted).values_list("path", flat=True))
    above = commonpath(paths) if paths else ""
    rows = Problem.objects.filter(raised_on__range=(start, end)).order_by()
    if above:
        rows = rows.filter(organization__path__startswith=f"{above}/")
    for path, *values in rows.values_list("organization__path", *_FIELDS):
        standing = Standing(*values)
        for part in path.split("/")[:-1]:
            if int(part) in wanted:
                grouped[int(part)].append(standing)
    return grouped


def _checked(organization_ids: Collection[int], start: date, end: date) -> set[int]:
    """Those that have looked for problems in the period: a clean-up's self-check, or a word on a common problem."""
    moments = (clock.start_of_day(start), clock.end_of_day(end))
    claims = CommonClaim.objects.filter(organization__in=organization_ids, declared_at__range=moments)
    checks = CleanupCheck.objects.filter(organization__in=organization_ids, checked_at__range=moments)
    return set(claims.order_by().values_list("organization", flat=True)) | set(
        checks.order_by().values_list("organization", flat=True)
    )
