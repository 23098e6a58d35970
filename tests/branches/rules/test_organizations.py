import pytest

from branches.enums import OrganizationKind as Kind
from branches.rules.organizations import (
    ALLOWED_PARENTS,
    child_path,
    kinds_under,
    office_phone,
    read_kind,
    refusal_of_parent,
)


def test_every_kind_has_its_superiors():
    assert set(ALLOWED_PARENTS) == set(Kind)


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        ("work_committee", None),
        ("work_committee", "work_committee"),
        ("committee", "work_committee"),
        ("committee", "leading_group"),
        ("leading_group", "work_committee"),
        ("general_branch", "committee"),
        ("branch", "committee"),
        ("branch", "general_branch"),
        ("branch", "work_committee"),
        ("group", "branch"),
    ],
)
def test_what_may_stand_where(kind, parent):
    assert refusal_of_parent(kind, parent) == ""


@pytest.mark.parametrize(
    ("kind", "parent", "reason"),
    [
        ("branch", None, "党支部必须有上级党组织"),
        ("group", "committee", "党小组不能隶属于机关党委"),
        ("branch", "branch", "党支部不能隶属于党支部"),
        ("work_committee", "committee", "工委不能隶属于机关党委"),
        ("general_branch", "general_branch", "党总支不能隶属于党总支"),
        ("committee", "branch", "机关党委不能隶属于党支部"),
    ],
)
def test_what_may_not(kind, parent, reason):
    assert refusal_of_parent(kind, parent) == reason


def test_kinds_under_a_superior():
    assert kinds_under("branch") == [Kind.GROUP]
    assert kinds_under("group") == []
    assert kinds_under(None) == [Kind.WORK_COMMITTEE, Kind.COMMITTEE, Kind.LEADING_GROUP]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("党支部", Kind.BRANCH),
        (" 党 总 支 ", Kind.GENERAL_BRANCH),
        ("党委", Kind.COMMITTEE),
        ("党工委", Kind.WORK_COMMITTEE),
    ],
)
def test_kinds_as_people_write_them(written, kind):
    assert read_kind(written) is kind


def test_an_unknown_kind():
    assert read_kind("协会") is None


def test_a_path_ends_in_the_own_id():
    assert child_path("", 1) == "1/"
    assert child_path("1/12/", 340) == "1/12/340/"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("138 0013 8000", "13800138000"),
        ("010-12345678", "010-12345678"),
        ("（0571）87654321", "0571-87654321"),
        ("０２１－１２３４５６７８", "021-12345678"),
    ],
)
def test_phones_of_an_office(written, read):
    assert office_phone(written) == (read, "")


@pytest.mark.parametrize("written", ["12345", "1380013800", "23800138000", "内线 8012"])
def test_phones_that_reach_nobody(written):
    assert office_phone(written) == (written, "联系电话应为 11 位手机号码，或带区号的固定电话")
