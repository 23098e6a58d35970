"""The form in which each app declares, URL by URL, what every role is answered; ``test_table`` walks it.

Each app has one file beside this one, named as the app, with ``TABLE`` and, where it needs objects, ``build(world)``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from branches.enums import Role
from branches.models import Organization, User
from tests.factories.branches import (
    BranchFactory,
    CommitteeFactory,
    GroupFactory,
    OrganizationFactory,
    UserFactory,
    make_user_with_post,
)

STRANGERS = ("anonymous", "nobody")
ROLES = (*STRANGERS, *Role.values)
PLACES = ("own", "child", "parent", "sibling", "foreign")

Codes = Mapping[str, int]


def only(code: int, *roles: str, other: int = 403, anonymous: int = 302, **exceptions: int) -> Codes:
    """This code for these roles, ``other`` for all else, the login page for those who are not signed in."""
    return {role: code if role in roles else other for role in ROLES} | {"anonymous": anonymous} | exceptions


def everyone(code: int, **exceptions: int) -> Codes:
    """The same code for all, with exceptions by role."""
    return dict.fromkeys(ROLES, code) | exceptions


NEVER = everyone(405)


class World:
    """Two trees and one account per role.

    工委 ``root`` → 机关党委 ``committee`` → 党支部 ``branch`` (with 党小组 ``group``) and ``branch_2``;
    机关党委 ``committee_b`` → ``branch_b``; and another tree ``other_root`` → ``other_committee`` → ``other_branch``.
    """

    def __init__(self) -> None:
        self.root = OrganizationFactory()
        self.committee = CommitteeFactory(parent=self.root)
        self.branch = BranchFactory(parent=self.committee)
        self.branch_2 = BranchFactory(parent=self.committee)
        self.group = GroupFactory(parent=self.branch)
        self.committee_b = CommitteeFactory(parent=self.root)
        self.branch_b = BranchFactory(parent=self.committee_b)
        self.other_root = OrganizationFactory()
        self.other_committee = CommitteeFactory(parent=self.other_root)
        self.other_branch = BranchFactory(parent=self.other_committee)
        seats = {Role.STAFF: self.committee, Role.SECRETARY: self.branch, Role.MEMBER: self.branch}
        self.users: dict[str, User | None] = {"anonymous": None, "nobody": UserFactory()}
        for role in Role:
            self.users[role] = make_user_with_post(role, seats.get(role, self.root))
        # For the floors above: whatever their ``build`` puts here.
        self.things: dict[str, Any] = {}

    def places(self, viewer: str) -> dict[str, Organization]:
        """The organisations around a viewer: his own, one below, the one above, one beside, one of another tree."""
        if viewer == Role.STAFF:
            found = (self.committee, self.branch, self.root, self.committee_b, self.other_committee)
        else:
            found = (self.branch, self.group, self.committee, self.branch_2, self.other_branch)
        return dict(zip(PLACES, found, strict=True))


Arguments = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """What one URL answers. ``at`` gives the arguments of an object of an organisation (None: it can have none)."""

    get: Codes
    post: Codes
    at: Callable[[World, Organization], Arguments | None] | None = None
    kwargs: Callable[[World], Arguments] | None = None
    data: Mapping[str, Any] | Callable[[World], Mapping[str, Any]] = field(default_factory=dict)
    query: str = ""
    places: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    place_method: str = "get"

    def codes(self, method: str) -> Codes:
        return self.get if method == "get" else self.post

    def sent(self, world: World) -> Mapping[str, Any]:
        return self.data(world) if callable(self.data) else self.data

    def arguments(self, world: World) -> Arguments:
        """Those of the walk by role, whose object lies within everybody's scope."""
        if self.at is not None:
            return self.at(world, world.branch) or {}
        return self.kwargs(world) if self.kwargs else {}
