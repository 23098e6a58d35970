"""Random changes of organisations against a plain model: the tree of every day, and every member counted once."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from branches.models import Organization
from branches.permissions import Actor
from branches.queries.access import scope_of
from branches.queries.tree_history import PastTree
from desk.actions.memberships import move_member
from desk.actions.organizations import dissolve, merge, move, rename, split
from members.models import Member, Membership
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.members import make_roster

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
DAYS = [date(2026, 3, 1) + timedelta(days=number) for number in range(8)]
NUMBERS = st.integers(0, 30)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["move", "move", "merge", "split", "dissolve", "rename", "member"]), NUMBERS, NUMBERS,
        st.integers(0, len(DAYS) - 1),
    ),
    min_size=4, max_size=12,
)  # fmt: skip


@dataclass
class Day:
    """A day of the model: organisation → superior and name, member → branch."""

    tree: dict[int, tuple[int | None, str]] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)

    def move(self, pk: int, parent: int) -> None:
        self.tree[pk] = (parent, self.tree[pk][1])

    def rename(self, pk: int, name: str) -> None:
        self.tree[pk] = (self.tree[pk][0], name)

    def end(self, pk: int, successor: int | None = None) -> None:
        for child, (parent, _) in list(self.tree.items()):
            if parent == pk and successor:
                self.move(child, successor)
        self.places = {member: successor if at == pk and successor else at for member, at in self.places.items()}
        del self.tree[pk]


class World:
    """The portal and the model, side by side."""

    def __init__(self) -> None:
        self.root = OrganizationFactory(name="工委")
        committees = [CommitteeFactory(parent=self.root, name=f"党委{number}") for number in range(3)]
        branches = [BranchFactory(parent=committees[number % 3], name=f"支部{number}") for number in range(4)]
        for branch in branches[:3]:
            make_roster(branch, 2)
        tree = {one.pk: (one.parent_id, one.name) for one in Organization.objects.all()}
        places = dict(Membership.objects.values_list("member", "organization"))
        self.days = {day: Day(dict(tree), dict(places)) for day in DAYS}
        self.members = sorted(places)
        self.user = make_user_with_post("staff", self.root)

    def try_step(self, verb: str, first: int, second: int, number: int) -> bool:
        """Ask the portal; what it takes is written into the model from that day on."""
        one, two, day = *self._chosen(verb, first, second), DAYS[number]
        try:
            with transaction.atomic():
                getattr(self, f"_{verb}")(one, two, day, f"名称{first}-{second}-{number}", second)
        except ValidationError:
            return False
        return True

    def _chosen(self, verb: str, first: int, second: int) -> tuple[Organization, Organization]:
        """Two organisations for which the step makes sense, so that most steps are taken."""
        live = list(Organization.objects.filter(dissolved_on=None).order_by("pk"))
        below = [one for one in live if one.parent_id]
        firsts = [one for one in below if one.is_branch] if verb == "member" else below
        one = firsts[first % len(firsts)]
        seconds = [two for two in live if not two.is_branch] if verb == "move" else live
        if verb == "merge":
            seconds = [two for two in live if two.kind == one.kind]
        return one, seconds[second % len(seconds)]

    def _since(self, day: date) -> list[Day]:
        return [self.days[each] for each in DAYS if each >= day]

    def _move(self, one, two, day, name, choice):
        move(by=SYSTEM, organization=one, parent=two, effective_on=day, reason="")
        for each in self._since(day):
            each.move(one.pk, two.pk)

    def _rename(self, one, two, day, name, choice):
        rename(by=SYSTEM, organization=one, name=name, short_name="", effective_on=day, reason="")
        for each in self._since(day):
            each.rename(one.pk, name)

    def _merge(self, one, two, day, name, choice):
        merge(by=SYSTEM, organization=one, successor=two, effective_on=day, reason="")
        for each in self._since(day):
            each.end(one.pk, two.pk)

    def _dissolve(self, one, two, day, name, choice):
        dissolve(by=SYSTEM, organization=one, effective_on=day, reason="")
        for each in self._since(day):
            each.end(one.pk)

    def _split(self, one, two, day, name, choice):
        people = sorted(Membership.objects.filter(organization=one, ends_on=None).values_list("member", flat=True))
        members = people[: 1 + choice % 2] if one.is_branch else []
        children = [] if one.is_branch else list(Organization.objects.filter(parent=one, dissolved_on=None)[:1])
        change = split(by=SYSTEM, organization=one, fields={"name": name}, members=members, children=children,
                       effective_on=day, reason="")  # fmt: skip
        for each in self._since(day):
            each.tree[change.other_id] = (one.parent_id, name)
            each.places |= dict.fromkeys(members, change.other_id)
            for child in children:
                each.move(child.pk, change.other_id)

    def _member(self, one, two, day, name, choice):
        member = self.members[choice % len(self.members)]
        if Membership.objects.filter(member=member, organization=one, ends_on=None).exists():
            return
        move_member(by=SYSTEM, member=Member.objects.get(pk=member), to=one, on=day, reason="")
        for each in self._since(day):
            each.places[member] = one.pk

    def check(self) -> None:
        """Every day as the model has it."""
        scope = scope_of(self.user.pk, DAYS[-1])
        for day, expected in self.days.items():
            past = PastTree(scope, day)
            assert _walk(past) == expected.tree, day
            places = list(Membership.objects.on(day).values_list("member", "organization"))
            assert sorted(member for member, _ in places) == self.members, day
            assert dict(places) == expected.places, day
        paths = {one.pk: one.path for one in Organization.objects.all()}
        for one in Organization.objects.exclude(parent=None):
            assert one.path == f"{paths[one.parent_id]}{one.pk}/"


def _walk(past: PastTree) -> dict[int, tuple[int | None, str]]:
    top = past.top()
    assert top is not None
    found: dict[int, tuple[int | None, str]] = {top.pk: (None, top.name)}
    waiting = [top]
    while waiting:
        node = waiting.pop()
        for child in past.below(node.pk):
            assert child.pk not in found
            found[child.pk] = (node.pk, child.name)
            waiting.append(child)
    assert past.count == len(found)
    return found


@pytest.fixture(autouse=True)
def _on_the_last_day(move_clock):
    move_clock(f"{DAYS[-1].isoformat()}T09:00:00+08:00")


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=STEPS)
def test_o01_the_tree_and_the_rosters_of_every_day_are_those_of_a_plain_model(steps):
    with transaction.atomic():
        world = World()
        for step in steps:
            world.try_step(*step)
        world.check()
        transaction.set_rollback(True)


def test_o01_the_model_sees_changes_at_all():
    world = World()

    done = [
        world.try_step("merge", 3, 1, 3),
        world.try_step("split", 3, 0, 4),
        world.try_step("rename", 1, 2, 2),
        world.try_step("move", 3, 3, 5),
        world.try_step("member", 1, 0, 6),
    ]

    world.check()
    assert done == [True] * 5
    assert world.days[DAYS[0]].tree != world.days[DAYS[-1]].tree


def test_o01_no_day_of_the_past_gets_a_circle():
    """One stood under the other for some days that are over: dated into them, the reverse would close a circle."""
    world = World()
    one, two = Organization.objects.filter(kind="committee").order_by("pk")[:2]
    world._move(one, two, DAYS[1], "", 0)
    world._move(one, world.root, DAYS[5], "", 0)

    with pytest.raises(ValidationError, match="隶属关系在2026年3月6日调整过"), transaction.atomic():
        world._move(two, one, DAYS[3], "", 0)
    world._move(two, one, DAYS[5], "", 0)

    world.check()
