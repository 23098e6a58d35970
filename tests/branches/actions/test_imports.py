"""Files of organisations: any order, whole rows, the same again changes nothing."""

import pytest

from branches.actions.imports import IMPORTER
from branches.actions.uploads import import_table
from branches.models import AuditEntry, Organization, OrganizationChange
from branches.permissions import Actor
from branches.rules.imports import COLUMNS
from tests.factories.branches import BranchFactory, CommitteeFactory, GroupFactory, OrganizationFactory
from tests.factories.workbooks import table_of

pytestmark = pytest.mark.django_db

HEADINGS = ("党组织编码", "党组织全称", "组织类别", "上级党组织", "联系电话", "成立时间")
TREE = [
    ("", "第一小组", "党小组", "财政局第一党支部", "", ""),
    ("B1", "财政局第一党支部", "党支部", "财政局党总支", "13800001234", "2019.07"),
    ("Z1", "财政局党总支", "党总支", "财政局机关党委", "", ""),
    ("C1", "财政局机关党委", "机关党委", "区直工委", "", "2019-07-01"),
    ("W1", "区直工委", "工委", "", "", ""),
]


@pytest.fixture
def take(tmp_path):
    """Imports rows under the usual headings; ``under`` and so on as ``import_table`` has them."""

    def take(rows, *, under=None, headings=HEADINGS, **options):
        table = table_of(tmp_path, COLUMNS, headings, rows)
        return import_table(by=Actor.system(), importer=IMPORTER, table=table, under=under, **options)

    return take


def counts(result):
    return result.created, result.updated, result.unchanged, result.failed


def reasons(result):
    return [(error.row, error.column, error.reason) for error in result.errors]


def test_superiors_may_stand_further_down(take):
    result = take(TREE)

    group = Organization.objects.get(name="第一小组")
    chain = list(Organization.objects.filter(pk__in=group.ancestor_ids).order_by("path").values_list("code", flat=True))
    assert counts(result) == (5, 0, 0, 0)
    assert chain == ["W1", "C1", "Z1", "B1"]
    assert group.code == f"Z{group.pk:08d}"
    assert group.initials == "dyxz"
    assert OrganizationChange.objects.filter(kind="founded").count() == 5


def test_a_repeated_import_changes_nothing(take):
    take(TREE)
    before = list(Organization.objects.order_by("pk").values())

    result = take(TREE)

    assert counts(result) == (0, 0, 5, 0)
    assert list(Organization.objects.order_by("pk").values()) == before
    assert OrganizationChange.objects.count() == 5


def test_filled_cells_change_what_is_there_and_empty_ones_do_not(take):
    take(TREE)

    result = take([("B1", "财政局第一支部", "党支部", "", "", "2019-07-15")])

    branch = Organization.objects.get(code="B1")
    assert counts(result) == (0, 1, 0, 0)
    assert (branch.name, branch.initials, branch.phone) == ("财政局第一支部", "czjdyzb", "13800001234")
    assert branch.founded_on.isoformat() == "2019-07-15"
    change = OrganizationChange.objects.get(organization=branch, kind="renamed")
    assert change.before == {"name": "财政局第一党支部", "founded_on": "2019-07-01"}


def test_a_month_does_not_blur_a_day_that_is_known(take):
    take([("W1", "区直工委", "工委", "", "", "2019-07-15")])

    assert counts(take([("W1", "区直工委", "工委", "", "", "2019.07")])) == (0, 0, 1, 0)


def test_a_code_is_given_to_the_one_of_that_name_without_one(take):
    take([("", "区直工委", "工委", "", "", "")])

    assert counts(take([("W1", "区直工委", "工委", "", "", "")])) == (0, 1, 0, 0)
    assert Organization.objects.get().code == "W1"


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([("B1", "一支部", "党支部", "没有的党委", "", "")], [(2, "上级党组织", "导入范围内没有这个党组织")]),
        ([("B1", "一支部", "党支部", "", "", "")], [(2, "组织类别", "党支部必须有上级党组织")]),
        (
            [("W1", "工委", "工委", "", "", ""), ("G1", "一组", "党小组", "工委", "", "")],
            [(3, "组织类别", "党小组不能隶属于工委")],
        ),
        (
            [("W1", "工委", "工委", "", "", ""), ("W1", "另一工委", "工委", "", "", "")],
            [(3, "党组织编码", "编码与第 2 行重复")],
        ),
        (
            [("W1", "工委", "工委", "", "", ""), *[("", "党委", "党委", above, "", "") for above in ("W1", "工委")]],
            [(4, "党组织全称", "与第 3 行重复")],
        ),
        (
            [("", "工委", "协会", "", "", ""), ("", "党委", "党委", "工委", "", "")],
            [
                (2, "组织类别", "没有“协会”这一组织类别，应为工委、机关党委、党组、党总支、党支部、党小组之一"),
                (3, "上级党组织", "上级党组织（第 2 行）没有导入"),
            ],
        ),
        (
            [("A", "甲", "党委", "乙", "", ""), ("B", "乙", "党委", "甲", "", "")],
            [(2, "上级党组织", "上级党组织之间互为上下级"), (3, "上级党组织", "上级党组织之间互为上下级")],
        ),
        (
            [("A", "甲", "党委", "A", "", "")],
            [(2, "上级党组织", "上级党组织之间互为上下级")],
        ),
    ],
)  # fmt: skip
def test_rows_that_cannot_stand_where_they_say(take, rows, wrong):
    assert reasons(take(rows)) == wrong


def test_an_ambiguous_superior_names_the_codes(take):
    rows = [
        ("W1", "工委", "工委", "", "", ""),
        ("C1", "机关党委", "党委", "W1", "", ""),
        ("C2", "局党委", "党委", "W1", "", ""),
        ("B1", "第一党支部", "党支部", "C1", "", ""),
        ("B2", "第一党支部", "党支部", "C2", "", ""),
        ("", "第一小组", "党小组", "第一党支部", "", ""),
    ]

    result = take(rows)

    assert counts(result) == (5, 0, 0, 1)
    assert reasons(result) == [(7, "上级党组织", "有 2 个同名党组织，请填写编码：B1、B2")]


def test_an_ambiguous_superior_outside_the_file_names_the_codes_too(take):
    root = OrganizationFactory()
    first, second = (BranchFactory(parent=CommitteeFactory(parent=root), name="第一党支部") for _ in "ab")

    result = take([("", "第一小组", "党小组", "第一党支部", "", "")], under=root)

    reason = f"有 2 个同名党组织，请填写编码：{first.code}、{second.code}"
    assert reasons(result) == [(2, "上级党组织", reason)]


def test_the_own_organisation_is_the_superior_of_rows_that_name_none(take):
    committee = CommitteeFactory()

    result = take([("B1", "第一党支部", "党支部", "", "", "")], under=committee)

    assert counts(result) == (1, 0, 0, 0)
    assert Organization.objects.get(code="B1").parent == committee


def test_the_organisation_one_starts_from_may_stand_in_the_file(take):
    committee = CommitteeFactory(name="财政局机关党委")
    rows = [
        ("", "财政局机关党委", "党委", committee.parent.name, "13800001234", ""),
        ("B1", "第一党支部", "党支部", "财政局机关党委", "", ""),
    ]

    assert counts(take(rows, under=committee)) == (1, 1, 0, 0)
    committee.refresh_from_db()
    assert committee.phone == "13800001234"


def test_what_lies_outside_is_neither_found_nor_changed(take):
    committee, other = CommitteeFactory(), CommitteeFactory(name="别处党委", code="X9")
    rows = [("X9", "改名的党委", "党委", "", "", ""), ("B1", "支部", "党支部", "别处党委", "", "")]

    result = take(rows, under=committee)

    assert reasons(result) == [
        (2, "党组织编码", "该编码已被导入范围外的党组织使用"),
        (3, "上级党组织", "导入范围内没有这个党组织"),
    ]
    other.refresh_from_db()
    assert other.name == "别处党委"


def test_kind_and_superior_of_what_is_there_stay(take):
    branch = BranchFactory(code="B1", name="第一党支部")
    elsewhere = CommitteeFactory(parent=branch.parent.parent)
    GroupFactory(parent=branch)

    result = take([("B1", "第一党支部", "党总支", elsewhere.code, "", "")])

    assert reasons(result) == [
        (2, "组织类别", "组织类别与现有的不同，现为党支部"),
        (2, "上级党组织", "上级党组织与现有的不同，请办理隶属关系调整"),
    ]


def test_all_or_nothing_keeps_nothing_when_a_row_is_bad(take):
    rows = [*TREE, ("", "", "党支部", "W1", "", "")]

    result = take(rows, all_or_nothing=True)

    assert counts(result) == (0, 0, 0, 1)
    assert not Organization.objects.exists()
    assert not AuditEntry.objects.filter(verb="导入党组织").exists()


def test_a_check_alone_writes_nothing(take):
    assert counts(take(TREE, dry_run=True)) == (5, 0, 0, 0)
    assert not Organization.objects.exists()
    assert not AuditEntry.objects.filter(verb="导入党组织").exists()


def test_one_entry_tells_of_the_whole_import(take):
    take(TREE)

    entry = AuditEntry.objects.get(verb="导入党组织")
    assert entry.detail == {"created": 5, "updated": 0, "unchanged": 0, "failed": 0}


def test_the_number_of_statements_does_not_grow_with_the_rows(take, django_assert_num_queries):
    rows = [("W1", "工委", "工委", "", "", "")]
    rows += [(f"C{n}", f"第{n}机关党委", "党委", "W1", "", "") for n in range(300)]

    with django_assert_num_queries(9):
        assert counts(take(rows)) == (301, 0, 0, 0)


def test_a_tree_too_deep_is_refused(take):
    rows = [("T0", "党委0", "工委", "", "", "")]
    rows += [(f"T{n}", f"党委{n}", "工委", f"T{n - 1}", "", "") for n in range(1, 25)]

    result = take(rows)

    assert result.created == 21
    assert reasons(result)[0] == (23, "上级党组织", "党组织层级过多")
