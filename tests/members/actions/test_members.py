from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from desk.actions.joining import create_member
from members.actions.members import edit_member, view_personal_data
from members.models import Member
from partybuild.lib.crypto import keyed_hash
from tests.factories.branches import BranchFactory, GroupFactory
from tests.factories.members import MemberFactory, MembershipFactory, id_number

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
DAY = date(2026, 3, 5)


def create(organization, **fields):
    given = {"name": "李敏", "sex": "male", "kind": "full"} | fields
    return create_member(by=SYSTEM, organization=organization, starts_on=DAY, **given)


def test_a_new_member_stands_on_a_roster():
    branch = BranchFactory()
    group = GroupFactory(parent=branch)

    member = create_member(
        by=SYSTEM, organization=branch, starts_on=DAY, group=group, name="李敏", sex="female", kind="full"
    )

    place = member.memberships.get()
    assert (place.organization, place.group, place.starts_on, place.ends_on) == (branch, group, DAY, None)
    assert member.initials == "lm"


def test_the_number_gives_the_birth_date_and_a_hash():
    number = id_number(7)

    member = create(BranchFactory(), id_number=number, phone="+86 138-0013-8000")

    member.refresh_from_db()
    assert (member.id_number, member.id_number_hash) == (number, keyed_hash(number))
    assert (member.born_on, member.phone) == (date(1980, 5, 6), "13800138000")


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"id_number": id_number(7)[:-1] + "A"}, "id_number", "末位应为数字或 X"),
        ({"id_number": id_number(7), "sex": "female"}, "id_number", "性别与身份证号不一致"),
        ({"id_number": id_number(7), "born_on": DAY}, "id_number", "出生日期与身份证号不一致"),
        ({"phone": "1380013800"}, "phone", "手机号码应为 11 位，现为 10 位"),
        ({"joined_on": date(2012, 1, 1), "converted_on": date(2011, 1, 1)}, "converted_on", "转正时间早于入党时间"),
        ({"name": ""}, "name", ""),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(fields, field, reason):
    with pytest.raises(ValidationError) as refused:
        create(BranchFactory(), **fields)

    assert reason in refused.value.message_dict[field][0]
    assert not Member.objects.exists()


def test_a_number_belongs_to_one_member():
    MemberFactory(id_number=id_number(7))

    with pytest.raises(ValidationError, match="该身份证号已在党员名册中"):
        create(BranchFactory(), id_number=id_number(7))


def test_members_without_a_number_may_be_several():
    branch = BranchFactory()

    create(branch, name="李敏")
    create(branch, name="王立")

    assert Member.objects.filter(id_number_hash=None).count() == 2


def test_an_edit_names_the_fields_and_not_the_values(trail):
    member = MembershipFactory().member

    edit_member(by=SYSTEM, member=member, organization=None, changes={"phone": "13900139000", "job": "科长"})

    member.refresh_from_db()
    entry = trail().get()
    assert (member.phone, member.job) == ("13900139000", "科长")
    assert entry.detail == {"fields": ["phone", "job"]}


def test_what_is_the_same_leaves_no_trace(trail):
    member = MembershipFactory().member

    edit_member(by=SYSTEM, member=member, organization=None, changes={"job": member.job})

    assert not trail().exists()


def test_only_known_fields():
    with pytest.raises(ValueError, match="not editable"):
        edit_member(by=SYSTEM, member=MemberFactory(), organization=None, changes={"user": 1})


def test_r41_a_full_view_needs_a_reason_and_leaves_it(trail):
    member = MemberFactory()

    with pytest.raises(ValidationError, match="请填写查看原因"):
        view_personal_data(by=SYSTEM, member=member, organization=None, reason="  ")
    view_personal_data(by=SYSTEM, member=member, organization=None, reason="核对档案")

    assert trail().get().detail == {"reason": "核对档案"}
