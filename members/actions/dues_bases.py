"""What members' dues are reckoned from: settled by the branch; exemptions are approved by the superior."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from members.actions.second_person import refuse_own_asking
from members.actions.transfer_notices import keepers
from members.enums import DuesBaseState as State
from members.enums import DuesKind
from members.models import DuesBase, DuesEntry, DuesMonth, Member
from members.queries.dues import bases_of, rates_in
from members.queries.units import unit_of
from members.rules import dues as rules
from office.actions.notices import tell
from office.queries.notices import people_at
from partybuild.lib import clock


@transaction.atomic
def set_base(
    *,
    by: Actor,
    member: Member,
    organization: Organization,
    kind: str,
    amount: Decimal,
    effective_from: date,
    basis: str = "",
    reason: str = "",
    until: date | None = None,
) -> DuesBase:
    """What a member's dues are reckoned from, from a month on; the one that was there for the same month steps back.

    An exemption, and a fixed sum other than that of the rules, waits for the superior. A month that is closed is not
    reckoned again.
    """
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    amount = Decimal(0) if kind == DuesKind.EXEMPT else amount
    effective_from, until = rules.first_of(effective_from), rules.first_of(until) if until else None
    _refuse_closed(member, effective_from)
    asks = rules.needs_approval(kind, amount, rates_in(effective_from).fixed)
    if asks and not reason.strip():
        raise ValidationError({"reason": "免交或者少交党费的，请填写原因。"})
    base = DuesBase(
        member=member, kind=kind, amount=amount, effective_from=effective_from, until=until, basis=basis,
        reason=reason.strip(), state=State.ASKED if asks else State.IN_FORCE, asker_id=by.organization_id,
        recorded_at=clock.now(), recorded_by_id=by.user_id,
    )  # fmt: skip
    if asks and DuesBase.objects.filter(member=member, state=State.ASKED).exists():
        raise ValidationError(f"{member}已有一项申请待批准。")
    if not asks:
        _supersede(member, effective_from, is_approved=False)
    base.full_clean(exclude=["asker", "recorded_by", "approved_by"], validate_constraints=False)
    base.save()
    audit.record(by=by, verb="申请减免党费" if asks else "核定党费基数", obj=base, organization=organization)
    if asks:
        _tell_superior(base, organization)
    else:
        reckon_again(member)
    return base


@transaction.atomic
def decide_base(*, by: Actor, base: DuesBase, organization: Organization, approve: bool, note: str = "") -> DuesBase:
    """The superior approves an exemption or does not; nobody decides on what his own organisation asked for, at the top
    of a tree a second person does."""
    base = DuesBase.objects.select_for_update(of=("self",)).select_related("member").get(pk=base.pk)
    if base.state != State.ASKED:
        raise ValidationError(f"该申请现在是“{base.get_state_display()}”，不能再审批。")
    refuse_own_asking(by, base.asker_id, base.recorded_by_id, "本组织提出的申请由上级党组织审批")
    if not approve and not note.strip():
        raise ValidationError({"note": "请填写不批准的原因。"})
    if approve:
        _supersede(base.member, base.effective_from, is_approved=True)
        base.approved_at, base.approved_by_id = clock.now(), by.user_id
    base.state, base.decision = State.IN_FORCE if approve else State.REFUSED, note.strip()
    base.save(update_fields=["state", "decision", "approved_at", "approved_by"])
    verb = "批准减免党费" if approve else "不批准减免党费"
    audit.record(by=by, verb=verb, obj=base, organization=organization, detail={"note": base.decision})
    if approve:
        reckon_again(base.member)
    word = "已批准" if approve else f"未获批准：{base.decision}"
    tell(
        people=keepers(organization), key=f"dues_base:{base.pk}:{base.state}",
        text=f"{base.member}的党费减免申请{word}。", url=reverse("members:dues_member", args=[base.member_id]),
    )  # fmt: skip
    return base


@transaction.atomic
def reckon_again(member: Member) -> int:
    """What is due in the months that are not closed, from the bases as they are now; how many changed."""
    entries = DuesEntry.objects.select_for_update().filter(member=member).order_by("month")
    closed = set(
        DuesMonth.objects.filter(
            closed_at__isnull=False, organization__in=entries.order_by().values("organization")
        ).values_list("organization", "month")
    )
    bases, changed = bases_of([member.pk])[member.pk], 0
    for entry in entries:
        base = rules.base_for(bases, entry.month)
        if base is None or (entry.organization_id, entry.month) in closed:
            continue
        due = rules.due_of(base.kind, base.amount, rates_in(entry.month))
        if (entry.kind, entry.base, entry.rate, entry.due) == (base.kind, base.amount, due.rate, due.amount):
            continue
        entry.kind, entry.base, entry.rate, entry.due = base.kind, base.amount, due.rate, due.amount
        entry.save(update_fields=["kind", "base", "rate", "due"])
        changed += 1
    return changed


def _supersede(member: Member, effective_from: date, *, is_approved: bool) -> None:
    DuesBase.objects.in_force().filter(
        member=member, effective_from=effective_from, approved_at__isnull=not is_approved
    ).update(state=State.SUPERSEDED)


def _refuse_closed(member: Member, effective_from: date) -> None:
    rows = DuesEntry.objects.filter(member=member, month__gte=effective_from).values_list("organization", "month")
    wanted = set(rows)
    closed = DuesMonth.objects.filter(
        closed_at__isnull=False, month__gte=effective_from, organization__in={place for place, _ in wanted}
    ).values_list("organization", "month")
    if months := sorted({month for place, month in closed if (place, month) in wanted}):
        text = f"{rules.month_text(months[-1])}已结账，起算月份应在其后；已结账月份的差额请在该月明细中调整。"
        raise ValidationError({"effective_from": text})


def _tell_superior(base: DuesBase, branch: Organization) -> None:
    superior = unit_of(branch)
    tell(
        people=people_at([superior.pk], [Role.STAFF]).get(superior.pk, []),
        key=f"dues_base:{base.pk}:asked",
        text=f"{branch}申请减免{base.member}的党费，请审批。",
        url=reverse("members:dues_base_list") + "?state=asked",
    )
