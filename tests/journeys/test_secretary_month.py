"""A secretary's month over HTTP: each fact entered once, counted for all five campaigns; the manual says how much that
saves, and says it in the numbers counted here."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.campaigns import create_campaign, publish_campaign
from campaigns.models import Activity, Assignment, Campaign, Credit
from campaigns.queries.catalogue import load_catalogue_plans
from campaigns.rules import metrics
from members.enums import OfficeKind
from members.models import Member, Membership
from tests.factories.branches import BranchFactory, CommitteeFactory, GroupFactory, OrganizationFactory
from tests.factories.branches import make_user_with_post as post_of
from tests.factories.district import MINUTES
from tests.factories.members import OfficeFactory, make_roster

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MANUAL = Path(__file__).resolve().parents[2] / "docs" / "manual" / "支部书记和党务干部.md"
NEW = "/campaigns/activities/new/"
SENTENCE = (
    "有两个党小组的支部，三月填 {entries} 条记录（支部党员大会、支委会、主题党日、党课各一条，党小组会两条），"
    "五个活动三月到期、由这些活动计数的 {tasks} 项任务全部完成，另有 {later} 项全年任务同时计入；"
    "逐项任务分别填报至少要填 {asked} 次，少填 {saved} 次。"
)


@dataclass
class World:
    """One branch with its committee, its groups and people, under the five campaigns of 2026."""

    branch: Organization
    groups: list[Organization]
    people: list[Member]
    client: Client

    def enter(
        self, kind: str, day: int, *, people: list[Member] | None = None, parts: tuple[str, ...] = (), **fields: object
    ) -> None:
        """What a secretary types and sends, once; everybody was there unless ``people`` says who."""
        ids = [str(member.pk) for member in people or self.people]
        typed = {
            "kind": kind, "held_on": f"2026-03-{day:02d}", "hours": "2", "title": f"3 月{kind}", "place": "会议室",
            "attendance": ids, "shown": ",".join(ids), "minutes": f"{MINUTES}（{kind}{day}）", "parts": parts,
            "client_key": str(uuid4()), "action": "file",
        }  # fmt: skip
        answer = self.client.post(NEW, typed | fields)
        assert answer.status_code == 302, answer.content.decode()


@pytest.fixture
def world(client, move_clock) -> World:
    move_clock("2026-03-02T09:00:00+08:00")
    root = OrganizationFactory()
    branch = BranchFactory(parent=CommitteeFactory(parent=root))
    people = make_roster(branch, 8)
    for member, kind in zip(people, (OfficeKind.SECRETARY, *[OfficeKind.COMMITTEE_MEMBER] * 2), strict=False):
        OfficeFactory(member=member, organization=branch, kind=kind)
    groups = [GroupFactory(parent=branch), GroupFactory(parent=branch)]
    for group, members in zip(groups, (people[:4], people[4:]), strict=True):
        Membership.objects.filter(member__in=members).update(group=group)
    by = Actor.system()
    for plan in load_catalogue_plans():
        made = create_campaign(by=by, plan=plan, issuer=root, year=2026)
        publish_campaign(by=by, campaign=made, on=date(2026, 1, 1))
    call_command("run_cycle", "monthly", "2026-03", verbosity=0)
    client.force_login(post_of("secretary", branch), backend="django.contrib.auth.backends.ModelBackend")
    move_clock("2026-03-30T09:00:00+08:00")
    return World(branch, groups, people, client)


def enter_the_month(world: World) -> None:
    lecturer = str(world.people[0].pk)
    papers = [SimpleUploadedFile(f"{name}.txt", name.encode(), "text/plain")
              for name in ("研讨计划", "研讨记录", "交流发言材料")]  # fmt: skip
    world.enter("member_assembly", 4, parts=("points", "dues_day"))
    world.enter("branch_committee", 6, people=world.people[:3])
    for group, day, people in zip(world.groups, (9, 10), (world.people[:4], world.people[4:]), strict=True):
        world.enter("group_meeting", day, people=people, group=str(group.pk))
    world.enter("theme_day", 12, parts=("fixed_day", "study", "seminar", "oath", "birthday"), uploads=papers)
    world.enter("party_lecture", 19, host=lecturer)


def fed(world: World) -> list[Assignment]:
    """The branch's assignments that a record of the month is considered for."""
    records = list(Activity.objects.filter(organization=world.branch).values_list("kind", "parts"))
    rows = Assignment.objects.filter(organization=world.branch).exclude(state="exempt").order_by("pk")
    return [row for row in rows if any(metrics.get(row.metric).is_fed_by(kind, parts) for kind, parts in records)]


def test_x02_a_month_entered_once_satisfies_all_five_campaigns(world):
    enter_the_month(world)

    entries = Activity.objects.filter(organization=world.branch, status="filed").count()
    due_now = [row for row in fed(world) if row.due_month == "2026-03"]
    assert {row.campaign_id for row in due_now} == set(Campaign.objects.values_list("pk", flat=True))
    assert len({row.campaign_id for row in due_now}) == 5
    assert [(row.metric, row.done) for row in due_now if row.completed_at is None] == []
    assert all(row.state in ("done", "pending") for row in due_now)

    later = [row for row in fed(world) if row.due_month > "2026-03"]
    assert all(Credit.objects.filter(assignment=row, counted=True).exists() for row in later)
    asked = int(sum(row.needed for row in due_now))
    told = SENTENCE.format(entries=entries, tasks=len(due_now), later=len(later), asked=asked, saved=asked - entries)
    assert told in MANUAL.read_text(encoding="utf-8"), told


def test_x02_a_fact_that_was_not_entered_leaves_its_tasks_open(world):
    """Negative control: without the committee's meeting five tasks of five campaigns stay open, and no other."""
    enter_the_month(world)
    world.client.post(f"/campaigns/activities/{Activity.objects.get(kind='branch_committee').pk}/withdraw/")

    open_now = [row for row in fed(world) if row.due_month == "2026-03" and row.completed_at is None]

    assert [row.metric for row in open_now] == ["activity.branch_committee"] * 5
    assert len({row.campaign_id for row in open_now}) == 5
