"""Import of terms from Excel: rows in any order, each whole or not at all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from branches.actions.uploads import Importer
from branches.enums import ImportKind, OrganizationKind
from branches.models import Organization
from branches.permissions import Actor, Permission
from branches.queries.organization_names import OrganizationNames
from branches.rules.uploads import ImportResult
from members.enums import OfficeKind
from members.models import Office, Term
from members.rules.term_imports import COLUMNS, EXAMPLE, Planned, TermEntry, plan, read_row
from members.rules.terms import YEARS_RULE
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.workbook import Table

_BATCH = 500


@dataclass
class _Book:
    """The terms of the organisations in the file as they will be; new ones and changed ones."""

    years: dict[str, int]
    terms: dict[int, list[Term]] = field(default_factory=lambda: defaultdict(list))
    created: list[Term] = field(default_factory=list)
    changed: dict[int, Term] = field(default_factory=dict)

    def change(self, term: Term, **values: object) -> bool:
        """Set the values that differ; whether there were any."""
        differing = {name: value for name, value in values.items() if getattr(term, name) != value}
        for name, value in differing.items():
            setattr(term, name, value)
        if differing and term.pk:
            self.changed[term.pk] = term
        return bool(differing)

    def add(self, organization: Organization, planned: Planned) -> None:
        term = Term(
            organization=organization, elected_on=planned.elected_on, years=planned.years, due_on=planned.due_on,
            ended_on=planned.ended_on, committee_size=planned.committee_size,
        )  # fmt: skip
        self.terms[organization.pk].append(term)
        self.created.append(term)


def run(*, by: Actor, table: Table, under: Organization | None, write: bool) -> ImportResult:
    """Judge all rows, and write the good ones when asked to; a handful of statements whatever their number.

    ``by`` is named in the audit entry of the whole import, which the caller leaves.
    """
    today = clock.today()
    entries = [read_row(row) for row in table.rows]
    names = OrganizationNames(under, {entry.code for entry in entries}, today)
    placed = [(entry, _place(entry, names)) for entry in entries]
    wanted = {organization.pk for _, organization in placed if organization}
    if write:
        list(Organization.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))
    book, secretaries = _book(wanted, today), _secretaries(wanted, today)
    result = ImportResult()
    for entry, organization in placed:
        outcome = _take(entry, organization, book, today) if organization else ""
        if organization and not entry.problems:
            _compare_secretary(entry, secretaries.get(organization.pk, set()))
        _count(result, table, entry, outcome)
    if write:
        _write(book)
    return result


def _place(entry: TermEntry, names: OrganizationNames) -> Organization | None:
    found, reason = names.find(entry.code or entry.name)
    if found is None and entry.code and entry.name:
        found, reason = names.find(entry.name)
    if found is None:
        if not entry.problems:
            entry.refuse("name", reason)
    elif found.kind not in YEARS_RULE:
        entry.refuse("name", f"{OrganizationKind(found.kind).label}不实行换届选举，不登记任期")
        return None
    return found


def _book(organizations: Iterable[int], today: date) -> _Book:
    rules = rule_table(today)
    book = _Book({kind: rules.int(code) for kind, code in YEARS_RULE.items()})
    for term in Term.objects.filter(organization__in=organizations).order_by("elected_on"):
        book.terms[term.organization_id].append(term)
    return book


def _secretaries(organizations: Iterable[int], today: date) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    held = Office.objects.on(today).filter(organization__in=organizations, kind=OfficeKind.SECRETARY)
    for organization, name in held.values_list("organization", "member__name"):
        found[organization].add(name)
    return found


def _compare_secretary(entry: TermEntry, names: set[str]) -> None:
    if entry.secretary and entry.secretary not in names:
        current = "、".join(sorted(names)) or "未登记"
        entry.note("secretary", f"名册中现任书记为{current}，任职未改动")


def _take(entry: TermEntry, organization: Organization, book: _Book, today: date) -> str:
    """Put the terms of a row into the book: ``created``, ``updated`` or ``unchanged``; problems go to the entry."""
    outcome = "unchanged"
    for planned in plan(entry, book.years[organization.kind], today):
        if organization.founded_on and planned.elected_on < organization.founded_on:
            entry.refuse("elected_on", f"当选日期早于党组织成立时间（{day_text(organization.founded_on)}）")
            return ""
        step = _put(entry, organization, planned, book)
        if entry.problems:
            return ""
        outcome = "created" if "created" in (outcome, step) else step if step != "unchanged" else outcome
    return outcome


def _put(entry: TermEntry, organization: Organization, planned: Planned, book: _Book) -> str:
    terms = book.terms[organization.pk]
    same = next((term for term in terms if term.elected_on == planned.elected_on), None)
    if same is not None:
        return _correct(entry, same, planned, book)
    live = next((term for term in terms if term.ended_on is None), None)
    if planned.ended_on is None and live is not None and planned.elected_on > live.elected_on:
        book.change(live, ended_on=planned.elected_on)
        entry.note("elected_on", f"{day_text(live.elected_on)}当选的上一届按这一天登记换届")
    if any(_overlap(term, planned) for term in terms):
        entry.refuse("elected_on", "与台账中已登记的任期重叠，请在台账中更正")
        return ""
    book.add(organization, planned)
    return "created"


def _correct(entry: TermEntry, term: Term, planned: Planned, book: _Book) -> str:
    if term.extended_to and planned.due_on >= term.extended_to:
        entry.refuse("due_on", f"已批准延期至{day_text(term.extended_to)}，应换届时间不能晚于这一天")
        return ""
    values: dict[str, object] = {"years": planned.years, "due_on": planned.due_on}
    if planned.committee_size is not None:
        values["committee_size"] = planned.committee_size
    if planned.ended_on is not None:
        values["ended_on"] = planned.ended_on
    return "updated" if book.change(term, **values) else "unchanged"


def _overlap(term: Term, planned: Planned) -> bool:
    return (term.ended_on or date.max) > planned.elected_on and (planned.ended_on or date.max) > term.elected_on


def _write(book: _Book) -> None:
    fields = ["years", "due_on", "committee_size", "ended_on"]
    Term.objects.bulk_update(list(book.changed.values()), fields, batch_size=_BATCH)
    Term.objects.bulk_create(book.created, batch_size=_BATCH)


def _count(result: ImportResult, table: Table, entry: TermEntry, outcome: str) -> None:
    if entry.problems:
        result.refuse_row(table, entry.row, entry.problems)
        return
    result.notes += [table.error(entry.row, note.field, note.reason) for note in entry.notes]
    setattr(result, outcome, getattr(result, outcome) + 1)


IMPORTER = Importer(
    kind=ImportKind.TERMS,
    permission=Permission.MANAGE_PARTY_WORK,
    verb="导入换届台账",
    columns=COLUMNS,
    example=EXAMPLE,
    run=run,
)
"""How a workbook of terms is imported."""
