"""Rosters: who a row means, where he belongs, and that the same again changes nothing."""

from datetime import date

import pytest

from branches.actions.uploads import import_table
from branches.models import AuditEntry
from branches.permissions import Actor
from members.actions.imports import IMPORTER
from members.models import Member, MemberChange, Membership, Office
from members.rules.imports import COLUMNS
from partybuild.lib.crypto import keyed_hash
from tests.factories.branches import BranchFactory, GroupFactory
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory, id_number
from tests.factories.workbooks import table_of

pytestmark = pytest.mark.django_db

HEADINGS = ("姓名", "性别", "身份证号码", "所在党支部", "入党日期", "党内职务", "手机号码", "党小组")
N1, N2 = (id_number(n, born_on=date(1980, 5, 6)) for n in (1, 2))


@pytest.fixture
def branch():
    return BranchFactory(name="第一党支部")


@pytest.fixture
def take(tmp_path, branch):
    """Imports rows below the committee of the branch, unless told otherwise."""

    def take(rows, **options):
        table = table_of(tmp_path, COLUMNS, HEADINGS, rows)
        options.setdefault("under", branch.parent)
        return import_table(by=Actor.system(), importer=IMPORTER, table=table, **options)

    return take


def line(name="张明", number=N1, place="第一党支部", *, joined="2010.07", office="", phone="", group="", sex="男"):
    return name, sex, number, place, joined, office, phone, group


def counts(result):
    return result.created, result.updated, result.unchanged, result.failed


def reasons(result):
    return [(error.row, error.column, error.reason) for error in result.errors]


def test_a_member_comes_with_place_and_office(take, branch, move_clock):
    move_clock("2026-03-05T10:00:00+08:00")
    group = GroupFactory(parent=branch, name="第一小组")

    result = take([line(office="书记", phone="13800001234", group="第一小组")])

    member = Member.objects.get()
    place = Membership.objects.get()
    assert counts(result) == (1, 0, 0, 0)
    assert (member.name, member.initials, member.phone, member.born_on) == (
        "张明", "zm", "13800001234", date(1980, 5, 6),
    )  # fmt: skip
    assert (place.member, place.organization, place.group, place.starts_on) == (
        member, branch, group, date(2026, 1, 1),
    )  # fmt: skip
    office = Office.objects.get()
    assert (office.member, office.organization, office.kind) == (member, branch, "secretary")


def test_a_repeated_import_changes_nothing(take):
    rows = [line(office="书记"), line("李红", "", office="委员"), line("王平", N2, phone="13800001234")]
    assert counts(take(rows)) == (3, 0, 0, 0)

    assert counts(take(rows)) == (0, 0, 3, 0)
    assert (Member.objects.count(), Membership.objects.count(), Office.objects.count()) == (3, 3, 2)


def test_a_number_finds_the_member_whatever_the_name(take, branch):
    take([line()])

    result = take([line("张铭", phone="13800001234")])

    assert counts(result) == (0, 1, 0, 0)
    assert [note.reason for note in result.notes] == ["名册中该身份证号的姓名为张明，将改为张铭"]
    member = Member.objects.get()
    assert (member.name, member.initials, member.phone) == ("张铭", "zm", "13800001234")


def test_a_number_is_added_to_the_one_of_that_name_without_one(take):
    take([line(number="")])

    assert counts(take([line()])) == (0, 1, 0, 0)
    assert counts(take([line()])) == (0, 0, 1, 0)
    assert Member.objects.get().id_number == N1


def test_offices_and_groups_are_added_to_members_who_are_there(take, branch):
    group = GroupFactory(parent=branch, name="第一小组")
    take([line()])

    assert counts(take([line(place="第一小组", office="党小组长、纪检委员")])) == (0, 1, 0, 0)
    assert Membership.objects.get().group == group
    held = set(Office.objects.values_list("organization", "kind", "title"))
    assert held == {(group.pk, "group_leader", ""), (branch.pk, "committee_member", "纪检委员")}


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([line(place="没有的支部")], [(2, "所在党支部", "导入范围内没有这个党组织")]),
        ([line(place="")], [(2, "所在党支部", "请填写所在党支部")]),
        ([line(), line("李红")], [(3, "身份证号码", "身份证号与第 2 行重复")]),
        ([line(number=""), line(number="")], [(3, "姓名", "与第 2 行重复；确属两人的，请填写身份证号")]),
        ([line(), line(number="")], [(3, "姓名", "与第 2 行重复；确属两人的，请填写身份证号")]),
        ([line(number=""), line()], [(3, "姓名", "与第 2 行重复；确属两人的，请填写身份证号")]),
        ([line(), line(number=N2)], []),
        ([line(office="书记"), line("李红", N2, office="书记")], [(3, "党内职务", "第 2 行已是该党支部书记")]),
        ([line(group="没有的小组")], [(2, "党小组", "该党支部没有这个党小组")]),
        (
            [line("", "123", "没有的支部", phone="138")],
            [
                (2, "手机号码", "手机号码应为 11 位，现为 3 位"), (2, "身份证号码", "身份证号应为 18 位，现为 3 位"),
                (2, "姓名", "请填写姓名"), (2, "所在党支部", "导入范围内没有这个党组织"),
            ],
        ),
    ],
)  # fmt: skip
def test_rows_are_refused_for_their_reason(take, rows, wrong):
    result = take(rows)

    assert sorted(reasons(result)) == sorted(wrong)
    assert result.created == len(rows) - result.failed
    assert Member.objects.count() == result.created


def test_a_branch_name_that_several_bear_names_the_codes(take, branch):
    other = BranchFactory(name="第一党支部", parent=branch.parent)

    reason = f"有 2 个同名党组织，请填写编码：{branch.code}、{other.code}"
    assert reasons(take([line()])) == [(2, "所在党支部", reason)]
    assert counts(take([line(place=other.code)])) == (1, 0, 0, 0)


def test_members_stand_in_branches_only(take, branch):
    assert reasons(take([line(place=branch.parent.name)])) == [(2, "所在党支部", "党员只能编入党支部")]


def test_a_branch_need_not_be_named_where_the_import_is_for_it(take, branch):
    assert counts(take([line(place="")], under=branch)) == (1, 0, 0, 0)


def test_a_branch_beside_ones_own_is_not_found(take, branch):
    beside = BranchFactory(name="第二党支部", parent=branch.parent)

    result = take([line(place="第二党支部"), line(place=beside.code, number=N2)], under=branch)

    assert [reason for _, _, reason in reasons(result)] == ["导入范围内没有这个党组织"] * 2
    assert not Member.objects.exists()


def test_a_member_of_another_roster_is_neither_moved_nor_shown(take, branch):
    inside = MembershipFactory(organization=BranchFactory(parent=branch.parent, name="第二党支部")).member
    outside = MembershipFactory().member

    result = take([line(inside.name, inside.id_number), line(outside.name, outside.id_number)])

    assert reasons(result) == [
        (2, "所在党支部", "该党员现在第二党支部的名册中，请办理组织关系转接"),
        (3, "所在党支部", "该党员现在导入范围外的党支部的名册中，请办理组织关系转接"),
    ]


def test_a_member_who_left_is_not_taken_back_silently(take):
    member = MembershipFactory(ends_on=date(2025, 1, 1)).member

    reason = "该身份证号已在名册中，现不在任何党支部，请办理编入手续"
    assert reasons(take([line(member.name, member.id_number)])) == [(2, "身份证号码", reason)]


def test_a_person_under_development_is_no_member_yet(take):
    person = MemberFactory(kind="activist", joined_on=None, converted_on=None)

    reason = "该身份证号的人员是积极分子，请在发展党员中办理接收手续"
    assert reasons(take([line(person.name, person.id_number)])) == [(2, "身份证号码", reason)]


def test_o09_a_change_by_import_is_dated_and_a_phone_can_be_found(take):
    take([line()])

    take([line("张铭", phone="13800001234")])

    changes = MemberChange.objects.order_by("pk").values_list("field", "before", "after")
    assert list(changes) == [("name", "张明", "张铭"), ("phone", "", "")]
    assert Member.objects.get().phone_hash == keyed_hash("13800001234")


def test_two_of_one_name_need_their_numbers(take, branch):
    for _ in range(2):
        MembershipFactory(organization=branch, member=MemberFactory(name="张明"))

    assert reasons(take([line(number="")])) == [(2, "姓名", "该党支部有同名党员，请填写身份证号")]


def test_an_office_that_is_taken_refuses_the_whole_row(take, branch):
    OfficeFactory(organization=branch)

    assert reasons(take([line(office="书记")])) == [(2, "党内职务", "该党支部已有书记，请先办理离任")]
    assert not Membership.objects.filter(organization=branch).exists()


def test_an_office_that_is_not_known_is_told_and_the_row_taken(take):
    result = take([line(office="顾问")])

    assert counts(result) == (1, 0, 0, 0)
    assert [note.reason for note in result.notes] == ["“顾问”没有导入，请在党员页面登记"]


def test_all_or_nothing_and_a_check_alone_write_nothing(take):
    rows = [line(), line("", N2)]

    assert counts(take(rows, dry_run=True)) == (1, 0, 0, 1)
    assert counts(take(rows, all_or_nothing=True)) == (0, 0, 0, 1)
    assert not Member.objects.exists()


def test_the_trail_has_one_entry_without_personal_data(take):
    take([line(), line("李红", "")])

    entry = AuditEntry.objects.get(verb="导入党员名册")
    assert entry.detail == {"created": 2, "updated": 0, "unchanged": 0, "failed": 0}
    assert entry.object_label == ""


def test_the_number_of_statements_does_not_grow_with_the_rows(take, django_assert_max_num_queries):
    rows = [line(f"党员{n}", "", office="委员") for n in range(300)]

    with django_assert_max_num_queries(17):
        assert counts(take(rows)) == (300, 0, 0, 0)
