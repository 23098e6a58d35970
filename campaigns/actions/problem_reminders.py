"""Reminders of problems: before, on and after their day; overdue ones go up to the superior (R03)."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial

from branches.enums import Role
from branches.permissions import Actor
from campaigns.actions.problem_rows import page_of, short
from campaigns.models import Cleanup, CleanupCheck, Problem, Snapshot, Step
from campaigns.queries.cleanups import organizations_of
from campaigns.queries.units import unit_of
from campaigns.rules.problems import WORKABLE, Deadline, State
from office.actions.notices import tell
from office.queries.calendar import workday_checker
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib.dates import day_text
from partybuild.lib.periods import add_workdays

_DOERS = (Role.STAFF, Role.SECRETARY)


def remind_problems(*, by: Actor, on: date) -> int:
    """Tell organisations whose problems wait to be claimed, are near their day, on it or past it, or whose longer
    problem has to show its effect; and superiors what is overdue for some working days, waits for their check or
    should be looked at again. Each occasion is told once."""
    table = rule_table(on)
    near = on + timedelta(days=table.int("problem.remind_days"))
    told = _claims(on, table.int("problem.claim_days"))
    told += _deadlines(Problem.objects.open().exclude(state=State.REGISTERED).filter(due_on__lte=near), on)
    effects = Problem.objects.filter(state__in=WORKABLE, deadline=Deadline.LONGER, effect_on__isnull=True)
    told += _effects(effects.filter(effect_due_on__lte=near), on)
    told += _steps(on, near)
    told += _escalate(on, table.int("problem.escalate_days"))
    told += _snapshots(on)
    return told + _cleanups(on, near)


def _claims(on: date, days: int) -> int:
    late = Problem.objects.filter(state=State.REGISTERED, raised_on__lte=on - timedelta(days=days))
    return _each(late, "claim", lambda problem: f"整改问题“{short(problem)}”还没有认领，请认领并制定措施。", on)


def _deadlines(problems: Iterable[Problem], on: date) -> int:
    rows, told = list(problems), 0
    for occasion, words, chosen in (
        ("near", "临近整改时限", [row for row in rows if row.due_on > on]),
        ("day", "今天是整改时限", [row for row in rows if row.due_on == on]),
        ("late", "已过整改时限", [row for row in rows if row.due_on < on]),
    ):
        told += _each(chosen, occasion, partial(_deadline_text, words), on)
    return told


def _deadline_text(words: str, problem: Problem) -> str:
    return f"{words}：{short(problem)}，请抓紧整改并申请销号。"


def _effects(problems: Iterable[Problem], on: date) -> int:
    def text(problem: Problem) -> str:
        assert problem.effect_due_on is not None
        return f"中长期问题“{short(problem)}”应于{day_text(problem.effect_due_on)}前见到成效，请记录进展。"

    return _each(problems, "effect", text, on)


def _steps(on: date, near: date) -> int:
    """Checkpoints: the measures' own days where they lie before the problem's."""
    rows = Step.objects.filter(done_on__isnull=True, due_on__lte=near, problem__state__in=WORKABLE)
    steps = list(rows.select_related("problem__organization").order_by("pk"))
    people = people_at({step.problem.organization_id for step in steps}, _DOERS, on)
    told = 0
    for step in steps:
        if step.due_on >= step.problem.due_on:
            continue
        occasion, words = ("late", "已过完成时限") if step.due_on < on else ("near", "临近完成时限")
        told += tell(
            people=people.get(step.problem.organization_id, []), key=f"step:{step.pk}:{occasion}",
            text=f"整改措施“{step.text[:40]}”{words}（{day_text(step.due_on)}）。", url=page_of(step.problem),
            due_on=step.due_on,
        )  # fmt: skip
    return told


def _escalate(on: date, workdays: int) -> int:
    """What is overdue for so many working days goes up, once for each day that it had."""
    is_workday = workday_checker()
    rows = Problem.objects.overdue(on).select_related("organization").order_by("pk")
    late = [row for row in rows if add_workdays(row.due_on, workdays, is_workday) <= on]
    units = {organization.pk: unit_of(organization) for organization in {row.organization for row in late}}
    people = people_at(units.values(), [Role.STAFF], on)
    told = 0
    for problem in late:
        unit = units[problem.organization_id]
        if unit == problem.organization_id:
            continue
        text = f"{problem.organization}的整改问题逾期未改：{short(problem)}，请督促。"
        key = f"problem:{problem.pk}:escalated:{problem.due_on:%Y%m%d}"
        told += tell(people=people.get(unit, []), key=key, text=text, url=page_of(problem), due_on=problem.due_on)
    return told


def _snapshots(on: date) -> int:
    late = Snapshot.objects.waiting().filter(due_on__lt=on)
    people = people_at(late.values_list("organization", flat=True), _DOERS, on)
    told = 0
    for snapshot in late:
        text = f"随手拍“{snapshot.text[:40]}”已过答复期限，请受理或者答复。"
        told += tell(
            people=people.get(snapshot.organization_id, []), key=f"snapshot:{snapshot.pk}:late", text=text,
            url=f"/campaigns/snapshots/{snapshot.pk}/", due_on=snapshot.due_on,
        )  # fmt: skip
    return told


def _cleanups(on: date, near: date) -> int:
    """Organisations that have not checked every class of a running clean-up when its day is near."""
    told = 0
    for cleanup in Cleanup.objects.running().filter(check_by__lte=near, ends_on__gte=on).select_related("issuer"):
        done: dict[int, int] = {}
        rows = CleanupCheck.objects.filter(cleanup=cleanup).order_by().values_list("organization", flat=True)
        for pk in rows:
            done[pk] = done.get(pk, 0) + 1
        places = organizations_of(cleanup).values_list("pk", flat=True)
        lagging = [pk for pk in places if done.get(pk, 0) < len(cleanup.classes)]
        people = [user for users in people_at(lagging, _DOERS, on).values() for user in users]
        occasion = "late" if cleanup.check_by < on else "near"
        text = f"{cleanup}自查截止时间为{day_text(cleanup.check_by)}，还有问题类型没有自查，请尽快完成。"
        told += tell(
            people=people, key=f"cleanup:{cleanup.pk}:{occasion}", text=text,
            url=f"/campaigns/cleanups/{cleanup.pk}/", due_on=cleanup.check_by,
        )  # fmt: skip
    return told


def _each(problems: Iterable[Problem], occasion: str, text: Callable[[Problem], str], on: date) -> int:
    rows = list(problems)
    people = people_at({row.organization_id for row in rows}, _DOERS, on)
    return sum(
        tell(
            people=people.get(row.organization_id, []),
            key=f"problem:{row.pk}:{occasion}:{row.due_on:%Y%m%d}",
            text=text(row),
            url=page_of(row),
            due_on=row.due_on,
        )
        for row in rows
    )
