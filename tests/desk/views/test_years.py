"""The year of a member and of a branch, drawn from records (O08)."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from branches.enums import Role
from branches.models import AuditEntry
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns import AttendanceFactory, FiledActivityFactory
from tests.factories.members import MembershipFactory, OfficeFactory, make_roster

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november(move_clock):
    move_clock("2026-11-05T09:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory(), name="第一支部")


@pytest.fixture
def member(branch):
    return MembershipFactory(organization=branch, member__name="周敏").member


@pytest.fixture
def records(branch, member):
    others = make_roster(branch, 2)
    for day, title, is_present in ((date(2026, 3, 5), "学习条例", True), (date(2026, 6, 9), "主题党日", False)):
        record = FiledActivityFactory(organization=branch, kind="study", held_on=day, title=title, hours=Decimal(2))
        AttendanceFactory(activity=record, member=member, is_present=is_present)
        for other in others:
            AttendanceFactory(activity=record, member=other)
    before = FiledActivityFactory(organization=branch, kind="study", held_on=date(2025, 12, 31), title="去年的学习")
    AttendanceFactory(activity=before, member=member)


def sections(page):
    return {section.title: section for section in page.context["shown"].sections}


def test_o08_a_members_year_is_drawn_from_the_records(client, branch, member, records):
    OfficeFactory(member=member, organization=branch, starts_on=date(2026, 2, 1))
    client.force_login(make_user_with_post(Role.SECRETARY, branch))

    page = client.get(reverse("desk:member_year", args=[member.pk, 2026]))

    found = sections(page)
    assert [row[2] for row in found["组织生活和学习"].rows] == ["学习条例", "主题党日"]
    assert "应参加2次，实际参加1次，参加率1/2（50.0 %）；集中学习2.0学时" in found["组织生活和学习"].lead
    assert found["党内职务"].rows == [["书记", "第一支部", "2026年2月1日", "现任"]]
    assert "去年的学习" not in page.text


def test_o08_a_member_sees_his_own_year_and_nobody_elses(client, branch, member, records):
    user = make_user_with_post(Role.MEMBER, branch)
    member.user = user
    member.save(update_fields=["user"])
    other = MembershipFactory(organization=branch).member
    client.force_login(user)

    assert client.get(reverse("desk:own_year")).url == reverse("desk:member_year", args=[member.pk, 2026])
    assert "党费" in sections(client.get(reverse("desk:member_year", args=[member.pk, 2026])))
    assert client.get(reverse("desk:member_year", args=[other.pk, 2026])).status_code == 404


def test_o08_dues_are_for_those_who_keep_them(client, branch, member):
    client.force_login(make_user_with_post(Role.LEADER, branch.parent))
    assert "党费" not in sections(client.get(reverse("desk:member_year", args=[member.pk, 2026])))
    assert "党费" not in sections(client.get(reverse("desk:branch_year", args=[branch.pk, 2026])))


def test_o08_a_branchs_year(client, branch, member, records):
    client.force_login(make_user_with_post(Role.STAFF, branch.parent))

    page = client.get(reverse("desk:branch_year", args=[branch.pk, 2026]))

    found = sections(page)
    assert found["组织生活"].lead == "全年开展组织生活和活动2次。"
    assert [row[1:] for row in found["组织生活"].rows] == [["1", "1", "0", "0", "2"]]
    assert [row[3] for row in found["活动记录"].rows] == ["3/3（100.0 %）", "2/3（66.7 %）"]
    assert "有党员3名" in page.context["shown"].subtitle


@pytest.mark.parametrize("name", ["desk:member_year_document", "desk:branch_year_document"])
def test_o08_it_goes_out_as_a_document_and_the_trail_knows(client, branch, member, records, name):
    client.force_login(make_user_with_post(Role.STAFF, branch.parent))
    pk = member.pk if "member" in name else branch.pk

    answer = client.get(reverse(name, args=[pk, 2026]))

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert AuditEntry.objects.latest("pk").verb.startswith("导出")


def test_a_year_without_records_says_so(client, branch):
    client.force_login(make_user_with_post(Role.STAFF, branch.parent))
    page = client.get(reverse("desk:branch_year", args=[branch.pk, 2024]))
    assert "本年度没有记录" in page.text


@pytest.mark.parametrize("year", [1999, 2027])
def test_a_year_out_of_reach_is_not_there(client, branch, year):
    client.force_login(make_user_with_post(Role.STAFF, branch.parent))
    assert client.get(reverse("desk:branch_year", args=[branch.pk, year])).status_code == 404


def test_as_many_queries_for_three_records_as_for_one(client, branch, member):
    client.force_login(make_user_with_post(Role.STAFF, branch.parent))
    url = reverse("desk:branch_year", args=[branch.pk, 2026])

    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as found:
            client.get(url)
        return len(found)

    AttendanceFactory(activity=FiledActivityFactory(organization=branch, held_on=date(2026, 3, 5)), member=member)
    queries()
    one = queries()
    for month in (4, 5):
        record = FiledActivityFactory(organization=branch, held_on=date(2026, month, 5))
        AttendanceFactory(activity=record, member=member)
    assert queries() == one
