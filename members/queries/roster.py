"""Who is on the roster of an organisation on a day, and who holds which office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, Q, When

from branches.enums import OrganizationKind
from branches.models import Organization
from members.enums import OfficeKind
from members.models import Member, Membership, Office
from members.models.member import MemberQuerySet, MembershipQuerySet, full_filter
from members.models.office import OfficeQuerySet

COMMITTEE_KINDS = (OfficeKind.SECRETARY, OfficeKind.DEPUTY_SECRETARY, OfficeKind.COMMITTEE_MEMBER)


@dataclass(frozen=True)
class Figures:
    """How many are on a roster: all, and of these the full members."""

    members: int = 0
    full: int = 0

    @property
    def probationary(self) -> int:
        return self.members - self.full


def memberships_on(organization: Organization, on: date) -> MembershipQuerySet:
    """Places on the roster: of a 党小组 its own, of a branch its own, of a superior those of all branches below it.

    停止党籍 and 历史党员 are not counted and do not vote; 失联 and 流动 stay on the roster.
    """
    held = Membership.objects.counted(on)
    if organization.kind == OrganizationKind.GROUP:
        return held.filter(group=organization)
    if organization.kind == OrganizationKind.BRANCH:
        return held.filter(organization=organization)
    return held.filter(organization__path__startswith=organization.path)


def roster_on(organization: Organization, on: date) -> MemberQuerySet:
    """The members on the roster of an organisation on a day, by name."""
    return Member.objects.filter(pk__in=memberships_on(organization, on).values("member")).order_by("initials", "id")


def voters_on(organization: Organization, on: date) -> MemberQuerySet:
    """The full members on the roster; probationary ones have no vote."""
    return roster_on(organization, on).filter(full_filter(on))


def figures_on(organization: Organization, on: date) -> Figures:
    """Counts of an organisation's roster; of a superior those of all below."""
    full = Count("pk", filter=Q(full_filter(on, "member__")))
    return Figures(**memberships_on(organization, on).aggregate(members=Count("pk"), full=full))


def figures_by_branch(on: date, branches: Iterable[int] | None = None) -> dict[int, Figures]:
    """Branch id → counts, one query; those without members are left out."""
    held = Membership.objects.counted(on)
    if branches is not None:
        held = held.filter(organization__in=list(branches))
    full = Count("pk", filter=Q(full_filter(on, "member__")))
    rows = held.order_by().values("organization").annotate(members=Count("pk"), full=full)
    return {row["organization"]: Figures(row["members"], row["full"]) for row in rows}


def offices_on(organization: Organization, on: date, kinds: Iterable[str] = OfficeKind.values) -> OfficeQuerySet:
    """The offices of the organisation itself that are held on the day, with their members, in order of rank."""
    held = Office.objects.on(on).filter(organization=organization, kind__in=list(kinds))
    rank = Case(
        *(When(kind=kind, then=place) for place, kind in enumerate(OfficeKind.values)), output_field=IntegerField()
    )
    return held.select_related("member").order_by(rank, "starts_on", "id")


def committee_on(organization: Organization, on: date) -> MemberQuerySet:
    """Secretary, deputies and members of the committee."""
    return Member.objects.filter(pk__in=offices_on(organization, on, COMMITTEE_KINDS).order_by().values("member"))


def leaders_on(organization: Organization, on: date) -> MemberQuerySet:
    """Those noted as leading cadres of the organisation."""
    return Member.objects.filter(pk__in=offices_on(organization, on, [OfficeKind.LEADER]).order_by().values("member"))


def secretary_on(organization: Organization, on: date) -> Member | None:
    """The secretary on the day, if there is one."""
    office = offices_on(organization, on, [OfficeKind.SECRETARY]).first()
    return office.member if office else None
