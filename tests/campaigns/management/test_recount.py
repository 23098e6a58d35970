"""The kept counters against plain SQL: it agrees with every way of measuring, and finds and mends what was changed."""

import json
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.actions import fact_credits, tallies
from campaigns.actions.crediting import credit_activity, credit_answer, credit_existing
from campaigns.actions.recounts import in_turn, watch_counters
from campaigns.models import Activity, Assignment, Credit, Tally
from campaigns.queries.recount import differences
from members.enums import OfficeKind
from members.models import Membership
from office.models import Notice
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory, CommitteeFactory, GroupFactory, make_user_with_post
from tests.factories.campaigns import (
    AnswerFactory,
    AttachmentFactory,
    AttendanceFactory,
    FiledActivityFactory,
    due,
)
from tests.factories.members import OfficeFactory, make_roster
from tests.factories.members_rooms import YearFactsFactory

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
YEAR = {"period": "2026", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
QUARTER = {"period": "2026Q1", "starts_on": date(2026, 1, 1)}


@pytest.fixture(autouse=True)
def _after_march(move_clock):
    move_clock("2026-04-20T09:00:00+08:00")


def at(day: int, month: int = 3) -> datetime:
    return datetime(2026, month, day, 17, tzinfo=ZONE)


class World:
    """Every way of measuring at least once, complete and not complete, on time and late."""

    def __init__(self) -> None:
        self.committee = CommitteeFactory()
        self.branch, self.other = BranchFactory(parent=self.committee), BranchFactory(parent=self.committee)
        self.people = make_roster(self.branch, 4)
        OfficeFactory(member=self.people[0], organization=self.branch, kind=OfficeKind.SECRETARY)
        self.once = due(self.branch, "activity.theme_day")
        self.twice = due(self.branch, "activity.any", needed=Decimal(6))
        self.empty = due(self.other, "activity.theme_day")
        self.exempt = due(self.other, "activity.any", state="exempt", exempt_reason="成立时本周期已过半")
        self.assembly = due(self.branch, "activity.member_assembly")
        self.committee_day = due(self.branch, "activity.branch_committee")
        self.seminar = due(self.branch, "study.seminar")
        self.lecture = due(self.branch, "integrity.lecture")
        self.life = due(self.branch, "life.organization")
        self.groups = due(self.branch, "activity.group_meeting", needed=Decimal(2))
        self.share = due(self.committee, "meeting.first_topic", needed=Decimal("0.6"), **QUARTER)
        self.hours = due(self.branch, "study.hours", subject="member", needed=Decimal(6), **QUARTER)
        self.value = due(self.committee, "ratio.dedicated_staff", needed=Decimal("0.02"), **YEAR)
        self.talks = due(self.branch, "talk.must", subject="member")
        self.by_hand = due(self.branch, "manual", needed=Decimal(1))
        self._hold_meetings()
        self._tell()
        credit_existing([self.talks.pk, self.empty.pk], [self.branch.pk, self.other.pk])
        places = Assignment.objects.values_list("organization", "due_month", "campaign")
        tallies.recount(*({place[column] for place in places} for column in range(3)))

    def held(self, kind: str, *, organization=None, present=4, counts_from=None, slots=(), **fields) -> Activity:
        activity = FiledActivityFactory(
            organization=organization or self.branch, kind=kind, counts_from=counts_from or at(12), **fields
        )
        for place, member in enumerate(self.people):
            if activity.organization_id == self.branch.pk:
                AttendanceFactory(activity=activity, member=member, is_present=place < present, in_committee=place < 3)
        for slot in slots:
            AttachmentFactory(activity=activity, slot=slot)
        credit_activity(activity)
        return activity

    def _hold_meetings(self) -> None:
        self.theme_day = self.held("theme_day", parts=["study"], counts_from=at(9, 4))
        self.held("theme_day", parts=["study"], counts_from=at(10, 4), status="approved")
        self.held("member_assembly", present=2)
        self.held("branch_committee", present=1)
        self.held("organization_life", parts=["halted"])
        self.held("seminar", slots=["plan", "record", "papers"])
        self.held("seminar", slots=["plan"], hours=Decimal(3), present=3)
        self.held("integrity_lecture", host=self.people[0], counts_from=at(13, 4))
        for group in (GroupFactory(parent=self.branch), GroupFactory(parent=self.branch)):
            self.held("group_meeting", group=group)
        for day, parts in ((3, ["first_topic"]), (10, []), (17, ["first_topic"]), (24, ["first_topic"])):
            self.held("committee_meeting", organization=self.committee, parts=parts, counts_from=at(day),
                      held_on=date(2026, 3, day))  # fmt: skip
        newcomer = make_roster(self.branch, 1)[0]
        Membership.objects.filter(member=newcomer).update(starts_on=date(2026, 2, 1))

    def _tell(self) -> None:
        YearFactsFactory(organization=self.committee, year=2026, staff=100, dedicated_staff=3)
        fact_credits.refresh(["ratio.dedicated_staff"], [self.committee.pk], on=date(2026, 3, 20))
        credit_answer(AnswerFactory(assignment=self.by_hand, status="filed", filed_at=at(20), counts_from=at(20)))


@pytest.fixture
def world():
    made = World()
    # The newcomer is there since February: counted when the next record is.
    credit_activity(made.theme_day)
    return made


def recount(*options: str) -> tuple[dict[str, object], int]:
    """What the command tells as JSON, and its exit status."""
    out, code = StringIO(), 0
    try:
        call_command("recount", "--json", *options, stdout=out, stderr=StringIO())
    except CommandError as error:
        code = error.returncode
    return json.loads(out.getvalue()), code


def test_x06_the_recount_agrees_with_every_way_of_measuring(world):
    told, code = recount()

    assert (code, told["found"], told["differences"]) == (0, 0, [])
    assert told["checked"] == Assignment.objects.count() + Tally.objects.count()


def test_x06_the_world_of_the_test_has_all_of_it(world):
    """What the recount agrees with is not nothing: complete and not, every state of a tally, refused records."""
    rows = {row.metric: row for row in Assignment.objects.exclude(organization=world.other)}
    states = {metric: row.state for metric, row in rows.items()}

    assert states["activity.theme_day"] == states["activity.group_meeting"] == states["meeting.first_topic"] == "done"
    assert states["study.seminar"] == states["manual"] == states["ratio.dedicated_staff"] == "done"
    assert states["activity.member_assembly"] == states["life.organization"] == "open"
    assert (states["activity.branch_committee"], states["talk.must"]) == ("open", "exempt")
    assert (rows["meeting.first_topic"].done, rows["study.hours"].done) == (Decimal("0.75"), 4)
    assert rows["study.hours"].members_expected == 5
    totals = {name: sum(Tally.objects.values_list(name, flat=True)) for name in ("on_time", "late", "exempt", "open")}
    assert min(totals.values()) > 0
    assert Credit.objects.filter(counted=False).count() >= 4


def _row(world):
    return Assignment.objects.filter(pk=world.once.pk)


def _tamper_record(world):
    Activity.objects.filter(pk=world.theme_day.pk).update(counts_from=at(11))


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        pytest.param(lambda w: _row(w).update(done=7), {"完成数"}, id="amount"),
        pytest.param(lambda w: _row(w).update(state="progress"), {"状态"}, id="state"),
        pytest.param(lambda w: _row(w).update(completed_at=at(11)), {"完成时间", "按时", "迟报"}, id="moment"),
        pytest.param(
            lambda w: Assignment.objects.filter(pk=w.hours.pk).update(members_expected=4), {"应完成人数"}, id="people"
        ),
        pytest.param(
            lambda w: Assignment.objects.filter(pk=w.share.pk).update(done=Decimal("0.5")), {"完成数"}, id="share"
        ),
        pytest.param(
            lambda w: Tally.objects.filter(organization=w.other, open=1).update(on_time=1, open=0),
            {"按时", "未结"},
            id="count",
        ),
        pytest.param(_tamper_record, {"完成时间", "按时", "迟报"}, id="record behind the portal's back"),
    ],
)
def test_x06_one_changed_row_is_found_and_mended(world, tamper, words):
    tamper(world)

    told, code = recount()
    assert code == 1
    assert {each["what"] for each in told["differences"]} & words

    told, code = recount("--fix")
    assert (code, told["fixed"]) == (0, told["found"])
    assert recount()[0]["found"] == 0
    assert AuditEntry.objects.filter(verb="重新计数").exists()


def test_x06_a_credit_that_is_gone_is_missed_and_comes_back(world):
    """The recount goes by the records: without the credit the portal counts less, and the recount says so."""
    Credit.objects.filter(assignment=world.once).delete()
    _row(world).update(done=0, state="open", completed_at=None)

    assert "完成数" in {each.what for each in differences("2026-03")}
    recount("--fix")

    world.once.refresh_from_db()
    assert (world.once.state, world.once.done) == ("done", 2)
    assert Credit.objects.filter(assignment=world.once, counted=True).count() == 2


def test_x06_what_was_fixed_at_closing_is_not_mended(world):
    _row(world).update(closed_at=at(14, 4), outcome="missing", closed_done=0, done=9)

    recount("--fix")

    world.once.refresh_from_db()
    assert (world.once.done, world.once.outcome, world.once.closed_done) == (2, "missing", 0)


def test_x06_the_command_tells_a_person_what_differs(world):
    _row(world).update(done=7)
    out = StringIO()

    with pytest.raises(CommandError, match="有 1 处与重新计数的结果不一致"):
        call_command("recount", stdout=out, stderr=StringIO())

    assert f"任务 {world.once.pk}：完成数记为 7.00，重新计数为 2。" in out.getvalue()


def test_x06_the_latest_months_are_counted_every_night_and_the_others_take_turns(world):
    keys = ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]
    nights = [in_turn(keys, date(2026, 4, day)) for day in (20, 21, 22)]

    assert {night[:2] == ["2026-03", "2026-02"] for night in nights} == {True}
    assert {night[2] for night in nights} == {"2025-11", "2025-12", "2026-01"}
    assert {tuple(sorted(night)) for night in nights} == {tuple(keys)}
    assert (in_turn(["2026-03"], date(2026, 4, 20)), in_turn([], date(2026, 4, 20))) == (["2026-03"], [])
    one, two = (watch_counters(by=SYSTEM, on=date(2026, 4, 20), most=most)["counters_checked"] for most in (1, 10_000))
    assert 0 < one <= two


def test_x06_the_daily_run_tells_the_system_administrators_and_mends_nothing(world):
    """Told once a day, and only where something differs."""
    administrator = make_user_with_post("sysadmin", world.committee.parent)
    day = date(2026, 4, 20)
    assert watch_counters(by=SYSTEM, on=day)["counters_drifted"] == 0
    assert not Notice.objects.exists()
    _row(world).update(done=7)

    found = [watch_counters(by=SYSTEM, on=day) for _ in range(2)]

    assert [each["counters_drifted"] for each in found] == [1, 1]
    assert found[0]["counters_checked"] > 1
    notice = Notice.objects.get()
    assert (notice.user, f"任务 {world.once.pk}：完成数记为 7.00，重新计数为 2" in notice.text) == (administrator, True)
    assert _row(world).get().done == 7
