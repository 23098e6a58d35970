"""What every write on a problem does: lock it, check the table, note the event, count facts anew, tell people."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions import fact_credits
from campaigns.models import Problem, ProblemEvent
from campaigns.queries.units import unit_of
from campaigns.rules.problems import METRICS, Terms, Verb, next_state
from office.actions.notices import tell
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib import clock


def terms_on(day: date) -> Terms:
    """The figures of the rule table that fix deadlines."""
    table = rule_table(day)
    return Terms(
        table.text("problem.immediate_day"),
        table.int("problem.immediate_days"),
        table.int("problem.longer_days"),
        table.int("problem.effect_months"),
    )


def lock_organization(organization: Organization) -> Organization:
    """The organisation and those above it under a lock, by id: two at once do not raise the same, and the tasks that
    count what lies below are counted in the house's order of locks."""
    ids = [*organization.ancestor_ids, organization.pk]
    held = Organization.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    return next(each for each in held if each.pk == organization.pk)


def hold(problem: Problem, verb: Verb) -> Problem:
    """The problem under a lock, its state already the one after the verb; refused where the table has none."""
    lock_organization(problem.organization)
    held = Problem.objects.select_for_update(of=("self",)).select_related("organization", "campaign").get(pk=problem.pk)
    held.state = next_state(held.state, verb)
    return held


def refuse_own(by: Actor, problem: Problem) -> None:
    """Nobody decides on his own organisation's problems; at the top of a tree a second person does (R04)."""
    if by.is_system or by.organization_id != problem.organization_id:
        return
    if problem.organization.parent_id is not None:
        raise ValidationError("本组织的问题由上级党组织核验。")
    if problem.asked_by_id is not None and by.user_id == problem.asked_by_id:
        raise ValidationError("应由申请销号以外的另一名同志核验。")


def note(by: Actor, problem: Problem, verb: Verb, text: str = "", on: date | None = None) -> ProblemEvent:
    """Add what happened to the timeline and to the audit trail."""
    event = ProblemEvent.objects.create(
        problem=problem, verb=verb, happened_on=on or clock.today(), text=text.strip()[:500],
        organization_id=by.organization_id, user_id=by.user_id, recorded_at=clock.now(),
    )  # fmt: skip
    detail: dict[str, Any] | None = {"note": event.text} if event.text else None
    audit.record(by=by, verb=verb.label, obj=problem, organization=problem.organization, detail=detail)
    return event


def recount(problem: Problem) -> None:
    """Count the tasks anew that the figures of the organisation's problems feed."""
    fact_credits.refresh(METRICS, [problem.organization_id], on=problem.raised_on)
    if problem.raised_on.year != clock.today().year:
        fact_credits.refresh(METRICS, [problem.organization_id], on=clock.today())
    if problem.effect_due_on is not None:
        fact_credits.refresh(("rectification.longer",), [problem.organization_id], on=problem.effect_due_on)


def tell_organization(problem: Problem, occasion: str, text: str, due_on: date | None = None) -> int:
    """Tell those who do the work."""
    found = people_at([problem.organization_id], [Role.STAFF, Role.SECRETARY])
    return _tell(problem, occasion, text, found.get(problem.organization_id, []), due_on)


def tell_superior(problem: Problem, occasion: str, text: str, due_on: date | None = None) -> int:
    """Tell the staff of the superior unit."""
    unit = unit_of(problem.organization)
    return _tell(problem, occasion, text, people_at([unit], [Role.STAFF]).get(unit, []), due_on)


def page_of(problem: Problem) -> str:
    """Where the problem is shown."""
    return reverse("campaigns:problem_detail", args=[problem.pk])


def short(problem: Problem, length: int = 40) -> str:
    """The beginning of what is wrong, for a sentence."""
    return problem.text if len(problem.text) <= length else f"{problem.text[:length]}……"


def _tell(problem: Problem, occasion: str, text: str, people: Iterable[int], due_on: date | None) -> int:
    key = f"problem:{problem.pk}:{occasion}"
    return tell(people=people, key=key, text=text, url=page_of(problem), due_on=due_on)
