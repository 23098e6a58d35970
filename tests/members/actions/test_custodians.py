from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from members.actions.custodians import end_custodian, name_custodian
from members.models import Custodian
from tests.factories.branches import BranchFactory, PostFactory, UserFactory, actor, make_user_with_post
from tests.factories.restricted import CustodianFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
DAY = date(2026, 3, 5)


def name(post, *kinds, by=SYSTEM, **dates):
    return name_custodian(by=by, post=post, kinds=kinds or ["talk"], **{"starts_on": DAY, **dates})


def test_o10_a_post_is_named_kind_by_kind_with_a_trace_of_each(trail):
    officer = UserFactory()

    named = name(PostFactory(user=UserFactory(name="李敏")), "discipline", "talk", by=actor(officer))

    assert [(one.kind, one.named_by) for one in named] == [("talk", officer), ("discipline", officer)]
    assert [entry.verb for entry in trail()] == ["授权查阅限定记录"] * 2
    assert [entry.detail["kind"] for entry in trail()] == ["talk", "discipline"]
    assert [entry.detail["note"] for entry in trail()] == ["李敏：谈话记录", "李敏：违纪处理"]


@pytest.mark.parametrize("role", ["member", "sysadmin", "secadmin", "auditor"])
def test_o10_officers_and_ordinary_members_are_not_named(role):
    with pytest.raises(ValidationError, match="不能查阅限定记录"):
        name(PostFactory(role=role))


def test_o10_nobody_names_himself():
    user = make_user_with_post("staff", BranchFactory())

    with pytest.raises(ValidationError, match="本人"):
        name(user.posts.get(), by=actor(user))


def test_o10_a_kind_is_given_once_at_a_time():
    post = CustodianFactory(ends_on=DAY).post

    with pytest.raises(ValidationError, match="已获授权：谈话记录"):
        name(post)
    name(post, starts_on=date(2026, 3, 6))


def test_o10_not_for_a_post_that_is_over():
    with pytest.raises(ValidationError, match="已结束"):
        name(PostFactory(ends_on=date(2026, 3, 4)))


def test_o10_not_backwards():
    with pytest.raises(ValidationError, match="早于开始日期"):
        name(PostFactory(), ends_on=date(2026, 3, 4))


def test_o10_naming_ends_once(trail):
    custodian = CustodianFactory()

    end_custodian(by=SYSTEM, custodian=custodian, ends_on=DAY)

    assert Custodian.objects.get().ends_on == DAY
    assert trail().get().verb == "结束限定记录授权"
    with pytest.raises(ValidationError, match="已在此前结束"):
        end_custodian(by=SYSTEM, custodian=custodian, ends_on=DAY)
    with pytest.raises(ValidationError, match="早于开始日期"):
        end_custodian(by=SYSTEM, custodian=CustodianFactory(), ends_on=date(2019, 1, 1))
