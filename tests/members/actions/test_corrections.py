from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from members.actions.corrections import adopt_correction, ask_correction, return_correction
from members.models import MemberChange
from office.models import Notice
from tests.factories.branches import UserFactory, actor, make_user_with_post
from tests.factories.members import MembershipFactory

pytestmark = pytest.mark.django_db

BY = Actor.system()


@pytest.fixture
def place():
    return MembershipFactory(member__user=UserFactory())


@pytest.fixture
def me(place):
    return Actor(user_id=place.member.user_id, member_id=place.member_id)


def ask(place, me, field="job", wanted="一级科员"):
    return ask_correction(by=me, member=place.member, field=field, wanted=wanted)


def test_adopted_it_becomes_what_the_roster_says(place, me):
    secretary = make_user_with_post("secretary", place.organization)
    correction = ask(place, me, "born_on", place.member.born_on.strftime("%Y-%m-%d"))
    adopt_correction(by=BY, correction=correction)
    adopted = ask(place, me)

    adopt_correction(by=actor(secretary), correction=adopted, answer="已核对")

    place.member.refresh_from_db()
    assert place.member.job == "一级科员"
    assert list(MemberChange.objects.values_list("field", "after")) == [("job", "一级科员")]
    told = Notice.objects.order_by("pk").values_list("user_id", "key")
    assert (secretary.pk, f"correction:{adopted.pk}") in told
    assert (place.member.user_id, f"correction:{adopted.pk}:answered") in told
    with pytest.raises(ValidationError, match="已经答复"):
        return_correction(by=BY, correction=adopted, answer="重复")


def test_returned_with_the_reason_the_roster_stays(place, me):
    correction = ask(place, me)

    with pytest.raises(ValidationError, match="原因"):
        return_correction(by=BY, correction=correction, answer=" ")
    return_correction(by=BY, correction=correction, answer="与任职文件不符")

    place.member.refresh_from_db()
    assert place.member.job == ""
    assert ask(place, me).pk != correction.pk


def test_one_request_for_a_field_at_a_time(place, me):
    ask(place, me)

    with pytest.raises(ValidationError, match="正在处理"):
        ask(place, me)


def test_what_cannot_be_is_refused_when_it_is_adopted(place, me):
    correction = ask(place, me, "phone", "123")

    with pytest.raises(ValidationError, match="11 位"):
        adopt_correction(by=BY, correction=correction)
    correction.refresh_from_db()
    assert correction.state == "pending"


@pytest.mark.parametrize(("field", "wanted"), [("kind", "full"), ("job", " "), ("joined_on", "某日")])
def test_what_cannot_be_asked(place, me, field, wanted):
    with pytest.raises(ValidationError):
        ask(place, me, field, wanted)


def test_only_for_oneself_and_answered_by_somebody_else(place, me):
    with pytest.raises(ValidationError, match="本人"):
        ask_correction(by=BY, member=place.member, field="job", wanted="科员")
    with pytest.raises(ValidationError, match="其他人"):
        adopt_correction(by=me, correction=ask(place, me))


def test_somebody_on_no_roster_asks_nobody(place, me):
    place.ends_on = date(2026, 1, 1)
    place.save()

    with pytest.raises(ValidationError, match="不在任何党支部"):
        ask(place, me)
