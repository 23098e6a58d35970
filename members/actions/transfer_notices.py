"""Who is told of a transfer: each side once for each occasion."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from members.enums import TransferDirection as Direction
from members.enums import TransferState as State
from members.models import Transfer
from members.queries.units import unit_of
from office.actions.notices import tell
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib.dates import day_text


def tell_next(transfer: Transfer) -> int:
    """Who has the next step: the superior that approves, or the receiving branch."""
    assert transfer.expires_on is not None
    if transfer.state == State.STARTED:
        assert transfer.from_organization is not None
        text = f"{transfer.from_organization}发起{transfer.member}的组织关系转接，去往{transfer.destination}，请审批。"
        superior = unit_of(transfer.from_organization)
        return _tell(transfer, "asked", text, people_at([superior.pk], [Role.STAFF]).get(superior.pk, ()))
    if transfer.direction == Direction.OUT:
        text = f"{transfer.member}的组织关系介绍信已开出，请于{day_text(transfer.expires_on)}前收回回执并登记。"
        return _tell(transfer, "letter", text, keepers(transfer.from_organization))
    text = f"{transfer.member}的组织关系由{transfer.origin}转来，请于{day_text(transfer.expires_on)}前接收或者退回。"
    return _tell(transfer, "sent", text, keepers(transfer.to_organization))


def tell_result(transfer: Transfer) -> int:
    """Both sides, once it has ended; the receiving one only where it was addressed to it."""
    word = {State.ACCEPTED: f"已由{transfer.destination}接收", State.REFUSED: f"已退回：{transfer.decision}",
            State.WITHDRAWN: "已撤回", State.EXPIRED: "已过期，党员仍在原党支部"}[State(transfer.state)]  # fmt: skip
    text = f"{transfer.member}的组织关系转接（{transfer.origin}至{transfer.destination}）{word}。"
    people = {*keepers(transfer.from_organization)}
    if transfer.sent_on:
        people |= {*keepers(transfer.to_organization)}
    return _tell(transfer, str(transfer.state), text, people)


def remind_transfers(*, by: Actor, on: date) -> int:
    """The receiving side (of a letter: the issuing one) some days before the limit; how many were told."""
    days = rule_table(on).int("transfer.remind_days")
    near = Transfer.objects.filter(
        state=State.PENDING, expires_on__gte=on, expires_on__lte=on + timedelta(days=days)
    ).select_related("member", "from_organization", "to_organization")
    count = 0
    for transfer in near:
        assert transfer.expires_on is not None
        is_out = transfer.direction == Direction.OUT
        what = "请收回回执并登记" if is_out else "请接收或者退回"
        text = f"{transfer.member}的组织关系转接将于{day_text(transfer.expires_on)}到期，{what}。"
        side = transfer.from_organization if is_out else transfer.to_organization
        count += _tell(transfer, "near", text, keepers(side))
    return count


def keepers(branch: Organization | None) -> list[int]:
    """Who keeps the branch's party work: its secretaries; where there is none, the staff of its superior."""
    if branch is None:
        return []
    found = people_at([branch.pk], [Role.SECRETARY, Role.STAFF]).get(branch.pk)
    if found:
        return found
    superior = unit_of(branch)
    return people_at([superior.pk], [Role.STAFF]).get(superior.pk, [])


def _tell(transfer: Transfer, occasion: str, text: str, people: Iterable[int]) -> int:
    url = reverse("members:transfer_detail", args=[transfer.pk])
    return tell(
        people=people, key=f"transfer:{transfer.pk}:{occasion}", text=text, url=url,
        due_on=transfer.expires_on if transfer.is_open else None,
    )  # fmt: skip
