"""Contact points and pairings: the register with its gaps, visits, facts (C11)."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from branches.models import Organization
from branches.permissions import Scope
from branches.queries.filters import narrowed
from campaigns.enums import ActivityKind
from campaigns.models import Activity, Contact, ContactVisit, WorkFile
from campaigns.models.contact import ContactQuerySet
from campaigns.rules.contacts import ARTEFACTS, ContactKind, PaperSlot
from campaigns.rules.facts import Fact
from campaigns.rules.works import placed
from members.rules.registers import Figures
from partybuild.lib import clock

_HERE = "campaigns:contact_detail"


def contacts_for(
    scope: Scope, *, kind: str = "", organization: Organization | None = None, year: int | None = None, state: str = ""
) -> ContactQuerySet:
    """The contacts that the scope sees, each with what it can show. ``state``: running, ended, gaps."""
    found = narrowed(Contact.objects.visible_to(scope), organization=organization, kind=kind, year=year)
    if state == "ended":
        found = found.filter(ended_on__isnull=False)
    elif state:
        found = found.running()
    found = with_counts(found)
    if state == "gaps":
        found = found.filter(_has_gaps())
    return found.select_related("organization", "leader").order_by("-year", "organization__path", "pk")


def with_counts(contacts: ContactQuerySet) -> ContactQuerySet:
    """With ``slots``, ``visits_count``, ``problems_count``, ``solved_count``."""
    visits = ContactVisit.objects.filter(contact=OuterRef("pk")).order_by().values("contact")
    slots = WorkFile.objects.filter(contact=OuterRef("pk")).order_by().values("contact")

    def counted(condition: Q) -> Coalesce:
        return Coalesce(Subquery(visits.annotate(n=Count("pk", filter=condition)).values("n")), 0)

    return contacts.annotate(
        slots=Subquery(slots.annotate(found=ArrayAgg("slot", distinct=True)).values("found")),
        visits_count=counted(Q()),
        problems_count=counted(~Q(problem="")),
        solved_count=counted(Q(solved_on__isnull=False)),
    )


def linkable(contact: Contact) -> list[Activity]:
    """Records of visits of the organisation that no visit names yet, the newest first."""
    found = Activity.objects.counting().filter(
        organization=contact.organization_id, kind=ActivityKind.CONTACT_VISIT, held_on__gte=contact.starts_on,
        contact_visit__isnull=True,
    )  # fmt: skip
    return list(found.order_by("-held_on", "-pk")[:20])


def contact_figures(scope: Scope) -> Figures:
    """For the hub: contacts of this year, and those that lack something."""
    seen = with_counts(Contact.objects.visible_to(scope).running().filter(year=clock.today().year))
    return Figures(seen.count(), seen.filter(_has_gaps()).count(), "个联系点材料或走访不全", "?state=gaps")


def open_problems(scope: Scope) -> int:
    """Problems found on visits of one's own organisation that are not solved."""
    own = scope.grant.organization_id if scope.grant else None
    return (
        ContactVisit.objects.filter(contact__organization=own, contact__ended_on=None, solved_on=None)
        .exclude(problem="")
        .count()
    )


def facts_of_points(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """Contact points of leaders, each for its leader."""
    rows = Contact.objects.running().filter(
        organization__in=organizations, kind=ContactKind.POINT, year__range=(start.year, end.year)
    )
    found = []
    for one in rows.order_by("pk"):
        day = placed(one.starts_on, one.year)
        if start <= day <= end:
            found.append(_fact(one, f"contact:{one.pk}", day, one.created_at, f"联系点：{one.partner}", one.leader_id))
    return found


def facts_of_pairings(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """The four artefacts of pairings (方案, 协议, 记录, 效果); the same of a second pairing does not count again."""
    rows = Contact.objects.filter(
        organization__in=organizations, kind=ContactKind.PAIRING, year__range=(start.year, end.year)
    )
    contacts = {one.pk: one for one in rows}
    found: list[Fact] = []
    seen: set[tuple[int, str]] = set()
    for pk, slot, added_at, text in sorted(_artefacts(contacts), key=lambda row: (row[2], row[0])):
        one = contacts[pk]
        day = placed(one.starts_on, one.year)
        if not start <= day <= end:
            continue
        place = (one.organization_id, slot)
        is_more = place in seen
        seen.add(place)
        fact = _fact(one, f"pairing:{pk}:{slot}", day, added_at, text)
        found.append(_repeated(fact) if is_more else fact)
    return found


def export_rows(contacts: Iterable[Contact]) -> Iterator[list[object]]:
    """Rows of the workbook."""
    for number, one in enumerate(contacts, 1):
        shown = one.shown
        yield [
            number, one.organization.name, one.get_kind_display(), one.year, one.leader.name if one.leader else "",
            one.partner, one.get_partner_kind_display(), one.starts_on, one.ended_on, shown.visits, shown.problems,
            shown.solved, "；".join(one.gaps), one.effect,
        ]  # fmt: skip


def _has_gaps() -> Q:
    """The same as ``rules.contacts.gaps``, for the database."""
    unsolved = Q(problems_count__gt=F("solved_count"))
    lacks = Q(slots__isnull=True) | ~Q(slots__contains=["plan", "agreement", "effect"])
    lacks |= ~Q(slots__contains=["record"]) & Q(visits_count=0)
    return unsolved | (Q(kind=ContactKind.PAIRING) & lacks) | (~Q(kind=ContactKind.PAIRING) & Q(visits_count=0))


def _artefacts(contacts: dict[int, Contact]) -> list[tuple[int, str, datetime, str]]:
    """(contact, artefact, when it came in, words), the first of each kind of each contact. Two queries."""
    files = WorkFile.objects.filter(contact__in=contacts, slot__in=ARTEFACTS).order_by("added_at", "pk")
    found: dict[tuple[int, str], tuple[int, str, datetime, str]] = {}
    for pk, slot, added_at, name in files.values_list("contact_id", "slot", "added_at", "name"):
        found.setdefault((pk, slot), (pk, slot, added_at, f"{PaperSlot(slot).label}：{name}"))
    visits = ContactVisit.objects.filter(contact__in=contacts).order_by("created_at", "pk")
    for pk, created_at, visited_on in visits.values_list("contact_id", "created_at", "visited_on"):
        record = PaperSlot.RECORD
        found.setdefault((pk, record), (pk, record, created_at, f"{record.label}：{visited_on}走访"))
    return list(found.values())


def _fact(one: Contact, key: str, day: date, at: datetime, text: str, member_id: int | None = None) -> Fact:
    url = reverse(_HERE, args=[one.pk])
    return Fact(key, one.organization_id, day, at, Decimal(1), text, url, member_id=member_id)


def _repeated(fact: Fact) -> Fact:
    return Fact(
        fact.key, fact.organization_id, fact.held_on, fact.counts_from, fact.amount, fact.text, fact.url,
        counted=False, reason="同类材料已经计入",
    )  # fmt: skip
