"""Mass organisations, calls and pieces: lists and figures (C15)."""

from collections.abc import Iterable, Iterator

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from branches.models import Organization
from branches.permissions import Permission, Scope
from campaigns.enums import ActivityStatus
from campaigns.models import Activity, Call, MassOrganization, Piece
from campaigns.models.mass_work import CallQuerySet, MassOrganizationQuerySet, PieceQuerySet
from campaigns.rules.mass_work import MASS_ACTIVITIES, Audience, CallState, PieceState
from members.rules.registers import Figures
from partybuild.lib import clock

_COUNTING = Q(activities__status__in=[ActivityStatus.FILED, ActivityStatus.APPROVED])


def masses_for(
    scope: Scope, *, kind: str = "", organization: Organization | None = None, state: str = ""
) -> MassOrganizationQuerySet:
    """Mass organisations that the scope sees, each with its activities of this year. ``state``: late, quiet, ended."""
    year = clock.today().year
    held = Count("activities", filter=_COUNTING & Q(activities__held_on__year=year))
    found = MassOrganization.objects.visible_to(scope).annotate(held=held)
    if kind:
        found = found.filter(kind=kind)
    if organization:
        found = found.filter(organization__path__startswith=organization.path)
    found = found.filter(ended_on__isnull=state != "ended")
    if state == "late":
        found = found.filter(term_ends_on__lt=clock.today())
    elif state == "quiet":
        found = found.filter(held=0)
    return found.select_related("organization").order_by("organization__path", "kind", "pk")


def linkable_activities(mass: MassOrganization) -> list[Activity]:
    """Records of its party organisation that may be its activities and are not named yet, the newest first."""
    found = Activity.objects.counting().filter(organization=mass.organization_id, kind__in=MASS_ACTIVITIES)
    return list(found.exclude(mass_organizations=mass).order_by("-held_on", "-pk")[:20])


def mass_figures(scope: Scope) -> Figures:
    """For the hub: mass organisations, and those whose term is over."""
    seen = MassOrganization.objects.visible_to(scope).filter(ended_on=None)
    late = seen.filter(term_ends_on__lt=clock.today()).count()
    return Figures(seen.count(), late, "个群团组织逾期未换届", "?state=late")


def calls_for(scope: Scope, *, kind: str = "", state: str = "") -> CallQuerySet:
    """Calls that the scope sees, each with its pieces."""
    found = Call.objects.visible_to(scope)
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    counts = {"sent": Count("pieces"), "selected": Count("pieces", filter=Q(pieces__state=PieceState.SELECTED))}
    return found.annotate(**counts).select_related("issuer").order_by("-opens_on", "-pk")


def pieces_of(call: Call, scope: Scope) -> PieceQuerySet:
    """The pieces of a call that the scope sees, selected ones first."""
    found = Piece.objects.visible_to(scope).filter(call=call).select_related("organization", "member")
    chosen = ExpressionWrapper(Q(state=PieceState.SELECTED), output_field=BooleanField())
    return found.annotate(is_chosen=chosen).order_by("-is_chosen", "-sent_at", "-pk")


def call_figures(scope: Scope) -> Figures:
    """For the hub: calls, and the open ones to which one's own organisation has sent nothing."""
    return Figures(Call.objects.visible_to(scope).count(), calls_to_answer(scope), "项征集尚未报送", "?state=open")


def calls_to_answer(scope: Scope) -> int:
    """Open calls from above to which one's own organisation (or one as a member) has sent nothing."""
    today, takes_part = clock.today(), scope.holds(Permission.TAKE_PART)
    if scope.grant is None or not (takes_part or scope.holds(Permission.DO_WORK)):
        return 0
    mine = Piece.objects.filter(member=scope.member_id) if takes_part else Piece.objects.filter(
        organization=scope.grant.organization_id
    )  # fmt: skip
    others = Audience.ORGANIZATIONS if takes_part else Audience.MEMBERS
    found = Call.objects.visible_to(scope).filter(state=CallState.OPEN, opens_on__lte=today, closes_on__gte=today)
    found = found.exclude(issuer=scope.grant.organization_id).exclude(audience=others)
    above = [int(part) for part in scope.grant.path.split("/")[:-2]]
    return found.filter(issuer__in=above).exclude(pk__in=mine.values("call")).count()


def export_masses(rows: Iterable[MassOrganization]) -> Iterator[list[object]]:
    """Rows of the workbook of mass organisations."""
    for number, one in enumerate(rows, 1):
        yield [
            number, one.organization.name, one.get_kind_display(), one.name, one.head, one.members_count,
            one.founded_on, one.term_ends_on, vars(one)["held"],
        ]  # fmt: skip


def export_pieces(rows: Iterable[Piece]) -> Iterator[list[object]]:
    """Rows of the workbook of pieces."""
    for number, one in enumerate(rows, 1):
        yield [
            number, one.title, one.organization.name, one.member.name if one.member else "",
            clock.in_zone(one.sent_at), one.get_state_display(), one.remark,
        ]  # fmt: skip
