from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from branches.queries.access import scope_of
from desk.actions.anonymising import anonymise_from, anonymise_member
from desk.actions.standings import leave_party, restore_member, suspend_member
from members.models import Member, MemberChange, Office, Standing
from members.queries.members import roster_list
from members.queries.roster import figures_on
from partybuild.lib import clock
from tests.factories.branches import UserFactory, make_user_with_post
from tests.factories.members import MembershipFactory, OfficeFactory
from tests.factories.members_roster import CorrectionFactory, MemberChangeFactory, SearchNoteFactory, StandingFactory

pytestmark = pytest.mark.django_db

BY = Actor.system()


@pytest.fixture
def place():
    return MembershipFactory()


@pytest.fixture
def staff(place):
    return scope_of(make_user_with_post("staff", place.organization.parent).pk, clock.today())


def suspend(place, on, reason="六个月查找无果，支部大会通过"):
    return suspend_member(by=BY, member=place.member, place=place, on=on, reason=reason)


def test_o04_suspended_when_six_months_have_passed(place):
    StandingFactory(member=place.member, starts_on=date(2026, 1, 1))

    with pytest.raises(ValidationError, match="2026年7月1日"):
        suspend(place, date(2026, 6, 30))
    suspend(place, date(2026, 7, 1))

    assert figures_on(place.organization, clock.today()).members == 0


def test_given_back_with_the_mark_of_being_lost(place):
    lost = StandingFactory(member=place.member, starts_on=date(2026, 1, 1))
    suspended = suspend(place, date(2026, 7, 1))

    restore_member(by=BY, standing=suspended, place=place, on=date(2026, 8, 1), note="已联系上")

    lost.refresh_from_db()
    suspended.refresh_from_db()
    assert (lost.ends_on, suspended.ends_on) == (date(2026, 8, 1), date(2026, 8, 1))
    assert figures_on(place.organization, clock.today()).members == 1


def test_a_former_member_is_found_by_asking_for_him(place, staff):
    OfficeFactory(member=place.member, organization=place.organization)
    StandingFactory(member=place.member, kind="mobile", place="上海")

    leave_party(by=BY, member=place.member, on=date(2026, 3, 1), cause="died", reason="因病去世")

    today = clock.today()
    assert figures_on(place.organization, today).members == 0
    assert not Office.objects.filter(ends_on=None).exists()
    assert list(Standing.objects.filter(ends_on=None).values_list("kind", "cause")) == [("historical", "died")]
    assert list(roster_list(staff, today)) == []
    assert [one.member for one in roster_list(staff, today, standing="historical")] == [place.member]
    assert list(Member.objects.visible_to(staff)) == [place.member]


def former(place, left):
    place.ends_on = left
    place.save()
    return StandingFactory(member=place.member, kind="historical", cause="left", starts_on=left)


def test_r42_anonymised_when_the_years_have_passed(place):
    member = place.member
    left = date(2020, 6, 1)
    former(place, left)
    member.user = UserFactory(login="zhang", name="张三", phone="13800001111")
    member.phone, member.address, member.remark = "13800001111", "某街一号", "住院"
    member.save()
    CorrectionFactory(member=member, field="address", wanted="某街二号", organization=place.organization)
    SearchNoteFactory(standing=StandingFactory(member=member, starts_on=left, ends_on=left), result="见到其妻")
    MemberChangeFactory(member=member, field="name", before="张三", after="张四")

    assert anonymise_from(member, clock.today()) == date(2025, 6, 1)
    anonymise_member(by=BY, member=member)

    gone = Member.objects.get(pk=member.pk)
    assert (gone.name, gone.id_number, gone.id_number_hash, gone.phone, gone.address, gone.remark) == (
        "已匿名", "", None, "", "", "",
    )  # fmt: skip
    assert (gone.sex, gone.joined_on, gone.born_on) == (member.sex, member.joined_on, None)
    assert not MemberChange.objects.exclude(before="", after="").exists()
    assert gone.corrections.get().wanted == ""
    assert not gone.standings.filter(searches__result="见到其妻").exists()
    gone.user.refresh_from_db()
    assert (gone.user.name, gone.user.login, gone.user.phone, gone.user.is_active) == (
        "已匿名", f"anonymous-{gone.user.pk}", "", False,
    )  # fmt: skip
    anonymise_member(by=BY, member=member)


def test_r42_not_before_and_not_a_member(place):
    with pytest.raises(ValidationError, match="历史党员"):
        anonymise_member(by=BY, member=place.member)
    former(place, clock.today())
    with pytest.raises(ValidationError, match="才能隐去"):
        anonymise_member(by=BY, member=place.member)
    place.member.refresh_from_db()
    assert place.member.anonymised_on is None
