"""Who sees a restricted record: only the holder of a post in force that is named for its kind, at its place."""

from datetime import date, timedelta

import pytest
from django.db import connection

from branches.queries.access import scope_of
from members.models import CareCase, Duty, RecordPaper, RestrictedRecord
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members import MemberFactory
from tests.factories.restricted import (
    CareCaseFactory,
    CustodianFactory,
    DisciplineFactory,
    DutyFactory,
    RecordPaperFactory,
    RestrictedRecordFactory,
    make_custodian,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee)


def scope(user, **more):
    from dataclasses import replace

    return replace(scope_of(user.pk, clock.today()), **more)


def seen(user, **more):
    return set(RestrictedRecord.objects.visible_to(scope(user, **more)))


def test_o10_a_custodian_sees_his_kinds_at_his_place(committee, branch):
    note, _ = RestrictedRecordFactory(organization=branch), DisciplineFactory(organization=branch)
    RestrictedRecordFactory()

    assert seen(make_custodian(committee, "talk")) == {note}


@pytest.mark.parametrize("role", ["staff", "secretary", "leader", "inspector", "member", "secadmin", "auditor"])
def test_o10_no_role_sees_anything_by_itself(committee, branch, role):
    RestrictedRecordFactory(organization=branch)
    CareCaseFactory(organization=branch)
    RecordPaperFactory(record__organization=branch)
    user = make_user_with_post(role, committee)

    assert seen(user) == set()
    assert not CareCase.objects.visible_to(scope(user)).exists()
    assert not RecordPaper.objects.visible_to(scope(user)).exists()


def test_o10_naming_ends_with_its_day_and_with_the_post(committee, branch):
    note, today = RestrictedRecordFactory(organization=branch), clock.today()
    user = make_user_with_post("staff", committee)
    custodian = CustodianFactory(post=user.posts.get(), ends_on=today)
    assert seen(user) == {note}

    custodian.ends_on = today - timedelta(days=1)
    custodian.save()
    assert seen(user) == set()


def test_o10_another_post_of_the_same_person_is_not_named(committee, branch):
    RestrictedRecordFactory(organization=branch)
    user = make_custodian(committee, "talk")
    other = make_user_with_post("staff", committee)

    assert seen(user) != set()
    assert seen(user, grant=scope(other).grant) == set()


def test_o10_who_acts_for_a_custodian_was_not_named(committee, branch):
    RestrictedRecordFactory(organization=branch)

    assert seen(make_custodian(committee, "talk"), acting_for_id=1) == set()


def test_o14_care_is_seen_by_those_named_for_care(committee, branch):
    case = CareCaseFactory(organization=branch)

    assert set(CareCase.objects.visible_to(scope(make_custodian(committee, "care")))) == {case}
    assert not CareCase.objects.visible_to(scope(make_custodian(committee, "talk"))).exists()


def test_r41_the_text_is_encrypted_at_rest():
    RestrictedRecordFactory(content="不可外传", basis="某依据", measure="某措施")

    with connection.cursor() as cursor:
        cursor.execute("SELECT content, basis, measure FROM members_restrictedrecord")
        stored = "".join(cursor.fetchone())
    assert "不可外传" not in stored
    assert "某" not in stored
    assert RestrictedRecord.objects.get().content == "不可外传"


def test_n18_a_sensitive_talk_is_seen_by_those_who_see_to_it(committee, branch):
    usual, sensitive = DutyFactory(organization=branch), DutyFactory(organization=branch, sensitive=True)

    def duties(user, **more):
        return set(Duty.objects.visible_to(scope(user, **more)))

    assert duties(make_user_with_post("secretary", branch)) == {usual, sensitive}
    assert duties(make_user_with_post("leader", committee)) == {usual}
    assert duties(make_custodian(committee, "talk")) == {usual, sensitive}
    assert duties(make_user_with_post("secretary", BranchFactory())) == set()


def test_n18_the_talker_sees_his_talk_wherever_it_is(branch):
    talker = MemberFactory(user=make_user_with_post("leader", BranchFactory()))
    duty = DutyFactory(organization=branch, sensitive=True, talker=talker)

    assert set(Duty.objects.visible_to(scope(talker.user, member_id=talker.pk))) == {duty}


def test_o14_a_case_holds_until_its_last_day():
    CareCaseFactory(starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 1))

    assert [CareCase.objects.on(date(2026, *day)).count() for day in ((1, 1), (2, 28), (3, 1))] == [1, 1, 0]
