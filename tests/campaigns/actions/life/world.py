"""The portal and the plain model side by side: every step goes through the portal's actions and into the model."""

from datetime import date, datetime
from decimal import Decimal
from random import Random
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions import activities, closing, dispatch, reviews
from campaigns.actions.amendments import amend_target
from campaigns.actions.extensions import exempt, extend, lift_exemption
from campaigns.models import Activity, Assignment, Tally, Target
from campaigns.rules.amendments import TargetChange
from campaigns.rules.content import ActivityDraft, AttendanceLine
from desk.actions import memberships, organizations
from members.models import Member, Membership
from office.actions import runs
from partybuild.lib import clock, periods
from partybuild.lib.clock import ZONE
from tests.campaigns.actions.life.model import FIRST, GRACE, HOURS, MEETINGS, RESUBMIT, Model, Record
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, actor, make_user_with_post
from tests.factories.campaigns import CampaignFactory, TargetFactory, TaskFactory
from tests.factories.members import MemberFactory, MembershipFactory

SYSTEM = Actor.system()
METRICS = {MEETINGS: "activity.theme_day", HOURS: "study.hours"}
BRANCHES = {"一": "甲", "二": "甲", "三": "乙"}


def _minutes(number: int) -> str:
    """Long enough, and like no other."""
    words = Random(number).choices("学习讨论支部党员群众服务企业工作计划措施安排落实情况通报意见建议整改责任", k=120)
    return "".join(words)


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


class World:
    """Two committees, three branches of two members, two targets of March 2026, dispatched."""

    def __init__(self, *, grace_workdays: int = GRACE, resubmit_workdays: int = RESUBMIT, **wrong: bool) -> None:
        clock.move_to(at(3, 2))
        self.root = OrganizationFactory(name="工委")
        self.units = {name: CommitteeFactory(parent=self.root, name=name) for name in ("甲", "乙")}
        self.branches = {name: BranchFactory(parent=self.units[unit], name=name) for name, unit in BRANCHES.items()}
        self.people: dict[str, Member] = {}
        roster = {}
        for branch in BRANCHES:
            for number in "12":
                person = f"{branch}{number}"
                self.people[person] = MemberFactory(name=person)
                MembershipFactory(member=self.people[person], organization=self.branches[branch])
                roster[person] = branch
        self.reviewer = actor(make_user_with_post("staff", self.root))
        campaign = CampaignFactory(issuer=self.root, review_policy="flagged")
        self.target = TargetFactory(task=TaskFactory(campaign=campaign), at_least=Decimal(2))
        TargetFactory(task=self.target.task, metric="study.hours", subject="member", at_least=Decimal(3), unit="学时",
                      title="学时", position=2)  # fmt: skip
        self._run(dispatch.request_dispatch(by=SYSTEM, month=periods.parse("2026-03")), dispatch.run_dispatch)
        self.model = Model(dict(BRANCHES), roster, clock.now(), grace_workdays, resubmit_workdays, **wrong)
        self.activities: list[Activity] = []

    def _run(self, run, do) -> None:
        claimed = runs.claim(run.pk, 60)
        assert claimed is not None
        do(claimed)

    def go_to(self, moment: datetime) -> None:
        """The clock moves; nothing else happens."""
        clock.move_to(moment)
        self.model.now = moment

    # Records ----------------------------------------------------------------------------------------------------------

    def file(self, branch: str, *, hours: int = 3, people: set[str] | None = None, held_on: date | None = None) -> int:
        """A new record, filed; its number. Without ``people`` everybody who is on the roster was there."""
        here = {person for person, member in self.people.items() if self._is_at(member, branch)}
        people = here if people is None else people
        day = held_on or min(clock.today(), date(2026, 3, 20))
        number = len(self.activities)
        lines = tuple(AttendanceLine(self.people[person].pk, can_vote=True) for person in sorted(people))
        draft = ActivityDraft(
            kind="theme_day", held_on=day, title=f"主题党日{number}", hours=Decimal(hours), parts=("study",),
            minutes=_minutes(number), attendance=lines,
        )  # fmt: skip
        made = activities.save_and_file(by=SYSTEM, organization=self.branches[branch], client_key=uuid4(), draft=draft)
        self.activities.append(made)
        record = Record(branch, day, frozenset(people), hours)
        self.model.records.append(record)
        record.file(self.model.now, waits=self._waits(number))
        self.model.count()
        return number

    def refile(self, number: int) -> None:
        activities.file_activity(by=SYSTEM, activity=self.activities[number])
        self.model.records[number].file(self.model.now, waits=self._waits(number))
        self.model.count()

    def withdraw(self, number: int) -> None:
        activities.withdraw_activity(by=SYSTEM, activity=self.activities[number])
        self.model.records[number].withdraw()
        self.model.count()

    def give_back(self, number: int) -> None:
        record = Activity.objects.get(pk=self.activities[number].pk)
        reviews.return_for_rework(by=self.reviewer, record=record, version=record.version, remark="请补充讨论情况。")
        self.model.records[number].give_back(self.model.now, self.model.resubmit_workdays)
        self.model.count()

    def approve(self, number: int) -> None:
        record = Activity.objects.get(pk=self.activities[number].pk)
        reviews.approve(by=self.reviewer, record=record, version=record.version)
        self.model.records[number].approve()
        self.model.count()

    def _waits(self, number: int) -> bool:
        """Whether the portal chose the record for review: not what these rules are about."""
        return Activity.objects.get(pk=self.activities[number].pk).needs_review

    # Deadlines --------------------------------------------------------------------------------------------------------

    def close(self) -> None:
        self._run(closing.request_closing(by=SYSTEM, month=periods.parse("2026-03")), closing.run_closing)
        self.model.close("2026-03")

    def extend(self, branch: str, day: date) -> bool:
        changed = extend(by=SYSTEM, assignment_ids=[self.row(MEETINGS, branch).pk], due_on=day, reason="防汛值守")
        assert self.model.extend(branch, day) == bool(changed.count)
        return bool(changed.count)

    def exempt(self, branch: str, kind: str = MEETINGS) -> bool:
        changed = exempt(by=self.reviewer, assignment_ids=[self.row(kind, branch).pk], reason="支部改选")
        assert self.model.exempt(kind, branch) == bool(changed.count)
        return bool(changed.count)

    def lift(self, branch: str, kind: str = MEETINGS) -> bool:
        changed = lift_exemption(by=self.reviewer, assignment_ids=[self.row(kind, branch).pk])
        assert self.model.lift(kind, branch) == bool(changed.count)
        return bool(changed.count)

    def amend(self, needed: int, *, on: date = FIRST) -> None:
        """Another number of meetings; from the running period on, or from a later one, which leaves this one alone."""
        target = Target.objects.get(lineage=self.target.lineage, ended_on=None)
        change = TargetChange("主题党日", Decimal(needed), None, "", None, ("branch",), target.audience_group)
        amend_target(by=SYSTEM, target=target, change=change, on=on, reason="按上级要求调整")
        if on == FIRST:
            self.model.amend(needed)

    # Organisations and people -----------------------------------------------------------------------------------------

    def _deed(self) -> dict[str, object]:
        return {"by": SYSTEM, "effective_on": clock.today(), "reason": "机构调整"}

    def _of(self, branch: str) -> Organization:
        return Organization.objects.get(pk=self.branches[branch].pk)

    def move(self, branch: str, unit: str) -> None:
        organizations.move(organization=self._of(branch), parent=self.units[unit], **self._deed())
        self.model.move(branch, unit)

    def merge(self, branch: str, successor: str) -> None:
        organizations.merge(organization=self._of(branch), successor=self._of(successor), **self._deed())
        self.model.merge(branch, successor)

    def split(self, branch: str, made: str, people: list[str]) -> None:
        change = organizations.split(
            organization=self._of(branch), fields={"name": made},
            members=[self.people[person].pk for person in people], **self._deed(),
        )  # fmt: skip
        self.branches[made] = Organization.objects.get(pk=change.other_id)
        self.model.split(branch, made, people)

    def dissolve(self, branch: str) -> None:
        organizations.dissolve(organization=self._of(branch), **self._deed())
        self.model.dissolve(branch)

    def move_person(self, person: str, branch: str) -> None:
        memberships.move_member(
            by=SYSTEM, member=self.people[person], to=self._of(branch), on=clock.today(), reason="工作调动"
        )
        self.model.move_person(person, branch)

    def _is_at(self, member: Member, branch: str) -> bool:
        return Membership.objects.filter(member=member, organization=self.branches[branch], ends_on=None).exists()

    # Comparison -------------------------------------------------------------------------------------------------------

    def row(self, kind: str, branch: str) -> Assignment:
        return Assignment.objects.get(metric=METRICS[kind], organization=self.branches[branch], period="2026-03")

    def try_step(self, name: str, *given: object) -> bool:
        """One step, unless the portal refuses it with a sentence: then nothing may have changed."""
        try:
            with transaction.atomic():
                getattr(self, name)(*given)
        except ValidationError:
            return False
        return True

    def check(self) -> None:
        """Every row and every count as the model has it."""
        for (kind, branch), expected in self.model.rows.items():
            row = self.row(kind, branch)
            where = f"{kind} of {branch} on {clock.now():%m-%d}"
            assert row.state == expected.state, where
            assert (row.outcome, row.closed_done) == (expected.outcome, expected.closed_done), where
            assert row.unit_id == self.units[expected.unit].pk, where
            assert (row.due_on, row.due_month) == (expected.due_on, expected.month), where
            if not expected.exempt:
                assert (row.done, row.completed_at) == (expected.done, expected.completed_at), where
        assert Assignment.objects.filter(period="2026-03").count() == len(self.model.rows)
        for branch in BRANCHES:
            for month in ("2026-03", "2026-04"):
                self._check_tally(branch, month)

    def _check_tally(self, branch: str, month: str) -> None:
        expected = self.model.tally(branch, month)
        kept = Tally.objects.filter(organization=self.branches[branch], due_month=month).first()
        told = {name: getattr(kept, name, 0) for name in expected}
        assert told == expected, f"counts of {branch} in {month}"
