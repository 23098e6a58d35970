"""Row 16: whatever is posted in whatever order, a register's row takes only the steps of its table, and one that has
ended stays as it is."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from members.models import Membership
from members.rules.transfers import STEPS
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.members import MembershipFactory
from tests.factories.members_roster import CorrectionFactory
from tests.factories.terms import TermExtensionFactory, TermFactory
from tests.factories.transfers import DuesBaseFactory, TransferFactory

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
POSTS = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["top", "committee", "branch"])), min_size=1, max_size=8)

Post = tuple[str, dict[str, str]]


class World:
    """A tree of three levels with somebody at each who keeps registers."""

    def __init__(self) -> None:
        top = OrganizationFactory()
        committee = CommitteeFactory(parent=top)
        self.branch, self.other = BranchFactory(parent=committee), BranchFactory(parent=committee)
        self.member = MembershipFactory(organization=self.branch).member
        self.clients: dict[str, Client] = {}
        for name, role, place in (
            ("top", "staff", top), ("committee", "staff", committee), ("branch", "secretary", self.branch),
        ):  # fmt: skip
            self.clients[name] = Client()
            self.clients[name].force_login(make_user_with_post(role, place), BACKEND)


@dataclass(frozen=True)
class Machine:
    """A register: how a row begins, what may be posted to it, which pairs of states its table has."""

    make: Callable[[World], Any]
    posts: Callable[[Any], list[Post]]
    steps: frozenset[tuple[str, str]]


def _transfer_posts(row: Any) -> list[Post]:
    own = f"/members/transfers/{row.pk}"
    note = {"note": "材料不全"}
    return [(f"{own}/approve/", {}), (f"{own}/refuse/", note), (f"{own}/withdraw/", note), (f"{own}/accept/", {})]


def _decisions(url: str, field: str) -> list[Post]:
    return [(url, {"approve": "yes", field: ""}), (url, {"approve": "no", field: "不符合条件"})]


MACHINES = {
    "transfer": Machine(
        lambda world: TransferFactory(
            member=world.member, from_organization=world.branch, to_organization=world.other, state="started",
            sent_on=None,
        ),
        _transfer_posts,
        frozenset((source, step.target) for step in STEPS.values() for source in step.sources),
    ),
    "extension": Machine(
        lambda world: TermExtensionFactory(term=TermFactory(organization=world.branch)),
        lambda row: _decisions(f"/members/terms/extensions/{row.pk}/answer/", "remark"),
        frozenset({("asked", "approved"), ("asked", "refused")}),
    ),
    "dues base": Machine(
        lambda world: DuesBaseFactory(
            member=world.member, kind="exempt", amount=Decimal(0), reason="家庭困难", state="asked", asker=world.branch
        ),
        lambda row: _decisions(f"/members/dues/bases/{row.pk}/decide/", "note"),
        frozenset({("asked", "in_force"), ("asked", "refused")}),
    ),
    "correction": Machine(
        lambda world: CorrectionFactory(member=world.member, organization=world.branch),
        lambda row: [
            (f"/members/corrections/{row.pk}/", {"verb": "adopt", "answer": ""}),
            (f"/members/corrections/{row.pk}/", {"verb": "return", "answer": "请附证明"}),
        ],
        frozenset({("pending", "adopted"), ("pending", "returned")}),
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


def values(row: Any) -> dict[str, Any]:
    return dict(type(row).objects.filter(pk=row.pk).values().get())


def walk(machine: Machine, chosen: list[tuple[int, str]]) -> list[str]:
    """Post what was chosen; the states that the row went through."""
    world = World()
    row = machine.make(world)
    posts, sources = machine.posts(row), {source for source, _ in machine.steps}
    before, states = values(row), [str(row.state)]
    for number, who in chosen:
        url, data = posts[number % len(posts)]
        answer = world.clients[who].post(url, data)
        after = values(row)
        assert answer.status_code in (302, 403, 404, 422), (url, answer.status_code)
        if after["state"] != before["state"]:
            assert (before["state"], after["state"]) in machine.steps
            states.append(after["state"])
        if before["state"] not in sources:
            assert after == before, (url, who)
        assert Membership.objects.filter(member=world.member, ends_on=None).count() == 1
        before = after
    return states


@pytest.mark.parametrize("name", MACHINES)
@hypothesis_settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(chosen=POSTS)
def test_r16_only_the_steps_of_the_table(name, chosen):
    with transaction.atomic():
        walk(MACHINES[name], chosen)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("name", "chosen", "expected"),
    [
        (
            "transfer",
            [(0, "branch"), (0, "committee"), (3, "committee"), (1, "top")],
            ["started", "pending", "accepted"],
        ),
        ("transfer", [(2, "branch"), (0, "committee"), (3, "committee")], ["started", "withdrawn"]),
        ("extension", [(0, "committee"), (1, "committee")], ["asked", "approved"]),
        ("dues base", [(0, "branch"), (1, "committee"), (0, "top")], ["asked", "refused"]),
        ("correction", [(1, "branch"), (0, "branch")], ["pending", "returned"]),
    ],
)  # fmt: skip
def test_r16_the_steps_are_taken_at_all(name, chosen, expected):
    assert walk(MACHINES[name], chosen) == expected
