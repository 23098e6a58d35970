"""Transfers of membership up to the moment at which rosters change; accepting touches upper floors (``desk``)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from branches.actions import audit
from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Actor
from members.actions import transfer_notices as notices
from members.actions.second_person import refuse_own_asking
from members.enums import TransferDirection as Direction
from members.enums import TransferState as State
from members.models import Member, Membership, Transfer
from members.queries.dues import paid_until
from members.queries.units import unit_of
from members.rules import transfers as rules
from members.rules.transfers import Verb
from office.queries.rules import rule_table
from office.rules.table import RuleTable
from partybuild.lib import clock


@transaction.atomic
def start_transfer(
    *,
    by: Actor,
    member: Member,
    reason: str,
    to: Organization | None = None,
    outside_name: str = "",
    outside_address: str = "",
    outside_phone: str = "",
) -> Transfer:
    """Begin to hand a member to another branch of the tree, or to an organisation outside it.

    He stays on his roster until it is accepted. One transfer of a member is open at a time. Where the rule asks for
    it, a superior approves first; who starts it as a superior has approved it.
    """
    place = _locked_place(member)
    today, table = clock.today(), rule_table(clock.today())
    _refuse_start(member, place.organization, to, outside_name)
    transfer = Transfer(
        member=member, direction=Direction.INSIDE if to else Direction.OUT, from_organization=place.organization,
        to_organization=to, outside_name=outside_name, outside_address=outside_address, outside_phone=outside_phone,
        reason=reason, asker_id=by.organization_id, started_on=today, started_by_id=by.user_id,
        dues_until=paid_until(member), state=State.STARTED,
        expires_on=rules.last_day(today, table.int("transfer.valid_days")),
    )  # fmt: skip
    if not _needs_approval(by, transfer, table):
        _send(transfer, today, table)
    transfer.save()
    audit.record(by=by, verb="发起组织关系转接", obj=transfer, organization=place.organization, detail={"note": reason})
    notices.tell_next(transfer)
    return transfer


@transaction.atomic
def approve_transfer(*, by: Actor, transfer: Transfer) -> Transfer:
    """The superior approves: from now on it is addressed to the other side; a letter gets the next number.

    Nobody approves what was asked under his own organisation's post; at the top of a tree a second person does.
    """
    transfer = lock_transfer(transfer)
    _check(transfer, Verb.APPROVE)
    refuse_own_asking(by, transfer.asker_id, transfer.started_by_id, "本组织发起的转接由上级党组织审批")
    today = clock.today()
    transfer.approved_on, transfer.approved_by_id = today, by.user_id
    _send(transfer, today, rule_table(today))
    transfer.save()
    audit.record(by=by, verb="审批组织关系转接", obj=transfer, organization=transfer.from_organization)
    notices.tell_next(transfer)
    return transfer


@transaction.atomic
def refuse_transfer(*, by: Actor, transfer: Transfer, note: str) -> Transfer:
    """The superior or the receiving side sends it back, with the reason; the member stays where he is."""
    transfer = lock_transfer(transfer)
    _end(transfer, Verb.REFUSE, by, _reason(note))
    audit.record(
        by=by, verb="退回组织关系转接", obj=transfer, organization=by_side(transfer), detail={"note": transfer.decision}
    )
    notices.tell_result(transfer)
    return transfer


@transaction.atomic
def withdraw_transfer(*, by: Actor, transfer: Transfer, note: str) -> Transfer:
    """The side that started it takes it back, with the reason."""
    transfer = lock_transfer(transfer)
    _end(transfer, Verb.WITHDRAW, by, _reason(note))
    audit.record(
        by=by, verb="撤回组织关系转接", obj=transfer, organization=transfer.from_organization,
        detail={"note": transfer.decision},
    )  # fmt: skip
    notices.tell_result(transfer)
    return transfer


@transaction.atomic
def expire_transfers(*, by: Actor, on: date) -> int:
    """End those whose time for acceptance is over; how many. Their members stay where they are."""
    late = Transfer.objects.open().filter(expires_on__lt=on).order_by("pk").values_list("pk", flat=True)
    count = 0
    for pk in late:
        transfer = lock_transfer(Transfer(pk=pk))
        if not transfer.is_open:
            continue
        _end(transfer, Verb.EXPIRE, by, "超过接收期限，由发起方重新办理。")
        audit.record(by=by, verb="组织关系转接到期", obj=transfer, organization=transfer.from_organization)
        notices.tell_result(transfer)
        count += 1
    return count


@transaction.atomic
def note_letter_download(*, by: Actor, transfer: Transfer, organization: Organization, what: str) -> None:
    """Somebody took a letter, which holds the full identity number: the trail keeps that."""
    audit.record(by=by, verb=f"下载{what}", obj=transfer, organization=organization)


def lock_transfer(transfer: Transfer) -> Transfer:
    """The row, locked; with the organisations of both sides."""
    locked = Transfer.objects.select_for_update(of=("self",))
    return locked.select_related("member", "from_organization", "to_organization").get(pk=transfer.pk)


def by_side(transfer: Transfer) -> Organization | None:
    """Whose deed a refusal is: the receiving side's once it was addressed to it, the superior's before."""
    return transfer.to_organization if transfer.sent_on and transfer.to_organization else transfer.from_organization


def _locked_place(member: Member) -> Membership:
    """His place, with the roster and himself locked: of two starts at once the second finds the first."""
    place = Membership.objects.filter(member=member, ends_on=None).select_related("organization").first()
    if place is None:
        raise ValidationError(f"{member}不在任何党支部的名册中。")
    Organization.objects.select_for_update(no_key=True).get(pk=place.organization_id)
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    return Membership.objects.select_related("organization").get(pk=place.pk, ends_on=None)


def _refuse_start(member: Member, origin: Organization, to: Organization | None, outside_name: str) -> None:
    if Transfer.objects.open().filter(member=member).exists():
        raise ValidationError(f"{member}的组织关系正在转接，请先办结或撤回。")
    if to is None and not outside_name.strip():
        raise ValidationError({"outside_name": "请填写接收组织关系的党组织。"})
    if to is None:
        return
    if to.kind != OrganizationKind.BRANCH:
        raise ValidationError({"to": "组织关系只能转到党支部。"})
    if to.dissolved_on is not None:
        raise ValidationError({"to": f"{to}已撤销，请重新选择。"})
    if to.pk == origin.pk:
        raise ValidationError({"to": f"{member}已在该党支部。"})
    if to.path.split("/")[0] != origin.path.split("/")[0]:
        raise ValidationError({"to": "该党支部不在本系统内，请办理转往外单位。"})


def _needs_approval(by: Actor, transfer: Transfer, table: RuleTable) -> bool:
    origin, to = transfer.from_organization, transfer.to_organization
    assert origin is not None
    is_by_superior = by.is_system or (
        by.organization_id != origin.pk and bool(by.organization_path) and origin.path.startswith(by.organization_path)
    )
    return rules.needs_approval(
        transfer.direction,
        crosses_units=to is not None and unit_of(origin) != unit_of(to),
        is_by_superior=is_by_superior,
        asked=table.list("transfer.approval"),
    )


def _send(transfer: Transfer, today: date, table: RuleTable) -> None:
    """Address it to the other side; what leaves the tree goes with a numbered letter of the superior committee."""
    transfer.state, transfer.sent_on = State.PENDING, today
    transfer.expires_on = rules.last_day(today, table.int("transfer.valid_days"))
    if transfer.direction != Direction.OUT:
        return
    assert transfer.from_organization is not None
    issuer = Organization.objects.select_for_update(no_key=True).get(pk=unit_of(transfer.from_organization).pk)
    given = Transfer.objects.filter(issuer=issuer, letter_year=today.year).aggregate(last=Max("letter_number"))
    transfer.issuer, transfer.letter_year = issuer, today.year
    transfer.letter_number = (given["last"] or 0) + 1


def _check(transfer: Transfer, verb: Verb) -> None:
    """Two at once: one has taken the step, the other is told."""
    if not rules.can(transfer.state, verb):
        raise ValidationError(f"该转接现在是“{transfer.state_label}”，不能{rules.STEPS[verb].label}。")


def _end(transfer: Transfer, verb: Verb, by: Actor, note: str) -> None:
    _check(transfer, verb)
    transfer.state = rules.STEPS[verb].target
    transfer.decided_on, transfer.decided_by_id, transfer.decision = clock.today(), by.user_id, note
    transfer.save(update_fields=["state", "decided_on", "decided_by", "decision"])


def _reason(note: str) -> str:
    if not note.strip():
        raise ValidationError({"note": "请填写原因。"})
    return note.strip()
