"""Transfers as lists and pages ask for them: whose turn it is, and what may be done."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.models.organization import OrganizationQuerySet, path_filter
from branches.permissions import Permission, Scope
from branches.queries.organizations import live
from members.enums import TransferDirection as Direction
from members.enums import TransferState as State
from members.models import Member, Transfer
from members.models.transfer import TransferQuerySet
from members.rules.registers import Figures
from members.rules.transfers import Verb, can
from partybuild.lib import clock

WAITING, OUTGOING, INCOMING = "waiting", "out", "in"
SIDES = {"": "全部", WAITING: "待我办理", OUTGOING: "转出", INCOMING: "转入"}
OFFERED = 20
_MANAGE, _APPROVE = Permission.MANAGE_PARTY_WORK, Permission.APPROVE_PARTY_WORK


def open_transfers(organization: Organization) -> TransferQuerySet:
    """Who is on the way to or from this organisation."""
    return Transfer.objects.open().filter(Q(from_organization=organization) | Q(to_organization=organization))


def transfer_list(
    scope: Scope,
    *,
    side: str = "",
    state: str = "",
    q: str = "",
    year: str = "",
    organization: Organization | None = None,
) -> TransferQuerySet:
    """The transfers that the scope sees, the latest first."""
    found = Transfer.objects.visible_to(scope)
    if side == WAITING:
        found = found.filter(_turn_of(scope))
    elif side == OUTGOING:
        found = found.filter(path_filter(scope, Permission.VIEW_PARTY_WORK, "from_organization__path"))
    elif side == INCOMING:
        found = found.filter(path_filter(scope, Permission.VIEW_PARTY_WORK, "to_organization__path"))
    if state:
        found = found.filter(state=state)
    if q:
        text = q.strip()
        found = found.filter(Q(member__name__icontains=text) | Q(member__initials__startswith=text.lower()))
    if year:
        found = found.filter(started_on__year=int(year))
    if organization:
        path = organization.path
        found = found.filter(Q(from_organization__path__startswith=path) | Q(to_organization__path__startswith=path))
    return found.select_related("member", "from_organization", "to_organization").order_by("-started_on", "-pk")


def waiting_count(scope: Scope) -> int:
    """How many wait for this post: to approve, to accept, or to bring the receipt of."""
    return Transfer.objects.filter(_turn_of(scope)).count()


def transfer_figures(scope: Scope) -> Figures:
    """All that the scope sees, and what waits for the post."""
    total = Transfer.objects.visible_to(scope).count()
    return Figures(total, waiting_count(scope), "项待办理", f"?side={WAITING}")


def _turn_of(scope: Scope) -> Q:
    pending = Q(state=State.PENDING)
    accept = pending & Q(direction=Direction.INSIDE) & path_filter(scope, _MANAGE, "to_organization__path")
    receipt = pending & Q(direction=Direction.OUT) & path_filter(scope, _MANAGE, "from_organization__path")
    approve = Q(state=State.STARTED) & path_filter(scope, _APPROVE, "from_organization__path")
    if scope.grant and not _is_top(scope):
        approve &= ~Q(asker=scope.grant.organization_id)
    if scope.user_id:
        approve &= ~Q(started_by=scope.user_id) | Q(started_by=None)
    return accept | receipt | approve


def steps_of(scope: Scope, transfer: Transfer) -> set[str]:
    """What the person may do with a transfer as it stands; exactly what its page offers."""
    found = {"approve", "refuse"} if _may_approve(scope, transfer) else set()
    if _allows(scope, _MANAGE, transfer.from_organization) and can(transfer.state, Verb.WITHDRAW):
        found.add("withdraw")
    if can(transfer.state, Verb.ACCEPT):
        if transfer.direction == Direction.INSIDE and _allows(scope, _MANAGE, transfer.to_organization):
            found |= {"accept", "refuse"}
        if transfer.direction == Direction.OUT and _allows(scope, _MANAGE, transfer.from_organization):
            found |= {"receipt", "refuse"}
    return found | _papers_of(scope, transfer)


def sees_person(scope: Scope, transfer: Transfer) -> bool:
    """Whether the member's necessary data are shown: to those who keep one of the two rosters."""
    return any(_allows(scope, _MANAGE, side) for side in (transfer.from_organization, transfer.to_organization))


def _papers_of(scope: Scope, transfer: Transfer) -> set[str]:
    is_kept = transfer.state in (State.PENDING, State.ACCEPTED)
    if transfer.direction == Direction.OUT and is_kept and _allows(scope, _MANAGE, transfer.from_organization):
        return {"letter"}
    if transfer.direction == Direction.IN and _allows(scope, _MANAGE, transfer.to_organization):
        return {"reply"}
    return set()


def _may_approve(scope: Scope, transfer: Transfer) -> bool:
    if transfer.state != State.STARTED or not _allows(scope, _APPROVE, transfer.from_organization):
        return False
    assert scope.grant is not None
    if transfer.started_by_id is not None and transfer.started_by_id in (scope.user_id, scope.acting_for_id):
        return False
    return _is_top(scope) or scope.grant.organization_id != transfer.asker_id


def _is_top(scope: Scope) -> bool:
    return scope.grant is not None and scope.grant.path.count("/") == 1


def _allows(scope: Scope, permission: Permission, organization: Organization | None) -> bool:
    return organization is not None and scope.allows(permission, organization)


def candidates(scope: Scope, on: date, q: str) -> list[Member]:
    """Members on the rosters of the scope whose name fits, with ``place``; at most a page of them."""
    found = Member.objects.visible_to(scope, _MANAGE).filter(memberships__ends_on__isnull=True)
    if text := q.strip():
        found = found.filter(Q(name__icontains=text) | Q(initials__startswith=text.lower()))
    return list(found.order_by("initials", "pk").prefetch_related("memberships__organization").distinct()[:50])


def branches_of_tree(scope: Scope, on: date) -> OrganizationQuerySet:
    """Every branch of the tree of the post, also beyond the scope: who hands over a member must be able to name it."""
    if scope.grant is None:
        return Organization.objects.none()
    root = scope.grant.path.split("/")[0]
    branches = Organization.objects.filter(live(on), kind=OrganizationKind.BRANCH)
    return branches.filter(path__startswith=f"{root}/").order_by("path")


def offered_branches(scope: Scope, text: str) -> list[Organization]:
    """Branches of the tree whose name, code or pinyin initials fit; name and code only are shown."""
    text = text.strip()
    if not text:
        return []
    fits = Q(name__icontains=text) | Q(short_name__icontains=text) | Q(code__istartswith=text)
    return list(branches_of_tree(scope, clock.today()).filter(fits | Q(initials__contains=text.lower()))[:OFFERED])


def export_rows(transfers: TransferQuerySet) -> Iterator[list[object]]:
    """Rows of the workbook; without personal numbers."""
    for number, one in enumerate(transfers.iterator(1000), 1):
        yield [
            number, one.member.name, one.get_direction_display(), one.origin, one.destination, one.reason,
            one.letter_label, one.started_on, one.sent_on, one.expires_on if one.is_open else None, one.state_label,
            one.decided_on, one.effective_on, one.decision,
        ]  # fmt: skip
