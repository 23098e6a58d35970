"""Import of a 整改台账 from Excel: earlier items with their state; nothing is doubled (R01)."""

from datetime import date

from branches.actions.uploads import Importer
from branches.enums import ImportKind
from branches.models import Organization
from branches.permissions import Actor, Permission
from branches.queries.organization_names import OrganizationNames
from branches.rules.uploads import ImportResult
from campaigns.actions import fact_credits
from campaigns.actions.problem_rows import terms_on
from campaigns.models import Problem, ProblemEvent, Step
from campaigns.rules import problems as rules
from campaigns.rules.problem_imports import COLUMNS, EXAMPLE, ProblemEntry, read_row
from campaigns.rules.problems import METRICS, State, Verb
from office.queries.calendar import workday_checker
from partybuild.lib import clock
from partybuild.lib.dates import WrittenDate
from partybuild.lib.workbook import Table

_BATCH = 500


class _Book:
    """What the file adds: problems by organisation and words, their measures and events."""

    def __init__(self, by: Actor, organizations: set[int], today: date) -> None:
        self.by, self.today = by, today
        self.terms, self.is_workday = terms_on(today), workday_checker()
        rows = Problem.objects.filter(organization__in=organizations).exclude(state=State.VOID)
        self.known = set(rows.values_list("organization_id", "text"))
        self.made: dict[tuple[int, str], Problem] = {}
        self.steps: list[Step] = []
        self.texts: dict[int, set[str]] = {}
        self.events: list[ProblemEvent] = []

    def take(self, entry: ProblemEntry, organization: Organization) -> str:
        """``created``, ``updated`` (further measures of a problem of this file) or ``unchanged``."""
        key = (organization.pk, entry.text)
        if key in self.known:
            return "unchanged"
        if key in self.made:
            return "updated" if self._add_steps(entry, self.made[key]) else "unchanged"
        problem = self._problem(entry, organization)
        if entry.problems:
            return ""
        self.made[key] = problem
        self._add_steps(entry, problem)
        self._add_events(entry, problem)
        return "created"

    def _problem(self, entry: ProblemEntry, organization: Organization) -> Problem:
        raised = _day(entry.raised_on) or min(filter(None, (_day(entry.claimed_on), self.today)))
        due_on = _day(entry.due_on) or rules.due_day(entry.deadline, raised, self.terms, self.is_workday)
        problem = Problem(
            organization=organization, text=entry.text, origin=entry.origin, origin_note=entry.origin_note,
            deadline=entry.deadline, raised_on=raised, due_on=due_on, leader=entry.leader,
            responsible=entry.responsible, unit=entry.unit, regulation=entry.regulation, remark=entry.remark,
            raised_by_id=self.by.user_id, raised_at_id=self.by.organization_id or organization.pk,
            created_at=clock.now(),
        )  # fmt: skip
        self._check_days(entry, problem)
        self._set_state(entry, problem)
        return problem

    def _check_days(self, entry: ProblemEntry, problem: Problem) -> None:
        if problem.raised_on > self.today:
            entry.refuse("raised_on", "登记日期晚于今天")
        if problem.due_on < problem.raised_on:
            if entry.raised_on is None and entry.due_on is not None:
                problem.raised_on = problem.due_on
                entry.note("raised_on", "没有填写，按整改时限登记")
            else:
                entry.refuse("due_on", "整改时限早于登记日期")
        closed = _day(entry.closed_on)
        if closed and closed > self.today:
            entry.refuse("closed_on", "销号时间晚于今天")
        elif closed and closed < problem.raised_on:
            entry.refuse("closed_on", "销号时间早于登记日期")

    def _set_state(self, entry: ProblemEntry, problem: Problem) -> None:
        """This year's problems are closed by the superior: said by the organisation itself, it is an asking."""
        is_known = bool(entry.steps and entry.responsible)
        if entry.is_closed or is_known or entry.claimed_on:
            problem.state, problem.claimed_on = State.WORKING, _day(entry.claimed_on) or problem.raised_on
            problem.effect_due_on = rules.effect_day(entry.deadline, problem.claimed_on, self.terms, self.is_workday)
        if not entry.is_closed:
            return
        day = _day(entry.closed_on) or max(problem.raised_on, min(problem.due_on, self.today))
        if entry.closed_on is None:
            entry.note("closed_on", "没有填写，按整改时限登记")
        if self._is_own(problem) and problem.raised_on.year == self.today.year:
            problem.state, problem.asked_on, problem.asked_by_id = State.ASKED, day, self.by.user_id
            entry.note("result", "本年度的问题须经上级核验，按待销号登记")
        else:
            problem.state, problem.closed_on = State.CLOSED, day

    def _is_own(self, problem: Problem) -> bool:
        organization = problem.organization
        return self.by.organization_id == organization.pk and organization.parent_id is not None

    def _add_steps(self, entry: ProblemEntry, problem: Problem) -> int:
        known = self.texts.setdefault(id(problem), set())
        fresh = [text for text in entry.steps if text not in known]
        done = problem.closed_on or problem.asked_on
        for place, text in enumerate(fresh, len(known) + 1):
            known.add(text)
            self.steps.append(
                Step(problem=problem, text=text, person=problem.responsible, due_on=problem.due_on, done_on=done,
                     position=place)
            )  # fmt: skip
        return len(fresh)

    def _add_events(self, entry: ProblemEntry, problem: Problem) -> None:
        told = [(Verb.RAISE, "由台账导入", problem.raised_on)]
        if entry.progress:
            told.append((Verb.PROGRESS, entry.progress, self.today))
        for verb, text, day in told:
            self.events.append(
                ProblemEvent(problem=problem, verb=verb, text=text, happened_on=day, user_id=self.by.user_id,
                             organization_id=self.by.organization_id, recorded_at=clock.now())
            )  # fmt: skip

    def write(self) -> None:
        """Everything in three statements, then the tasks that it feeds."""
        Problem.objects.bulk_create(list(self.made.values()), batch_size=_BATCH)
        Step.objects.bulk_create(self.steps, batch_size=_BATCH)
        ProblemEvent.objects.bulk_create(self.events, batch_size=_BATCH)
        fact_credits.refresh(METRICS, {organization for organization, _ in self.made}, on=self.today)


def run(*, by: Actor, table: Table, under: Organization | None, write: bool) -> ImportResult:
    """Judge all rows, and write the good ones when asked to; a handful of statements whatever their number.

    A row that names no organisation belongs to the one that imports.
    """
    today = clock.today()
    entries = [read_row(row) for row in table.rows]
    names = OrganizationNames(under, {entry.code for entry in entries}, today)
    placed = [(entry, _place(entry, names, under)) for entry in entries]
    wanted = {organization.pk for _, organization in placed if organization}
    if write:
        list(Organization.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))
    book, result = _Book(by, wanted, today), ImportResult()
    for entry, organization in placed:
        outcome = book.take(entry, organization) if organization and not entry.problems else ""
        if entry.problems:
            result.refuse_row(table, entry.row, entry.problems)
            continue
        result.notes += [table.error(entry.row, note.field, note.reason) for note in entry.notes]
        setattr(result, outcome, getattr(result, outcome) + 1)
    if write:
        book.write()
    return result


def _place(entry: ProblemEntry, names: OrganizationNames, under: Organization | None) -> Organization | None:
    if not entry.code and not entry.name:
        if under is None:
            entry.refuse("name", "请填写党组织名称")
        return under
    found, reason = names.find(entry.code or entry.name)
    if found is None and entry.code and entry.name:
        found, reason = names.find(entry.name)
    if found is None:
        entry.refuse("name", reason)
    return found


def _day(written: WrittenDate | None) -> date | None:
    return written.value if written else None


IMPORTER = Importer(
    kind=ImportKind.PROBLEMS,
    permission=Permission.DO_WORK,
    verb="导入整改台账",
    columns=COLUMNS,
    example=EXAMPLE,
    run=run,
)
"""How a workbook of rectification is imported."""
