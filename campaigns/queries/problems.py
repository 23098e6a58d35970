"""The ledger of rectification, its three lists (问题清单、任务清单、责任清单), and what a person may do (R01 – R04)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery

from branches.models import Organization
from branches.permissions import Permission, Scope
from campaigns.models import Campaign, Problem, ProblemEvent, Step
from campaigns.models.problem import ProblemQuerySet
from campaigns.queries.work_rights import CONCERNED
from campaigns.rules.problems import OPEN, RUNNING, State, Verb, can
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import add_months

LEDGER, PROBLEMS, STEPS, PEOPLE = "", "problems", "steps", "people"
LISTS = ((LEDGER, "工作台账"), (PROBLEMS, "问题清单"), (STEPS, "任务清单"), (PEOPLE, "责任清单"))
LOOK_BACK, BACK = "look_back", "back"
STATES = (
    ("", "未销号"), ("overdue", "逾期"), *((state.value, state.label) for state in State),
    (BACK, "被退回或反弹"), (LOOK_BACK, "应回头看"), ("reopened_once", "曾经反弹"), ("all", "全部"),
)  # fmt: skip
_TOLD = (Verb.PROGRESS, Verb.EFFECT, Verb.ASK)
_OWN_VERBS = (Verb.EDIT, Verb.CLAIM, Verb.PROGRESS, Verb.ASK, Verb.WITHDRAW)
_LEAD_VERBS = (Verb.EDIT, Verb.CLOSE, Verb.RETURN, Verb.HELD, Verb.VOID)


@dataclass(frozen=True)
class PersonLine:
    """What one person is responsible for in one organisation; a row of 责任清单."""

    organization: Organization
    leader: str
    responsible: str
    total: int
    running: int
    overdue: int
    closed: int
    next_due: date | None


def problem_list(
    scope: Scope,
    on: date,
    *,
    q: str = "",
    origin: str = "",
    deadline: str = "",
    state: str = "",
    organization: Organization | None = None,
    person: str = "",
    campaign: Campaign | None = None,
    year: int | None = None,
    view: str = LEDGER,
    own: bool = False,
) -> ProblemQuerySet:
    """Problems of the scope, filtered; those that are due first stand first. ``view`` only chooses
    how they are shown; ``own`` leaves out what lies below the organisation asked for, or below one's own."""
    found = _in_state(Problem.objects.visible_to(scope), state, on)
    if text := q.strip():
        found = found.filter(Q(text__icontains=text) | Q(steps__text__icontains=text)).distinct()
    if name := person.strip():
        named = Q(leader__contains=name) | Q(responsible__contains=name) | Q(steps__person__contains=name)
        found = found.filter(named).distinct()
    if origin:
        found = found.filter(origin=origin)
    if deadline:
        found = found.filter(deadline=deadline)
    if year:
        found = found.filter(raised_on__year=year)
    if campaign is not None:
        found = found.filter(campaign=campaign)
    if own:
        found = found.filter(organization=organization) if organization else found & _own(scope)
    elif organization is not None:
        found = found.filter(organization__path__startswith=organization.path)
    return found.select_related("organization").order_by("due_on", "pk")


def with_progress(problems: ProblemQuerySet) -> ProblemQuerySet:
    """Each with the last word on its progress and how many of its measures are done."""
    told = ProblemEvent.objects.filter(problem=OuterRef("pk"), verb__in=_TOLD).order_by("-pk").values("text")[:1]
    steps = Step.objects.filter(problem=OuterRef("pk")).order_by().values("problem")
    return problems.annotate(
        progress=Subquery(told),
        steps_all=Subquery(steps.annotate(count=Count("pk")).values("count")),
        steps_done=Subquery(steps.filter(done_on__isnull=False).annotate(count=Count("pk")).values("count")),
    )


def step_list(problems: ProblemQuerySet) -> "QuerySet[Step]":
    """The measures of these problems: 任务清单."""
    found = Step.objects.filter(problem__in=problems.order_by().values("pk")).select_related("problem__organization")
    return found.order_by("due_on", "problem", "position", "pk")


def people_lines(problems: ProblemQuerySet, on: date) -> list[PersonLine]:
    """By responsible person: 责任清单. Two queries."""
    late, running = Q(state__in=OPEN, due_on__lt=on), Q(state__in=RUNNING)
    chosen = Problem.objects.filter(pk__in=problems.order_by().values("pk"))
    grouped = (
        chosen.order_by()
        .values("organization", "leader", "responsible")
        .annotate(
            total=Count("pk"), running=Count("pk", filter=running), overdue=Count("pk", filter=late),
            closed=Count("pk", filter=Q(state=State.CLOSED)), next_due=Min("due_on", filter=running),
            path=Max("organization__path"),
        )
        .order_by("path", "responsible", "leader")
    )  # fmt: skip
    rows = list(grouped)
    organizations = Organization.objects.in_bulk({row["organization"] for row in rows})
    return [
        PersonLine(
            organizations[row["organization"]], row["leader"], row["responsible"], row["total"], row["running"],
            row["overdue"], row["closed"], row["next_due"],
        )
        for row in rows
    ]  # fmt: skip


def deeds(scope: Scope, problem: Problem) -> set[str]:
    """The verbs that the table and the person's rights allow now; what the screen offers."""
    organization, found = problem.organization, set()
    if scope.allows(Permission.DO_WORK, organization):
        found |= {verb.value for verb in _OWN_VERBS if can(problem.state, verb)}
    if scope.allows(Permission.LEAD_WORK, organization) and may_decide(scope, problem):
        found |= {verb.value for verb in _LEAD_VERBS if can(problem.state, verb)}
    return found


def may_decide(scope: Scope, problem: Problem) -> bool:
    """Nobody decides on his own organisation's; at the top of a tree somebody else than who asked does."""
    if scope.grant is None or scope.grant.organization_id != problem.organization_id:
        return scope.grant is not None
    return problem.organization.parent_id is None and problem.asked_by_id != scope.user_id


def may_manage_files(scope: Scope, problem: Problem) -> bool:
    """Whether evidence may be added now."""
    return problem.state in OPEN and scope.allows(Permission.DO_WORK, problem.organization)


def problems_to_claim(scope: Scope) -> int:
    """Problems of one's own organisation that wait to be claimed."""
    return _own(scope).filter(state=State.REGISTERED).count()


def problems_overdue(scope: Scope) -> int:
    """Problems of one's own organisation, and for staff of all below, whose day has passed; a member is not told."""
    if not any(scope.holds(permission) for permission in CONCERNED):
        return 0
    return Problem.objects.visible_to(scope).overdue(clock.today()).count()


def problems_returned(scope: Scope) -> int:
    """Problems of one's own organisation that came back from the superior or from a look-back."""
    return _in_state(_own(scope), BACK, clock.today()).count()


def closings_to_check(scope: Scope) -> int:
    """Askings below that wait for this person's word."""
    asked = Problem.objects.visible_to(scope, Permission.LEAD_WORK).filter(state=State.ASKED)
    return asked.exclude(_not_mine(scope)).count()


def look_backs_due(scope: Scope) -> int:
    """Closed problems below that were not looked at again for longer than the rule table says."""
    closed = Problem.objects.visible_to(scope, Permission.LEAD_WORK)
    return _in_state(closed, LOOK_BACK, clock.today()).exclude(_not_mine(scope)).count()


def ledger_rows(problems: ProblemQuerySet) -> Iterator[list[object]]:
    """The usual 台账: one row for each problem, its measures in one cell."""
    chosen = with_progress(problems).prefetch_related("steps")
    for number, problem in enumerate(chosen.iterator(500), 1):
        progress = getattr(problem, "progress", None)
        yield [
            number, problem.organization.name, problem.organization.code, origin_text(problem), problem.text,
            problem.get_deadline_display(), _steps_text(problem), problem.leader, problem.responsible, problem.unit,
            problem.due_on, progress or "", problem.get_state_display(), problem.closed_on, problem.regulation,
            problem.remark, problem.raised_on, problem.claimed_on,
        ]  # fmt: skip


def problem_rows(problems: ProblemQuerySet) -> Iterator[list[object]]:
    """问题清单."""
    for number, problem in enumerate(problems.iterator(500), 1):
        yield [
            number, problem.organization.name, origin_text(problem), problem.text, problem.get_deadline_display(),
            problem.raised_on, problem.due_on, problem.get_state_display(),
        ]  # fmt: skip


def step_rows(problems: ProblemQuerySet) -> Iterator[list[object]]:
    """任务清单."""
    for number, step in enumerate(step_list(problems).iterator(500), 1):
        yield [
            number, step.problem.organization.name, step.problem.text, step.text, step.person, step.due_on,
            step.done_on, step.note,
        ]  # fmt: skip


def person_rows(problems: ProblemQuerySet, on: date) -> Iterable[list[object]]:
    """责任清单."""
    for number, line in enumerate(people_lines(problems, on), 1):
        yield [
            number, line.organization.name, line.leader, line.responsible, line.total, line.running, line.overdue,
            line.closed, line.next_due,
        ]  # fmt: skip


def origin_text(problem: Problem) -> str:
    """述职评议（2025年度）, 巡察（与巡察办联动）."""
    more = [problem.origin_note] if problem.origin_note else []
    more += ["与巡察办联动"] if problem.is_joint else []
    return f"{problem.get_origin_display()}（{'、'.join(more)}）" if more else problem.get_origin_display()


def _steps_text(problem: Problem) -> str:
    texts = [step.text for step in problem.steps.all()]
    if len(texts) < 2:
        return "".join(texts)
    return "\n".join(f"{number}.{text}" for number, text in enumerate(texts, 1))


def _in_state(found: ProblemQuerySet, state: str, on: date) -> ProblemQuerySet:
    if state == "":
        return found.running()
    if state == "overdue":
        return found.overdue(on)
    if state == BACK:
        return found.filter(state__in=[State.RETURNED, State.REOPENED])
    if state == "reopened_once":
        return found.valid().filter(reopened__gt=0)
    if state == LOOK_BACK:
        before = add_months(on, -rule_table(on).int("problem.look_back_months"))
        return found.filter(state=State.CLOSED, closed_on__lte=before, looked_back_on__isnull=True)
    return found if state == "all" else found.filter(state=state)


def _own(scope: Scope) -> ProblemQuerySet:
    return Problem.objects.filter(organization=scope.grant.organization_id if scope.grant else None)


def _not_mine(scope: Scope) -> Q:
    """Those of one's own organisation, which others judge; at the top of a tree a second person."""
    own = Q(organization=scope.grant.organization_id if scope.grant else None)
    return own & (Q(organization__parent__isnull=False) | Q(asked_by=scope.user_id))
