"""Random changes of organisations against a plain model: the tree of every day, and every member counted once."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from branches.actions import tree_steps
from branches.models import Organization
from branches.permissions import Actor
from branches.queries.access import scope_of
from branches.queries.tree_history import PastTree
from campaigns.actions import organization_steps as tasks
from campaigns.enums import AssignmentState
from campaigns.models import Assignment
from campaigns.queries.units import unit_of
from desk.actions.memberships import move_member
from desk.actions.organizations import dissolve, merge, move, rename, split
from members.actions import organization_steps as rosters
from members.models import Member, Membership
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.campaigns import AssignmentFactory, CampaignFactory, TargetFactory, TaskFactory
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
        target = TargetFactory(task=TaskFactory(campaign=CampaignFactory(issuer=self.root)))
        self.owed = [AssignmentFactory(target=target, organization=branch).pk for branch in branches]
        self.closed = AssignmentFactory(
            target=target, organization=branches[0], period="2026-02", starts_on=date(2026, 2, 1),
            ends_on=date(2026, 2, 28), due_on=date(2026, 2, 28), due_month="2026-02",
            closed_at="2026-03-01T00:00+08:00", outcome="missing", closed_path=branches[0].path,
        )  # fmt: skip
        self.was_closed = _row(self.closed.pk)

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
        self._check_tasks(paths)

    def _check_tasks(self, paths: dict[int, str]) -> None:
        """Open tasks stand where their organisation stands; of one that is no more they are exempt."""
        for row in Assignment.objects.filter(pk__in=self.owed).select_related("organization__parent"):
            branch = row.organization
            if branch.dissolved_on is not None:
                assert row.state == AssignmentState.EXEMPT
                continue
            assert row.path == paths[branch.pk]
            assert row.unit_id == unit_of(branch)
            assert row.state != AssignmentState.EXEMPT
        assert _row(self.closed.pk) == self.was_closed


def _row(pk: int) -> dict[str, object]:
    return Assignment.objects.values().get(pk=pk)


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


def _parent_only(organization, parent):
    organization.parent = parent
    organization.save(update_fields=["parent"])


def _nothing(**given):
    return 0


@pytest.mark.parametrize(
    ("module", "name", "broken"),
    [
        pytest.param(tree_steps, "_write_paths", _parent_only, id="paths are not written"),
        pytest.param(tree_steps, "_end", lambda organization, on: None, id="an absorbed organisation does not end"),
        pytest.param(tasks, "follow_move", _nothing, id="tasks do not follow"),
        pytest.param(tasks, "exempt_absorbed", _nothing, id="tasks of what is no more stay owed"),
        pytest.param(rosters, "take_over_roster", lambda **given: [], id="members are left behind"),
    ],
)
def test_o01_the_check_finds_a_step_that_is_missing(monkeypatch, module, name, broken):
    """Negative control: with one step taken out, a move and a merger are told from what the model says."""
    monkeypatch.setattr(module, name, broken)
    world = World()
    branch = Organization.objects.get(name="支部0")
    elsewhere = Organization.objects.get(name="党委1")
    world._move(branch, elsewhere, DAYS[2], "", 0)
    merged, successor = (Organization.objects.get(name=each) for each in ("支部1", "支部2"))

    world._merge(merged, successor, DAYS[4], "", 0)

    with pytest.raises(AssertionError):
        world.check()


def test_o01_the_same_story_with_all_its_steps_is_right():
    world = World()
    world._move(Organization.objects.get(name="支部0"), Organization.objects.get(name="党委1"), DAYS[2], "", 0)
    merged, successor = (Organization.objects.get(name=each) for each in ("支部1", "支部2"))
    world._merge(merged, successor, DAYS[4], "", 0)

    world.check()

    assert Assignment.objects.filter(organization=merged, state=AssignmentState.EXEMPT).count() == 1
