"""Talks and trainings that are due: lists, counts, what waits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Q, When

from branches.models import Organization
from branches.permissions import Permission, Scope
from members.enums import DutyKind, RestrictedKind
from members.models import Duty
from members.models.duty import DutyQuerySet
from members.queries.restricted import kinds_held
from members.rules.duties import TALKS
from members.rules.duties import state as state_of
from members.rules.registers import Figures
from partybuild.lib import clock

SENSITIVE_WORDS = "限定人员知悉"


@dataclass(frozen=True)
class Line:
    """A duty as listed: how it stands, what the viewer may know of its occasion, whether he sees to it."""

    duty: Duty
    state: str
    occasion: str
    knows: bool
    can_fulfil: bool


@dataclass(frozen=True)
class OnTime:
    """Talks of the four occasions that fell due: all, done in time, done late, still open past the day."""

    due: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0


def duties_for(
    scope: Scope,
    on: date,
    *,
    q: str = "",
    kind: str = "",
    state: str = "",
    organization: Organization | None = None,
    mine: bool = False,
) -> DutyQuerySet:
    """The duties that the scope sees, open ones first, by day.

    ``state``: open, overdue, done, waived; ``mine``: what waits for the viewer.
    """
    found = Duty.objects.visible_to(scope)
    if mine:
        found = waiting(scope)
    if q:
        found = found.filter(member__name__icontains=q.strip())
    if kind:
        found = found.filter(kind=kind)
    if organization:
        found = found.filter(organization__path__startswith=organization.path)
    if state:
        found = {
            "open": found.open(),
            "overdue": found.overdue(on),
            "done": found.filter(done_on__isnull=False),
            "waived": found.filter(waived_on__isnull=False),
        }[state]
    closed = Q(done_on__isnull=False) | Q(waived_on__isnull=False)
    order = "-due_on" if state in ("done", "waived") else "due_on"
    return found.select_related("member", "organization", "occasion", "talker").order_by(
        Case(When(closed, then=1), default=0), order, "pk"
    )


def lines_of(duties: Iterable[Duty], scope: Scope, on: date) -> list[Line]:
    """Duties with what the viewer may know; one query."""
    names_talks = RestrictedKind.TALK in kinds_held(scope)
    return [line_of(duty, scope, on, names_talks) for duty in duties]


def line_of(duty: Duty, scope: Scope, on: date, names_talks: bool) -> Line:
    """One duty with what the viewer may know: of sensitive occasions only the talker and the custodians of talks."""
    is_talker = duty.talker_id is not None and duty.talker_id == scope.member_id
    within = scope.allows(Permission.VIEW_PARTY_WORK, duty.organization)
    knows = not duty.occasion.is_sensitive or is_talker or (names_talks and within)
    keeps = scope.allows(Permission.MANAGE_PARTY_WORK, duty.organization)
    return Line(
        duty=duty,
        state=state_of(duty.due_on, duty.done_on, duty.waived_on, on),
        occasion=duty.occasion.get_kind_display() if knows else SENSITIVE_WORDS,
        knows=knows,
        can_fulfil=duty.is_open and (keeps or is_talker),
    )


def waiting(scope: Scope) -> DutyQuerySet:
    """Open duties of one's own organisation, and those that name oneself as the talker."""
    if scope.grant is None:
        return Duty.objects.none()
    own = Q(organization=scope.grant.organization_id)
    mine = own | Q(talker=scope.member_id) if scope.member_id else own
    return Duty.objects.manageable_by(scope).open().filter(mine)


def waiting_duties(scope: Scope) -> int:
    """How many talks and trainings wait for the person."""
    return waiting(scope).count()


def duty_figures(scope: Scope) -> Figures:
    """For the hub: all duties, and those past their day."""
    today = clock.today()
    seen = Duty.objects.visible_to(scope)
    return Figures(seen.count(), seen.overdue(today).count(), "项逾期", "?state=overdue")


def talks_on_time(organization: Organization, year: int, on: date | None = None) -> OnTime:
    """四必谈 that fell due in a year at an organisation and below it, up to the day (today): how many in time."""
    day = on or clock.today()
    found = Duty.objects.filter(
        organization__path__startswith=organization.path, kind=DutyKind.TALK, waived_on=None,
        due_on__year=year, due_on__lte=day,
    ).aggregate(
        due=Count("pk"),
        on_time=Count("pk", filter=Q(done_on__lte=F("due_on"))),
        late=Count("pk", filter=Q(done_on__gt=F("due_on"))),
        missing=Count("pk", filter=Q(done_on=None, due_on__lt=day)),
    )  # fmt: skip
    return OnTime(**found)


def other_talks(duty: Duty) -> DutyQuerySet:
    """Further open talks of the same occasion, which one talk may answer too."""
    return Duty.objects.open().filter(occasion=duty.occasion_id, kind__in=TALKS).exclude(pk=duty.pk)


def export_rows(duties: Iterable[Duty], on: date) -> Iterator[list[object]]:
    """Rows of the workbook: of sensitive occasions never what they were."""
    for number, duty in enumerate(duties, 1):
        occasion = SENSITIVE_WORDS if duty.occasion.is_sensitive else duty.occasion.get_kind_display()
        yield [
            number, duty.get_kind_display(), occasion, duty.member.name, duty.organization.name,
            duty.talker.name if duty.talker else None, duty.occasion.happened_on, duty.due_on, duty.done_on,
            state_of(duty.due_on, duty.done_on, duty.waived_on, on),
        ]  # fmt: skip
