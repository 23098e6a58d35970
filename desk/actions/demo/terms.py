"""Invented terms, requests for extension, structure tasks and party staff. N19, O03, O12."""

from datetime import date, timedelta
from random import Random

from branches.enums import OrganizationKind
from branches.permissions import Actor
from desk.actions.demo.tree import ELECTED, Tree, Unit
from members.actions.structure import ask_to_put_right
from members.actions.terms import ask_extension
from members.enums import FindingCode, PartyWorkerDuty, PartyWorkerKind
from members.models import Member, PartyWorker, StructureApproval, Term
from members.queries.structure import findings_under
from members.rules.terms import YEARS_RULE, due_day
from office.queries.rules import rule_table
from office.rules.table import RuleTable
from partybuild.lib import clock
from partybuild.lib.dates import add_months

_APPROVED = 0.8
_RESUME = "{year}年{month}月起从事党务工作，先后负责组织发展、党员教育和党费管理。"


def fill_terms(random: Random, tree: Tree) -> None:
    """Terms for all that elect, most of them in order; two requests for extension; approvals; tasks; party staff."""
    today, table = clock.today(), rule_table(clock.today())
    units = [unit for unit in (*tree.committees, *tree.branches) if unit.organization.kind in YEARS_RULE]
    _terms(random, units, today, table)
    _extensions(today)
    _approvals(random, tree, today)
    _tasks(tree, today)
    _staff(random, tree, today)


def _terms(random: Random, units: list[Unit], today: date, table: RuleTable) -> None:
    """The present committee was elected when its offices began; a few are due soon, fewer overdue."""
    terms = []
    for unit in units:
        organization = unit.organization
        years = table.int(YEARS_RULE[organization.kind])
        due = {0: -2, 1: 2, 2: 5}.get(random.randrange(12))
        elected_on = ELECTED if due is None else min(ELECTED, add_months(today, due - 12 * years))
        elected_on = max(elected_on, organization.founded_on or elected_on)
        earlier = add_months(elected_on, -12 * years)
        if organization.founded_on is None or earlier >= organization.founded_on:
            terms.append(_term(unit, earlier, years, elected_on))
        terms.append(_term(unit, elected_on, years, None))
    Term.objects.bulk_create(terms, batch_size=2000)


def _term(unit: Unit, elected_on: date, years: int, ended_on: date | None) -> Term:
    return Term(
        organization=unit.organization, elected_on=elected_on, years=years, due_on=due_day(elected_on, years),
        ended_on=ended_on, committee_size=len(unit.committee) or None,
    )  # fmt: skip


def _extensions(today: date) -> None:
    near = (
        Term.objects.live()
        .filter(due_on__gte=today, organization__kind=OrganizationKind.BRANCH)
        .order_by("due_on", "pk")
    )
    for term in near.select_related("organization")[:2]:
        ask_extension(
            by=Actor.system(), term=term, reason="单位机构改革尚未完成，人员未到位，申请延期换届。",
            asked_to=add_months(term.due_on, 6),
        )  # fmt: skip


def _approvals(random: Random, tree: Tree, today: date) -> None:
    """Most small superiors were approved when they were set up."""
    codes = (FindingCode.COMMITTEE_SMALL, FindingCode.GENERAL_BRANCH_SMALL)
    small = [line for line in findings_under(tree.root.path, today) if line.finding.code in codes]
    founded = {one.pk: one.founded_on for one in tree.organizations}
    StructureApproval.objects.bulk_create(
        StructureApproval(
            organization_id=line.place.pk, code=line.finding.code,
            approved_on=founded[line.place.pk] or today, document=f"区直工委〔2018〕{number}号",
        )
        for number, line in enumerate(small, start=1)
        if random.random() < _APPROVED
    )  # fmt: skip


def _tasks(tree: Tree, today: date) -> None:
    """The first findings have been sent to their organisations."""
    lines = sorted(findings_under(tree.root.path, today), key=lambda line: line.place.kind != OrganizationKind.BRANCH)
    marked = [(line.place.pk, line.finding.code.value) for line in lines[:4]]
    ask_to_put_right(
        by=Actor.system(), under=tree.root, marked=marked, due_on=today + timedelta(days=30),
        note="请按规定整改，有困难的说明情况。",
    )  # fmt: skip


def _staff(random: Random, tree: Tree, today: date) -> None:
    """Nearly every 机关党委 has its full-time deputy, and a secretary and two members of the discipline committee."""
    workers = []
    for committee in tree.committees:
        below = [one for one in tree.branches if one.organization.path.startswith(committee.organization.path)]
        people = [member for one in below for member in one.members[8:10] if member.converted_on]
        duties = [PartyWorkerDuty.DEPUTY_SECRETARY, PartyWorkerDuty.OFFICE, PartyWorkerDuty.DISCIPLINE_SECRETARY]
        duties += [PartyWorkerDuty.DISCIPLINE_MEMBER] * 2
        for member, duty in zip(people, duties, strict=False):
            if random.random() < _APPROVED:
                workers.append(_worker(random, committee, member, duty, today))
    PartyWorker.objects.bulk_create(workers, batch_size=2000)


def _worker(random: Random, committee: Unit, member: Member, duty: PartyWorkerDuty, today: date) -> PartyWorker:
    is_full_time = duty in (PartyWorkerDuty.DEPUTY_SECRETARY, PartyWorkerDuty.OFFICE)
    starts_on = add_months(today.replace(day=1), -random.choice((8, 15, 26, 34, 47, 63)))
    return PartyWorker(
        member=member, organization=committee.organization, duty=duty, starts_on=starts_on,
        kind=PartyWorkerKind.FULL_TIME if is_full_time else PartyWorkerKind.PART_TIME,
        resume=_RESUME.format(year=starts_on.year - 4, month=starts_on.month),
    )  # fmt: skip
