"""Who is told what, once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from branches.enums import Role
from office.actions.notices import read_notices, tell
from office.models import Notice
from office.queries.notices import people_at
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, UserFactory, actor, make_user_with_post
from tests.factories.office import NoticeFactory

pytestmark = pytest.mark.django_db


def test_each_is_told_once_for_an_occasion():
    first, second = UserFactory(), UserFactory()

    assert tell(people=[first.pk, first.pk], key="term:1:3m", text="请准备换届。", due_on=date(2026, 6, 1)) == 1
    assert tell(people=[first.pk, second.pk], key="term:1:3m", text="请准备换届。") == 1
    assert tell(people=[first.pk], key="term:1:day", text="今天到期。") == 1

    assert Notice.objects.count() == 3
    assert Notice.objects.get(user=first, key="term:1:3m").due_on == date(2026, 6, 1)


def test_nobody_is_told_nothing():
    assert tell(people=[], key="x", text="无人。") == 0


def test_reading_touches_only_ones_own():
    user = UserFactory()
    mine, other = NoticeFactory(user=user), NoticeFactory()

    assert read_notices(by=actor(user), pks=[mine.pk, other.pk]) == 1
    assert read_notices(by=actor(user)) == 0

    other.refresh_from_db()
    assert other.read_at is None


def test_people_at_an_organisation_are_those_who_act_there_today():
    branch, elsewhere = BranchFactory(), BranchFactory()
    secretary = make_user_with_post(Role.SECRETARY, branch)
    make_user_with_post(Role.MEMBER, branch)
    make_user_with_post(Role.SECRETARY, elsewhere)
    gone = make_user_with_post(Role.SECRETARY, branch)
    gone.is_active = False
    gone.save(update_fields=["is_active"])

    assert people_at([branch.pk], [Role.SECRETARY]) == {branch.pk: [secretary.pk]}
    assert people_at([branch.pk], [Role.SECRETARY], clock.today() - timedelta(days=20_000)) == {}


def test_the_database_keeps_one_a_person_and_key():
    notice = NoticeFactory()
    with pytest.raises(IntegrityError):
        NoticeFactory(user=notice.user, key=notice.key)


def test_the_database_refuses_a_notice_without_words():
    with pytest.raises(IntegrityError):
        NoticeFactory(text="")
