"""Writes on dues: opening a month, collecting, correcting, closing. Who is due what follows from his base."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Actor
from members.enums import DuesLineKind
from members.models import DuesEntry, DuesLine, DuesMonth, Membership
from members.queries.dues import bases_of, rates_in
from members.rules import dues as rules
from partybuild.lib import clock
from partybuild.lib.dates import day_text

_CHUNK = 200


@dataclass(frozen=True)
class Opened:
    """What opening came to: new entries, entries that came along with a member who moved, members without a base."""

    made: int = 0
    moved: int = 0
    lacking: int = 0


@dataclass(frozen=True)
class Payment:
    """What somebody pays now; ``before`` is what the screen showed as paid, so that one payment is not taken twice."""

    entry_id: int
    before: Decimal
    amount: Decimal


@transaction.atomic
def open_month(*, by: Actor, organization: Organization, month: date) -> Opened:
    """Make the branch's entries of a month: one for each member with a base. Safe to repeat.

    Whoever has moved here with nothing paid brings his entry along; a closed month stays as it is.
    """
    if organization.kind != OrganizationKind.BRANCH:
        raise ValidationError("党费由党支部收缴。")
    _refuse_future(month)
    opened = _open([organization.pk], month)
    if opened.made or opened.moved:
        audit.record(
            by=by, verb="生成应缴党费", obj=organization, organization=organization,
            detail={"month": rules.month_key(month), "count": opened.made + opened.moved},
        )  # fmt: skip
    return opened


@transaction.atomic
def open_dues(*, by: Actor, on: date) -> int:
    """Open the running month of every branch that has not done so, and in which somebody has a base; how many entries.

    Called once a day.
    """
    month = rules.first_of(on)
    known = DuesMonth.objects.filter(month=month).values("organization")
    settled = Membership.objects.on(on).filter(member__dues_bases__state="in_force").exclude(organization__in=known)
    branches = sorted(set(settled.values_list("organization", flat=True)))
    made = 0
    for start in range(0, len(branches), _CHUNK):
        made += _open(branches[start : start + _CHUNK], month).made
    if made:
        detail = {"month": rules.month_key(month), "count": made}
        audit.record(by=by, verb="生成应缴党费", detail=detail)
    return made


@transaction.atomic
def collect(*, by: Actor, organization: Organization, payments: Sequence[Payment], on: date) -> int:
    """Take what members of a branch pay now, for this month or an earlier one; how many payments were new.

    A payment that the screen showed otherwise has been taken meanwhile, by a second click or by somebody else: it is
    left out.
    """
    if on > clock.today():
        raise ValidationError({"on": "缴纳日期不能晚于今天。"})
    wanted = {payment.entry_id: payment for payment in payments if payment.amount}
    if any(payment.amount < 0 for payment in wanted.values()):
        raise ValidationError("收缴金额不能是负数，更正请在该月明细中办理。")
    entries = list(
        DuesEntry.objects.select_for_update().filter(organization=organization, pk__in=wanted).order_by("pk")
    )
    taken = [entry for entry in entries if entry.paid == wanted[entry.pk].before]
    now = clock.now()
    for entry in taken:
        entry.paid += wanted[entry.pk].amount
        entry.paid_on, entry.collector_id = on, by.user_id
    DuesLine.objects.bulk_create(
        DuesLine(entry=entry, kind=DuesLineKind.PAYMENT, amount=wanted[entry.pk].amount, on=on, recorded_at=now,
                 recorded_by_id=by.user_id)
        for entry in taken
    )  # fmt: skip
    DuesEntry.objects.bulk_update(taken, ["paid", "paid_on", "collector"], 500)
    if taken:
        audit.record(
            by=by, verb="收缴党费", obj=organization, organization=organization,
            detail={"count": len(taken), "on": on.isoformat()},
        )  # fmt: skip
    return len(taken)


@transaction.atomic
def reverse_payment(*, by: Actor, entry: DuesEntry, amount: Decimal, note: str) -> DuesEntry:
    """Take back a part of what was recorded as paid, by a counter-entry with its reason."""
    entry = _locked(entry)
    if not 0 < amount <= entry.paid:
        raise ValidationError({"amount": f"更正金额应大于 0，不超过已缴的 {entry.paid} 元。"})
    _line(by, entry, DuesLineKind.REVERSAL, -amount, note)
    entry.paid -= amount
    entry.save(update_fields=["paid"])
    audit.record(by=by, verb="更正党费收缴", obj=entry, organization=entry.organization, detail={"note": note})
    return entry


@transaction.atomic
def adjust_due(*, by: Actor, entry: DuesEntry, amount: Decimal, note: str) -> DuesEntry:
    """Change what is due for a closed month, up or down, by a counter-entry with its reason."""
    entry = _locked(entry)
    closed = DuesMonth.objects.filter(organization=entry.organization, month=entry.month, closed_at__isnull=False)
    if not closed.exists():
        raise ValidationError("该月还没有结账，请修改计算基数后重新生成。")
    if not amount or entry.due + amount < 0:
        raise ValidationError({"amount": f"调整后的应缴金额不能小于 0（现为 {entry.due} 元）。"})
    _line(by, entry, DuesLineKind.ADJUSTMENT, amount, note)
    entry.due += amount
    entry.save(update_fields=["due"])
    audit.record(by=by, verb="调整应缴党费", obj=entry, organization=entry.organization, detail={"note": note})
    return entry


@transaction.atomic
def close_month(*, by: Actor, organization: Organization, month: date) -> DuesMonth:
    """Close a month of a branch: from now on what is due changes by counter-entry only. Who owes can still pay."""
    found = DuesMonth.objects.select_for_update().filter(organization=organization, month=month).first()
    if found is None:
        raise ValidationError("该月应缴党费还没有生成。")
    if found.closed_at is None:
        found.closed_at, found.closed_by_id = clock.now(), by.user_id
        found.save(update_fields=["closed_at", "closed_by"])
        audit.record(
            by=by, verb="党费结账", obj=organization, organization=organization,
            detail={"month": rules.month_key(month)},
        )  # fmt: skip
    return found


def _open(branches: Iterable[int], month: date) -> Opened:
    """Entries of many branches at once; a fixed number of queries whatever their size."""
    ids = sorted(branches)
    list(Organization.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    now, today = clock.now(), clock.today()
    months = [DuesMonth(organization_id=pk, month=month, opened_at=now) for pk in ids]
    DuesMonth.objects.bulk_create(months, ignore_conflicts=True)
    closed = DuesMonth.objects.filter(month=month, closed_at__isnull=False).values("organization")
    places = Membership.objects.counted(min(rules.month_end(month), today)).filter(organization__in=ids)
    rows = (
        places.exclude(organization__in=closed)
        .order_by("pk")
        .values_list("member", "organization", "member__joined_on")
    )
    owing = {member: branch for member, branch, joined_on in rows if rules.owes_in(month, joined_on)}
    entries = DuesEntry.objects.filter(month=month, member__in=owing)
    known = dict(entries.values_list("member", "organization"))
    moved = _bring_along(owing, known, month)
    bases, rates, made = bases_of(owing.keys() - known.keys()), rates_in(month), []
    for member in sorted(owing.keys() - known.keys()):
        base = rules.base_for(bases[member], month)
        if base is None:
            continue
        due = rules.due_of(base.kind, base.amount, rates)
        made.append(
            DuesEntry(member_id=member, organization_id=owing[member], month=month, kind=base.kind, base=base.amount,
                      rate=due.rate, due=due.amount)
        )  # fmt: skip
    DuesEntry.objects.bulk_create(made, 1000, ignore_conflicts=True)
    return Opened(len(made), moved, len(owing) - len(known) - len(made))


def _bring_along(owing: dict[int, int], known: dict[int, int], month: date) -> int:
    """Entries of members who have moved here since: those with nothing paid, at a branch that has not closed."""
    by_branch: dict[int, list[int]] = defaultdict(list)
    for member, place in known.items():
        if owing[member] != place:
            by_branch[owing[member]].append(member)
    closed = DuesMonth.objects.filter(month=month, closed_at__isnull=False).values("organization")
    return sum(
        DuesEntry.objects.filter(month=month, member__in=members, paid=0)
        .exclude(organization__in=closed)
        .update(organization=branch)
        for branch, members in sorted(by_branch.items())
    )


def _refuse_future(month: date) -> None:
    if month > clock.today():
        raise ValidationError(f"{rules.month_text(month)}还没有开始（今天是{day_text(clock.today())}）。")


def _locked(entry: DuesEntry) -> DuesEntry:
    return DuesEntry.objects.select_for_update(of=("self",)).select_related("organization").get(pk=entry.pk)


def _line(by: Actor, entry: DuesEntry, kind: DuesLineKind, amount: Decimal, note: str) -> None:
    DuesLine.objects.create(
        entry=entry, kind=kind, amount=amount, on=clock.today(), note=_reason(note), recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )  # fmt: skip


def _reason(note: str) -> str:
    if not note.strip():
        raise ValidationError({"note": "请填写原因。"})
    return note.strip()
