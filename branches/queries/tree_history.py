"""How the tree stood on a day, as far as a scope reaches: from today back over the changes since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from branches.enums import OrganizationKind
from branches.models import Organization, OrganizationChange
from branches.permissions import Permission, Scope
from branches.rules.tree_history import PastChange, Standing, below_of, path_on, stood_on


@dataclass(frozen=True)
class PastNode:
    """An organisation in the tree of a day. ``is_open``: its page can be read today; ``now``: what it is called now."""

    pk: int
    name: str
    kind: str
    below: int
    is_open: bool
    now: str = ""


class PastTree:
    """The tree of a day from the organisation of the scope's post down; two queries for any number of nodes.

    What has left the scope since is named as it stood, and not opened.
    """

    def __init__(self, scope: Scope, on: date) -> None:
        self.on = on
        self._top = scope.grant.organization_id if scope.grant else None
        prefix = scope.prefix(Permission.VIEW_ORGANIZATION)
        root = prefix[0].split("/", 1)[0] if prefix else "0"
        rows = Organization.objects.filter(path__startswith=f"{root}/").only(
            "parent_id", "name", "kind", "founded_on", "dissolved_on", "position", "path"
        )
        self._today = {row.pk: row for row in rows}
        self._open = {pk for pk, row in self._today.items() if scope.allows(Permission.VIEW_ORGANIZATION, row)}
        standing = stood_on([_standing(row) for row in self._today.values()], _changes_since(on, f"{root}/"), on)
        self._below = below_of(standing)
        self._standing = {
            pk: one for pk, one in standing.items() if prefix and prefix[1] and self._top in path_on(standing, pk)
        }
        if self._top in standing:
            self._standing[self._top] = standing[self._top]

    @property
    def count(self) -> int:
        """How many organisations there were."""
        return len(self._standing)

    def top(self) -> PastNode | None:
        """Where the tree begins; None when the organisation of the post was not there yet."""
        return self.node(self._top) if self._top is not None else None

    def node(self, pk: int) -> PastNode | None:
        """One node, if it stood in this tree."""
        one = self._standing.get(pk)
        return self._node(one) if one is not None else None

    def below(self, pk: int) -> list[PastNode]:
        """Those directly under a node."""
        return [self._node(one) for one in self._below.get(pk, ()) if one.pk in self._standing]

    def _node(self, one: Standing) -> PastNode:
        today = self._today[one.pk]
        now = today.name if today.name != one.name else ""
        below = sum(child.pk in self._standing for child in self._below.get(one.pk, ()))
        return PastNode(one.pk, one.name, OrganizationKind(one.kind).label, below, one.pk in self._open, now)


def _standing(row: Organization) -> Standing:
    return Standing(row.pk, row.parent_id, row.name, row.kind, row.founded_on, row.dissolved_on, row.position)


def _changes_since(on: date, root: str) -> Iterable[PastChange]:
    rows = OrganizationChange.objects.filter(
        effective_on__gt=on, before__has_any_keys=["name", "parent_id"], organization__path__startswith=root
    ).values_list("organization_id", "effective_on", "pk", "before")
    return [PastChange(*row) for row in rows]
