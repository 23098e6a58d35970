"""The invented tree and its people, inserted in bulk."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from branches.actions.organizations import next_ids
from branches.enums import OrganizationKind as Kind
from branches.models import Organization
from branches.rules.names import initials
from branches.rules.organizations import child_path
from desk.rules.demo import names
from desk.rules.demo.names import Person
from members.enums import MemberKind, OfficeKind
from members.models import Member, Membership, Office
from partybuild.lib.crypto import keyed_hash

FOUNDED = date(2018, 7, 1)
ELECTED = date(2024, 3, 1)
COMMITTEE_FROM = 7  # domain-rules: a branch elects a committee from seven full members on


@dataclass(frozen=True)
class Scale:
    """How large the invented tree is."""

    committees: int
    branches: int
    general_branches: int
    direct_branches: int
    with_groups: int


@dataclass
class Unit:
    """An organisation with the people who act for it. ``diligence`` says how well it keeps up, 0 to 1."""

    organization: Organization
    diligence: float
    members: list[Member] = field(default_factory=list)
    groups: list[Organization] = field(default_factory=list)
    secretary: Member | None = None
    committee: list[Member] = field(default_factory=list)
    leaders: list[Member] = field(default_factory=list)


@dataclass
class Tree:
    """All that was made."""

    root_unit: Unit
    committees: list[Unit]
    branches: list[Unit]
    organizations: list[Organization]
    members: list[Member] = field(default_factory=list)

    @property
    def root(self) -> Organization:
        return self.root_unit.organization


def make_tree(random: Random, scale: Scale, until: date) -> Tree:
    """Organisations first, then the people of each branch, then offices."""
    tree = _organizations(random, scale)
    Organization.objects.bulk_create(tree.organizations, batch_size=1000)
    _people(random, tree, until)
    _offices(random, tree)
    return tree


def _organizations(random: Random, scale: Scale) -> Tree:
    builder = _Builder(scale)
    root = builder.add(None, Kind.WORK_COMMITTEE, f"中共{names.DISTRICT}委区直属机关工作委员会", "区直机关工委", "QZ")
    committees = []
    for number in range(scale.committees):
        name, short, department = names.committee_name(number)
        made = builder.add(root, Kind.COMMITTEE, name, short, f"QZ{number + 1:03d}", department)
        committees.append(Unit(made, _diligence(random)))
    branches = _branches(random, builder, scale, root, committees)
    return Tree(Unit(root, 0.97), committees, branches, builder.made)


def _branches(
    random: Random, builder: "_Builder", scale: Scale, root: Organization, committees: list[Unit]
) -> list[Unit]:
    parents: list[tuple[Organization, str, float]] = []
    for number, committee in enumerate(committees):
        made = committee.organization
        parents.append((made, made.department, committee.diligence))
        if number < scale.general_branches:
            short = made.short_name.replace("机关党委", "下属单位党总支")
            general = builder.add(
                made, Kind.GENERAL_BRANCH, f"{made.name}{short}", short, f"{made.code}Z", made.department
            )
            parents += [(general, f"{made.department}下属单位", committee.diligence)] * 2
    wanted: list[tuple[Organization, str, float]] = []
    direct = scale.direct_branches
    generals = [entry for entry in parents if entry[0].kind == Kind.GENERAL_BRANCH]
    plain = [entry for entry in parents if entry[0].kind == Kind.COMMITTEE]
    wanted += [(root, f"{names.DISTRICT}区直机关工委", 0.95)] * direct + generals
    while len(wanted) < scale.branches:
        wanted.append(plain[(len(wanted) - direct - len(generals)) % len(plain)])
    counts: dict[int, int] = {}
    branches = []
    for number, (parent, department, diligence) in enumerate(wanted):
        order = counts.get(parent.pk, 0)
        counts[parent.pk] = order + 1
        name, short = names.branch_name(department, order)
        made = builder.add(parent, Kind.BRANCH, name, short, f"{parent.code}B{order + 1:02d}", parent.department)
        unit = Unit(made, min(0.99, max(0.5, diligence + random.uniform(-0.12, 0.1))))
        if number < scale.with_groups:
            unit.groups = [
                builder.add(made, Kind.GROUP, f"{name}第{label}党小组", f"第{label}党小组", f"{made.code}G{index}")
                for index, label in enumerate("一二三"[: random.choice((2, 2, 3))], start=1)
            ]
        branches.append(unit)
    return branches


class _Builder:
    """Hands out ids and paths."""

    def __init__(self, scale: Scale) -> None:
        most = 1 + scale.committees + scale.general_branches + scale.branches + 3 * scale.with_groups
        self.ids = iter(next_ids(most))
        self.made: list[Organization] = []

    def add(
        self, parent: Organization | None, kind: Kind, name: str, short: str, code: str, department: str = ""
    ) -> Organization:
        pk = next(self.ids)
        organization = Organization(
            pk=pk, parent=parent, path=child_path(parent.path if parent else "", pk), code=code, name=name,
            short_name=short, initials=initials(short), kind=kind, department=department, founded_on=FOUNDED,
            position=len(self.made),
        )  # fmt: skip
        self.made.append(organization)
        return organization


def _diligence(random: Random) -> float:
    return random.choice((0.97, 0.94, 0.92, 0.9, 0.88, 0.85, 0.8, 0.72))


def _people(random: Random, tree: Tree, until: date) -> None:
    order = 0
    placed: list[tuple[Member, Unit]] = []
    for branch in tree.branches:
        for _ in range(max(5, min(30, round(random.gauss(15, 5))))):
            member = _member(names.person(random, order, until))
            order += 1
            placed.append((member, branch))
            branch.members.append(member)
    tree.members = Member.objects.bulk_create([member for member, _ in placed], batch_size=2000)
    Membership.objects.bulk_create(
        [
            Membership(
                member=member,
                organization=branch.organization,
                group=branch.groups[index % len(branch.groups)] if branch.groups else None,
                starts_on=max(FOUNDED, member.joined_on or FOUNDED),
            )
            for index, (member, branch) in enumerate(placed)
        ],
        batch_size=2000,
    )


def _member(person: Person) -> Member:
    return Member(
        name=person.name, sex=person.sex, ethnicity=person.ethnicity, born_on=person.born_on,
        id_number=person.id_number, id_number_hash=keyed_hash(person.id_number), phone=person.phone,
        education=person.education, job=person.job, work_started_on=person.work_started_on,
        joined_on=person.joined_on, converted_on=person.converted_on, initials=initials(person.name),
        kind=MemberKind.FULL if person.converted_on else MemberKind.PROBATIONARY,
    )  # fmt: skip


def _offices(random: Random, tree: Tree) -> None:
    offices: list[Office] = []
    for branch in tree.branches:
        _branch_offices(branch, offices)
    for committee in tree.committees:
        below = [each for each in tree.branches if each.organization.path.startswith(committee.organization.path)]
        _committee_offices(committee, below, offices)
    direct = [each for each in tree.branches if each.organization.parent_id == tree.root.pk]
    _committee_offices(tree.root_unit, direct, offices)
    Office.objects.bulk_create(offices, batch_size=2000)


def _branch_offices(branch: Unit, offices: list[Office]) -> None:
    full = [member for member in branch.members if member.converted_on and member.converted_on <= ELECTED]
    if not full:
        return
    branch.secretary = full[0]
    branch.committee = full[: 5 if len(full) > 20 else 3] if len(full) >= COMMITTEE_FROM else full[:1]
    kinds = [OfficeKind.SECRETARY, OfficeKind.DEPUTY_SECRETARY] + [OfficeKind.COMMITTEE_MEMBER] * 5
    for member, kind in zip(branch.committee, kinds, strict=False):
        offices.append(Office(member=member, organization=branch.organization, kind=kind, starts_on=ELECTED))


def _committee_offices(committee: Unit, below: list[Unit], offices: list[Office]) -> None:
    """Each committee is led by members of its branches, who are ordinary members there as well."""
    people = [(each, member) for each in below for member in each.members[5:8] if member.converted_on][:4]
    for index, (branch, member) in enumerate(people):
        branch.leaders.append(member)
        committee.leaders.append(member)
        offices.append(
            Office(member=member, organization=branch.organization, kind=OfficeKind.LEADER, starts_on=ELECTED)
        )
        offices.append(
            Office(member=member, organization=committee.organization, kind=OfficeKind.LEADER, starts_on=ELECTED)
        )
        if index == 0:
            committee.secretary = member
            offices.append(
                Office(member=member, organization=committee.organization, kind=OfficeKind.SECRETARY, starts_on=ELECTED)
            )
