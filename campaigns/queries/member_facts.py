"""Facts that count for tasks from the registers of the members floor: rooms, party staff, elections, talks and
trainings on an occasion, matters reported upwards. Sources: N13, N15, N18, N19, N29, and the report of WX."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from decimal import Decimal

from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from campaigns.rules.facts import Fact
from members.enums import DutyKind, MatterKind
from members.models import Duty, Matter, Membership, PartyWorker, Room, Term
from members.queries.rooms import room_lines
from partybuild.lib import clock
from partybuild.lib.dates import day_text

ONE, NOTHING = Decimal(1), Decimal(0)
PARTY_WORK = "党建"


def facts_of_rooms(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """Rooms in use: one counts when nothing is missing in it and the superior has confirmed that. N15."""
    day = min(end, clock.today())
    rooms = Room.objects.in_use().filter(organization__in=organizations, starts_on__lte=day).order_by("pk")
    found = []
    for line in room_lines(list(rooms.select_related("organization"))):
        room, reason = line.room, ""
        if line.missing:
            reason = f"还缺：{'、'.join(item.label for item in line.missing)}。"
        elif not room.is_confirmed:
            reason = "上级核验未通过，整改后重新核验。" if room.checked_at else "等待上级核验。"
        moment = room.checked_at or clock.start_of_day(room.starts_on)
        found.append(
            Fact(
                key=f"room:{room.pk}",
                organization_id=room.organization_id,
                held_on=clock.in_zone(moment).date(),
                counts_from=moment,
                amount=ONE,
                text=f"党员活动室“{room.name}”",
                url=reverse("members:room_detail", args=[room.pk]),
                counted=not reason,
                reason=reason,
            )
        )
    return found


def facts_of_party_workers(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """The people named for party work on the last day of the period, or today; each counts once. N13."""
    day = min(end, clock.today())
    rows = PartyWorker.objects.on(day).filter(organization__in=organizations).select_related("member").order_by("pk")
    by_person = {(row.organization_id, row.member_id): row for row in rows}
    return [
        Fact(
            key=f"party_worker:{row.pk}",
            organization_id=row.organization_id,
            held_on=row.starts_on,
            counts_from=clock.start_of_day(row.starts_on),
            amount=ONE,
            text=f"{row.member.name}：{row.get_kind_display()}{row.label}",
            url=reverse("members:party_worker_detail", args=[row.pk]),
        )
        for row in by_person.values()
    ]


def facts_of_terms(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """Terms whose last day, an extension included, lies in the period: each owes an election by that day. N19."""
    last_day = Coalesce("extended_to", "due_on")
    rows = Term.objects.annotate(last_day=last_day).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=F("elected_on")), organization__in=organizations,
        last_day__range=(start, end),
    )  # fmt: skip
    found = []
    for term in rows.select_related("organization").order_by("pk"):
        due = term.extended_to or term.due_on
        reason = ""
        if term.ended_on is None:
            reason = f"任期到{day_text(due)}届满，尚未登记换届。"
        elif term.ended_on > due:
            reason = f"任期到{day_text(due)}届满，{day_text(term.ended_on)}才换届，已超过期限。"
        found.append(
            Fact(
                key=f"term:{term.pk}",
                organization_id=term.organization_id,
                held_on=due,
                counts_from=clock.start_of_day(term.ended_on or due),
                amount=ONE,
                text=f"{day_text(due)}届满换届" + (f"（{day_text(term.ended_on)}已换届）" if term.ended_on else ""),
                url=reverse("members:term_detail", args=[term.organization_id]),
                counted=not reason,
                reason=reason,
            )
        )
    return found


def _of_duties(*kinds: DutyKind) -> Callable[[Collection[int], date, date], list[Fact]]:
    """The source of what occasions have made due in the period; what was let off is not owed."""

    def facts(organizations: Collection[int], start: date, end: date) -> list[Fact]:
        rows = (
            Duty.objects.filter(kind__in=kinds, waived_on=None, due_on__range=(start, end))
            .select_related("occasion__office", "occasion__membership")
            .order_by("pk")
        )
        places = _places(rows, organizations)
        return [_duty_fact(duty, places[duty.pk]) for duty in rows if duty.pk in places]

    return facts


facts_of_talks = _of_duties(DutyKind.TALK)
facts_of_integrity_education = _of_duties(DutyKind.INTEGRITY_EDUCATION)
facts_of_integrity_talks = _of_duties(DutyKind.INTEGRITY_TALK)
facts_of_appointment_talks = _of_duties(DutyKind.APPOINTMENT_TALK)
facts_of_appointment_training = _of_duties(DutyKind.APPOINTMENT_TRAINING)


def _places(duties: Iterable[Duty], organizations: Collection[int]) -> dict[int, int]:
    """Duty → the organisation among these that it is asked of: that of the new office; for a member as such, his branch
    of that time. One query beside the duties."""
    duties = list(duties)
    personal = {duty.pk: duty for duty in duties if _is_of_member(duty)}
    rows = Membership.objects.filter(
        member__in={duty.member_id for duty in personal.values()}, organization__in=organizations
    ).values_list("member_id", "organization_id", "starts_on", "ends_on")
    branches: dict[int, list[tuple[int, date, date | None]]] = {}
    for member_id, organization_id, starts_on, ends_on in rows:
        branches.setdefault(member_id, []).append((organization_id, starts_on, ends_on))
    found = {}
    for duty in duties:
        if duty.pk in personal:
            day = max(duty.occasion.happened_on, min(duty.due_on, clock.today()))
            for organization_id, starts_on, ends_on in branches.get(duty.member_id, ()):
                if starts_on <= day and (ends_on is None or ends_on > day):
                    found[duty.pk] = organization_id
        elif duty.occasion.office and duty.occasion.office.organization_id in organizations:
            found[duty.pk] = duty.occasion.office.organization_id
    return found


def _is_of_member(duty: Duty) -> bool:
    return duty.kind in (DutyKind.TALK, DutyKind.INTEGRITY_EDUCATION)


def _duty_fact(duty: Duty, organization_id: int) -> Fact:
    """Nothing is told of the occasion nor of whom it concerns: that only those know who see to it."""
    reason = ""
    if duty.done_on is None:
        reason = f"期限{day_text(duty.due_on)}，尚未办理。"
    elif duty.done_on > duty.due_on:
        reason = f"期限{day_text(duty.due_on)}，{day_text(duty.done_on)}才办理，已超过期限。"
    return Fact(
        key=f"duty:{duty.pk}",
        organization_id=organization_id,
        held_on=duty.done_on or duty.due_on,
        counts_from=clock.start_of_day(duty.done_on or duty.due_on),
        amount=ONE,
        text=f"{duty.get_kind_display()}（期限{day_text(duty.due_on)}）",
        url=reverse("members:duty_list"),
        counted=not reason,
        reason=reason,
        member_id=duty.member_id,
    )


def facts_of_reports(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """Reports on party work that were put before the superior (请示报告). WX."""
    rows = Matter.objects.filter(
        organization__in=organizations, kind=MatterKind.REPORT, title__contains=PARTY_WORK,
    ).annotate(day=Greatest("happened_on", "reported_on"))  # fmt: skip
    found = []
    for matter in rows.filter(day__range=(start, end)).order_by("pk"):
        is_sent = matter.reported_on is not None
        day = matter.reported_on or matter.happened_on
        found.append(
            Fact(
                key=f"matter:{matter.pk}",
                organization_id=matter.organization_id,
                held_on=day,
                counts_from=clock.start_of_day(day),
                amount=ONE,
                text=f"报告“{matter.title}”",
                url=reverse("members:matter_detail", args=[matter.pk]),
                counted=is_sent,
                reason="" if is_sent else "尚未登记报上级的日期。",
            )
        )
    return found
