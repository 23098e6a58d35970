"""The end of a transfer, as a single step: only ``desk.actions.transfers``, which moves the roster, may take it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from members.actions import transfer_notices as notices
from members.actions.transfers import lock_transfer
from members.enums import TransferDirection as Direction
from members.enums import TransferState as State
from members.models import Member, Membership, Transfer
from members.rules import transfers as rules
from members.rules.transfers import Verb
from partybuild.lib import clock
from partybuild.lib.dates import day_text


def open_for_acceptance(transfer: Transfer) -> Transfer:
    """Lock both rosters, then the transfer; refuse one that has ended, is late, or whose member has moved away."""
    sides = [pk for pk in (transfer.from_organization_id, transfer.to_organization_id) if pk]
    list(Organization.objects.select_for_update(no_key=True).filter(pk__in=sides).order_by("pk"))
    transfer = lock_transfer(transfer)
    if not rules.can(transfer.state, Verb.ACCEPT):
        raise ValidationError(f"该转接现在是“{transfer.state_label}”，不能接收。")
    if rules.is_late(transfer.expires_on, clock.today()):
        assert transfer.expires_on is not None
        raise ValidationError(f"接收期限已于{day_text(transfer.expires_on)}届满，请由发起方重新办理。")
    live = Membership.objects.filter(member=transfer.member_id, ends_on=None).values_list("organization", flat=True)
    if list(live) != [transfer.from_organization_id]:
        raise ValidationError(f"{transfer.member}已不在{transfer.origin}的名册中，请由发起方撤回。")
    return transfer


@transaction.atomic
def close_accepted(*, by: Actor, transfer: Transfer, effective_on: date, note: str = "") -> Transfer:
    """The other side has taken the member: the transfer ends."""
    transfer.state, transfer.effective_on = rules.STEPS[Verb.ACCEPT].target, effective_on
    transfer.decided_on, transfer.decided_by_id, transfer.decision = clock.today(), by.user_id, note
    transfer.save(update_fields=["state", "effective_on", "decided_on", "decided_by", "decision"])
    is_out = transfer.direction == Direction.OUT
    audit.record(
        by=by, verb="登记组织关系回执" if is_out else "接收组织关系", obj=transfer,
        organization=transfer.from_organization if is_out else transfer.to_organization,
        detail={"on": effective_on.isoformat()},
    )  # fmt: skip
    notices.tell_result(transfer)
    return transfer


@transaction.atomic
def record_arrival(
    *, by: Actor, member: Member, to: Organization, on: date, outside_name: str, outside_letter: str, reason: str,
    outside_address: str = "", outside_phone: str = "", dues_until: date | None = None,
) -> Transfer:  # fmt: skip
    """Somebody came from outside with a letter and is on the roster: keep where from."""
    today = clock.today()
    transfer = Transfer.objects.create(
        member=member, direction=Direction.IN, to_organization=to, outside_name=outside_name,
        outside_letter=outside_letter, outside_address=outside_address, outside_phone=outside_phone, reason=reason,
        dues_until=dues_until, state=State.ACCEPTED, asker_id=by.organization_id, started_on=on,
        started_by_id=by.user_id, sent_on=on, decided_on=today, decided_by_id=by.user_id, effective_on=on,
    )  # fmt: skip
    audit.record(by=by, verb="登记从外单位转入", obj=transfer, organization=to, detail={"on": on.isoformat()})
    notices.tell_result(transfer)
    return transfer
