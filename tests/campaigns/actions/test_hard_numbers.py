"""The hard numbers of the plans that records measure: the record is filed, it counts, the task is done."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.actions.activities import file_activity
from campaigns.actions.reviews import approve
from campaigns.enums import ActivityPart as Part
from campaigns.enums import AssignmentState
from campaigns.models import Credit
from members.enums import OfficeKind
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, actor, make_user_with_post
from tests.factories.campaigns import ActivityFactory, AttachmentFactory, AttendanceFactory, due
from tests.factories.members import OfficeFactory, make_roster

pytestmark = pytest.mark.django_db
YEAR = {"period": "2026", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-20T09:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory(parent=OrganizationFactory()))


@pytest.fixture
def people(branch):
    return make_roster(branch, 3)


def file(organization, kind, people=(), *, absent=(), in_committee=False, slots=(), **fields):
    """Write a record and file it, as the secretary or the staff of its organisation does."""
    role = "secretary" if organization.kind == "branch" else "staff"
    given = {"title": "活动", "minutes": "记录", "hours": Decimal(2), "place": "会议室"} | fields
    activity = ActivityFactory(organization=organization, kind=kind, **given)
    for person in (*people, *absent):
        is_present = person not in absent
        AttendanceFactory(activity=activity, member=person, is_present=is_present, in_committee=in_committee)
    for slot in slots:
        AttachmentFactory(activity=activity, slot=slot)
    return confirmed(file_activity(by=actor(make_user_with_post(role, organization)), activity=activity))


def confirmed(activity):
    """As its reviewer leaves it, where one is asked for."""
    if activity.needs_review:
        reviewer = actor(make_user_with_post("staff", activity.review_unit))
        return approve(by=reviewer, record=activity, version=activity.version)
    return activity


def check(row, done=1):
    row.refresh_from_db()
    assert (row.done, row.state) == (done, AssignmentState.DONE)


def at(branch, place):
    return {"branch": branch, "committee": branch.parent, "root": branch.parent.parent}[place]


@pytest.mark.parametrize(
    ("metric", "place", "kind", "parts"),
    [
        pytest.param("committee.party_work", "committee", "party_work", [], id="n12-work"),
        pytest.param("committee.hears_reports", "committee", "committee_meeting", [Part.REPORT_HEARING], id="n12-hear"),
        pytest.param("supervision.inspection", "committee", "special_inspection", [], id="n21-inspection"),
        pytest.param("supervision.tour", "committee", "tour", [], id="n21-tour"),
        pytest.param("supervision.debriefing", "committee", "debriefing", [], id="n21-debriefing"),
        pytest.param("talk.heart", "branch", "heart_talk", [], id="n22-talk"),
        pytest.param("life.birthday", "branch", "theme_day", [Part.BIRTHDAY], id="n22-birthday"),
        pytest.param("life.oath", "branch", "theme_day", [Part.OATH], id="n22-oath"),
        pytest.param("life.spirit_analysis", "branch", "theme_day", [Part.SPIRIT_ANALYSIS], id="n22-analysis"),
        pytest.param("life.committee_day", "committee", "committee_meeting", [Part.COMMITTEE_DAY], id="n22-committee"),
        pytest.param("life.branch_day", "branch", "theme_day", [Part.BRANCH_DAY], id="n22-branch-day"),
        pytest.param("life.dues_day", "branch", "theme_day", [Part.DUES_DAY], id="n22-dues-day"),
        pytest.param("education.red", "branch", "red_education", [], id="n22-red"),
        pytest.param("discipline.drive", "committee", "discipline_drive", [], id="n23-drive"),
        pytest.param("discipline.check", "committee", "discipline_check", [], id="n23-check"),
        pytest.param("discipline.field_check", "committee", "field_check", [], id="n23-field"),
        pytest.param("study.central_group", "committee", "central_group", [], id="n26-group"),
        pytest.param("study.ideology", "committee", "central_group", [Part.IDEOLOGY], id="n26-ideology"),
        pytest.param("study.discipline_rules", "committee", "central_group", [Part.DISCIPLINE_RULES], id="n26-rules"),
        pytest.param("education.warning", "branch", "warning_education", [], id="n28-warning"),
        pytest.param("lecture.policy", "branch", "policy_lecture", [], id="n30-policy"),
        pytest.param("reading.activity", "branch", "reading", [], id="n31-reading"),
        pytest.param("reading.club", "branch", "reading", [Part.READING_CLUB], id="n31-club"),
        pytest.param("books.purchase", "branch", "reading", [Part.BOOK_PURCHASE], id="n31-books"),
        pytest.param("youth.models", "branch", "other", [Part.YOUTH_MODELS], id="n31-models"),
        pytest.param("committee.hears_reports", "committee", "report_hearing", [], id="n33-hears"),
        pytest.param(
            "report.standing_committee", "root", "report_hearing", [Part.STANDING_COMMITTEE], id="n34-standing"
        ),
        pytest.param("training.sessions", "committee", "training", [], id="n17-sessions"),
    ],
)
def test_n12_to_n34_a_record_of_the_kind_or_content_counts(branch, people, metric, place, kind, parts):
    organization = at(branch, place)
    row = due(organization, metric, **YEAR)
    file(organization, kind, people, parts=parts, host=people[0])
    check(row)


def test_n26_a_session_without_the_set_topic_leaves_it_missing(branch, people):
    held = due(branch.parent, "study.central_group", **YEAR)
    topic = due(branch.parent, "study.ideology", **YEAR)
    file(branch.parent, "central_group", people)
    check(held)
    topic.refresh_from_db()
    assert (topic.done, topic.state) == (0, AssignmentState.OPEN)


def test_n11_the_share_of_meetings_with_a_first_topic(branch, people):
    row = due(branch.parent, "meeting.first_topic", **YEAR)
    file(branch.parent, "committee_meeting", people, parts=[Part.FIRST_TOPIC])
    check(row)
    file(branch.parent, "committee_meeting", people)
    row.refresh_from_db()
    assert (row.done, row.state) == (Decimal("0.50"), AssignmentState.PROGRESS)


def test_n24_points_are_read_out_at_an_assembly(branch, people):
    row = due(branch, "points.announced", period="2026Q1", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31))
    file(branch, "theme_day", people, parts=[Part.POINTS])
    row.refresh_from_db()
    assert row.done == 0
    activity = ActivityFactory(organization=branch, kind="member_assembly", parts=[Part.POINTS], minutes="通报积分")
    for person in people:
        AttendanceFactory(activity=activity, member=person, can_vote=True)
    confirmed(file_activity(by=actor(make_user_with_post("secretary", branch)), activity=activity))
    check(row)


MONTH = {"period": "2026-03", "starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 31)}
QUARTER = {"period": "2026Q1", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 3, 31)}


def refused(row, reason):
    row.refresh_from_db()
    assert (row.done, Credit.objects.get(assignment=row).reason) == (0, reason)


def test_n01_an_assembly_needs_more_than_half_of_those_who_vote(branch, people):
    row = due(branch, "activity.member_assembly", **QUARTER)
    file(branch, "member_assembly", people[:1], absent=people[1:])
    refused(row, "有表决权的党员应到 3 人，实到 1 人，未超过半数。")
    file(branch, "member_assembly", people[:2], absent=people[2:])
    check(row)


def test_n01_a_committee_needs_half_of_its_seats(branch, people):
    row = due(branch, "activity.branch_committee", **MONTH)
    file(branch, "branch_committee", people[:1], absent=people[1:], in_committee=True)
    refused(row, "支部委员 3 人，到会 1 人，不足半数。")
    file(branch, "branch_committee", people[:2], absent=people[2:], in_committee=True)
    check(row)


def test_n01_every_group_meets_in_the_month(branch, people):
    groups = [OrganizationFactory(parent=branch, kind="group") for _ in range(2)]
    row = due(branch, "activity.group_meeting", needed=2, **MONTH)
    file(branch, "group_meeting", people, group=groups[0])
    file(branch, "group_meeting", people, group=groups[0])
    row.refresh_from_db()
    assert (row.done, row.state) == (1, AssignmentState.PROGRESS)
    file(branch, "group_meeting", people, group=groups[1])
    check(row, done=2)


def test_n01_a_lecture_on_integrity_is_a_lecture(branch, people):
    row = due(branch, "activity.party_lecture", **QUARTER)
    file(branch, "integrity_lecture", people, host=people[0])
    check(row)


def test_n02_a_theme_day_is_the_fixed_day_when_its_record_says_so(branch, people):
    row = due(branch, "activity.fixed_day", **MONTH)
    file(branch, "study", people)
    row.refresh_from_db()
    assert row.done == 0
    file(branch, "theme_day", people, parts=[Part.FIXED_DAY])
    check(row)


def test_n03_a_theme_day_is_an_activity_of_the_month_and_the_theme_day_of_the_year(branch, people):
    monthly, yearly = due(branch, "activity.any", **MONTH), due(branch, "activity.theme_day", **YEAR)
    file(branch, "theme_day", people)
    check(monthly)
    check(yearly)


def test_n03_an_assembly_of_the_year_gives_all_three_reports(branch, people):
    committee = branch.parent
    row = due(committee, "activity.congress", **YEAR)
    file(committee, "congress", people, parts=[Part.LIFE_REPORT, Part.DOUBLE_LIFE_REPORT])
    refused(row, f"还差：{Part.DUES_REPORT.label}。")
    file(committee, "congress", people, parts=[Part.LIFE_REPORT, Part.DOUBLE_LIFE_REPORT, Part.DUES_REPORT])
    check(row)


def test_n04_studies_of_the_central_group_and_of_all_are_summed(branch, people):
    row = due(branch.parent, "study.sessions", needed=3, **YEAR)
    for kind in ("study", "central_group"):
        file(branch.parent, kind, people)
    row.refresh_from_db()
    assert (row.done, row.state) == (2, AssignmentState.PROGRESS)
    file(branch.parent, "study", people)
    check(row, done=3)


def test_n05_a_seminar_lacks_what_is_not_attached(branch, people):
    row = due(branch, "study.seminar", period="2026Q1", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31))
    file(branch, "seminar", people, slots=["plan", "record"])
    row.refresh_from_db()
    assert (row.done, Credit.objects.get(assignment=row).reason) == (0, "还差：交流发言材料。上传后即可计入。")
    file(branch, "seminar", people, slots=["plan", "record", "papers"])
    check(row)


def test_n08_the_secretary_himself_lectures(branch, people):
    row = due(branch.parent, "integrity.lecture", **YEAR)
    OfficeFactory(member=people[0], organization=branch.parent, kind=OfficeKind.SECRETARY)
    file(branch.parent, "integrity_lecture", people, host=people[1])
    row.refresh_from_db()
    assert (row.done, Credit.objects.get(assignment=row).reason) == (0, "主讲人不是本组织现任书记。")
    file(branch.parent, "integrity_lecture", people, host=people[0])
    check(row)


def test_n30_a_leader_lectures_in_his_branch(branch, people):
    row = due(branch, "lecture.leader", **YEAR)
    OfficeFactory(member=people[0], organization=branch, kind=OfficeKind.LEADER)
    file(branch, "party_lecture", people, host=people[0])
    check(row)
