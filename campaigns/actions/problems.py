"""Problems raised, described, claimed and given up (R01 – R03)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions import problem_rows as rows
from campaigns.actions.problem_steps import Planned, write_steps
from campaigns.models import Campaign, Problem
from campaigns.rules import problems as rules
from campaigns.rules.problems import Deadline, Origin, State, Verb
from office.queries.calendar import workday_checker
from partybuild.lib import clock
from partybuild.lib.dates import day_text

FREE = ("origin_note", "is_joint", "remark", "task", "cleanup", "cleanup_class", "leader", "responsible", "unit")
DESCRIBED = ("text", "origin", "origin_note", "is_joint", "campaign", "deadline", "due_on", "remark")


@transaction.atomic
def raise_problem(
    *,
    by: Actor,
    organization: Organization,
    text: str,
    origin: str,
    origin_key: str = "",
    deadline: str = Deadline.IMMEDIATE,
    due_on: date | None = None,
    raised_on: date | None = None,
    campaign: Campaign | None = None,
    **extra: Any,
) -> Problem:
    """Register what an organisation has to put right; with an ``origin_key`` once, however often it is asked.

    Without one, the same text of the same organisation and origin that is still running is the same problem.
    ``extra`` takes the fields of ``FREE``. Without ``due_on`` the rule table fixes the day (R03).
    """
    organization = rows.lock_organization(organization)
    text, today = text.strip(), clock.today()
    if found := _known(organization, text, origin, origin_key):
        return found
    raised = raised_on or today
    if raised > today:
        raise ValidationError({"raised_on": "登记日期不能晚于今天。"})
    problem = Problem(
        organization=organization, text=text, origin=origin, origin_key=origin_key or None, deadline=deadline,
        raised_on=raised, campaign=campaign, raised_by_id=by.user_id,
        raised_at_id=by.organization_id or organization.pk, created_at=clock.now(),
        **{field: extra[field] for field in FREE if field in extra},
    )  # fmt: skip
    problem.due_on = due_on or default_due(problem)
    _check(problem)
    problem.save()
    rows.note(by, problem, Verb.RAISE, Origin(origin).label, raised)
    if by.organization_id != organization.pk:
        words = f"{organization}有新的整改问题“{rows.short(problem)}”，请认领并制定措施。"
        rows.tell_organization(problem, "raised", words, problem.due_on)
    rows.recount(problem)
    return problem


@transaction.atomic
def edit_problem(*, by: Actor, problem: Problem, **values: Any) -> Problem:
    """Correct what was registered. Another class without another day takes the day of its class.

    What a superior has registered keeps its class and day unless the superior changes them.
    """
    problem = rows.hold(problem, Verb.EDIT)
    if not _may_set_day(by, problem):
        values = {field: value for field, value in values.items() if field not in ("deadline", "due_on")}
    before = {field: getattr(problem, field) for field in DESCRIBED}
    for field in DESCRIBED:
        if field in values:
            setattr(problem, field, values[field])
    problem.due_on = problem.due_on or default_due(problem)
    if problem.deadline != before["deadline"] and problem.claimed_on:
        problem.effect_due_on = _effect_due(problem)
    changed = [field for field in DESCRIBED if getattr(problem, field) != before[field]]
    if not changed:
        return problem
    _check(problem)
    problem.save()
    moved = f"整改时限改为{day_text(problem.due_on)}" if "due_on" in changed else ""
    rows.note(by, problem, Verb.EDIT, moved)
    rows.recount(problem)
    return problem


@transaction.atomic
def claim_problem(
    *,
    by: Actor,
    problem: Problem,
    leader: str,
    responsible: str,
    unit: str = "",
    steps: Iterable[Planned] = (),
    deadline: str = "",
    due_on: date | None = None,
) -> Problem:
    """The organisation takes the problem on: who is responsible, which measures by when (三清单).

    A longer one shows its effect within the months of the rule table from this day on. Doing it again corrects it.
    """
    problem = rows.hold(problem, Verb.CLAIM)
    problem.leader, problem.responsible, problem.unit = leader.strip(), responsible.strip(), unit.strip()
    for field, words in (("leader", "请填写责任领导。"), ("responsible", "请填写责任人。")):
        if not getattr(problem, field):
            raise ValidationError({field: words})
    if _may_set_day(by, problem):
        if deadline and deadline != problem.deadline:
            problem.deadline, problem.due_on = deadline, due_on or default_due(problem, deadline)
        problem.due_on = due_on or problem.due_on
    is_first = problem.claimed_on is None
    problem.claimed_on = problem.claimed_on or clock.today()
    problem.effect_due_on = _effect_due(problem)
    _check(problem)
    problem.save()
    write_steps(problem, list(steps))
    if not problem.steps.exists():
        raise ValidationError({"steps": "请至少填写一项整改措施。"})
    rows.note(by, problem, Verb.CLAIM, "" if is_first else "修改责任和措施")
    rows.recount(problem)
    return problem


@transaction.atomic
def void_problem(*, by: Actor, problem: Problem, reason: str) -> Problem:
    """A problem that was registered wrongly leaves the ledger, with the reason; the superior decides."""
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": "请填写作废原因。"})
    problem = rows.hold(problem, Verb.VOID)
    rows.refuse_own(by, problem)
    problem.save(update_fields=["state"])
    rows.note(by, problem, Verb.VOID, reason)
    words = f"整改问题“{rows.short(problem)}”已作废：{reason}"
    rows.tell_organization(problem, "void", words)
    rows.recount(problem)
    return problem


def default_due(problem: Problem, deadline: str = "", since: date | None = None) -> date:
    """The day that the rule table gives to a problem of this class, from the day it was raised or ``since``."""
    start = since or problem.raised_on
    year = problem.campaign.year if problem.campaign else None
    return rules.due_day(deadline or problem.deadline, start, rows.terms_on(start), workday_checker(), year)


def _effect_due(problem: Problem) -> date | None:
    assert problem.claimed_on is not None
    terms = rows.terms_on(problem.claimed_on)
    return rules.effect_day(problem.deadline, problem.claimed_on, terms, workday_checker())


def _may_set_day(by: Actor, problem: Problem) -> bool:
    """Who registered it, or anybody above the organisation, fixes the class and the day."""
    if by.is_system or by.organization_id == problem.raised_at_id:
        return True
    return by.organization_id != problem.organization_id and problem.organization.path.startswith(
        by.organization_path or "-"
    )


def _known(organization: Organization, text: str, origin: str, origin_key: str) -> Problem | None:
    if origin_key:
        return Problem.objects.filter(origin_key=origin_key).first()
    same = Problem.objects.running().filter(organization=organization, text=text, origin=origin)
    return same.exclude(state=State.ASKED).first()


def _check(problem: Problem) -> None:
    if problem.due_on < problem.raised_on:
        raise ValidationError({"due_on": "整改时限不能早于登记日期。"})
    problem.clean_fields(exclude=["origin_key", "raised_by", "raised_at"])
