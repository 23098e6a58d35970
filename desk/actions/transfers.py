"""A transfer of membership is accepted: rosters and all floors above them follow in the same transaction (O06)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.models import Organization
from branches.permissions import Actor
from desk.actions.memberships import enter_tree, leave_tree, move_member
from members.actions.dues_steps import carry_dues
from members.actions.members import register_member
from members.actions.transfer_steps import close_accepted, open_for_acceptance, record_arrival
from members.enums import TransferDirection as Direction
from members.models import Member, Membership, Transfer
from partybuild.lib import clock
from partybuild.lib.crypto import keyed_hash
from partybuild.lib.identity import IdentityError, read_id_number


@transaction.atomic
def accept_transfer(*, by: Actor, transfer: Transfer) -> Transfer:
    """The receiving branch takes the member: from today on he is on its roster and no longer on the other's."""
    transfer = open_for_acceptance(transfer)
    if transfer.direction != Direction.INSIDE:
        raise ValidationError("转往外单位的，收到回执后登记。")
    assert transfer.to_organization is not None
    today = clock.today()
    move_member(by=by, member=transfer.member, to=transfer.to_organization, on=today, reason=transfer.reason)
    carry_dues(member=transfer.member, to=transfer.to_organization, on=today)
    return close_accepted(by=by, transfer=transfer, effective_on=today)


@transaction.atomic
def record_receipt(*, by: Actor, transfer: Transfer, on: date, note: str = "") -> Transfer:
    """The receipt of a letter has come back: from the day on it the member is on no roster of the tree."""
    transfer = open_for_acceptance(transfer)
    if transfer.direction != Direction.OUT:
        raise ValidationError("系统内转接由接收党支部办理。")
    assert transfer.sent_on is not None
    if not transfer.sent_on <= on <= clock.today():
        raise ValidationError({"on": "回执日期应在介绍信开出之后、今天之前。"})
    leave_tree(by=by, member=transfer.member, on=on, reason=transfer.reason)
    return close_accepted(by=by, transfer=transfer, effective_on=on, note=note)


@transaction.atomic
def admit_from_outside(
    *, by: Actor, to: Organization, on: date, letter: dict[str, Any], person: dict[str, Any]
) -> Transfer:
    """Somebody comes with a letter: found by his identity number, else a new member, and on the roster from the day on.

    ``letter`` holds what ``record_arrival`` keeps, ``person`` the fields of a member, his identity number among them.
    """
    member = _known(person) or register_member(by=by, organization=to, **person)
    enter_tree(by=by, member=member, to=to, on=on)
    return record_arrival(by=by, member=member, to=to, on=on, **letter)


def _known(person: dict[str, Any]) -> Member | None:
    """A former member with this number; one who is on a roster is transferred inside the tree."""
    try:
        number = read_id_number(person.get("id_number", ""), today=clock.today()).number
    except IdentityError as error:
        raise ValidationError({"id_number": f"{error}。"}) from error
    member = Member.objects.filter(id_number_hash=keyed_hash(number)).first()
    if member is None:
        return None
    if Membership.objects.filter(member=member, ends_on=None).exists():
        raise ValidationError({"id_number": "该身份证号已在本系统的党员名册中，请办理系统内转接。"})
    if member.name != person["name"]:
        raise ValidationError({"name": f"该身份证号登记的姓名为{member.name}，请核对。"})
    return member
