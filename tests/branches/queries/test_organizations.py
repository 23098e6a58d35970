from datetime import date

import pytest

from branches.queries.access import scope_of
from branches.queries.organizations import chain_of, children_of, export_rows, search, tops_of
from tests.factories.branches import (
    BranchFactory,
    CommitteeFactory,
    GroupFactory,
    OrganizationFactory,
    make_user_with_post,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 5)


@pytest.fixture
def root():
    return OrganizationFactory(name="区直机关工委", code="Q")


@pytest.fixture
def scope(root):
    return scope_of(make_user_with_post("staff", root).pk, DAY)


def test_the_tree_begins_at_the_post(root, scope):
    CommitteeFactory(parent=root)
    CommitteeFactory(parent=root, dissolved_on=date(2025, 1, 1))

    (top,) = tops_of(scope, DAY)

    assert (top, top.below) == (root, 1)


def test_a_level_of_the_tree(root, scope):
    second = CommitteeFactory(parent=root, position=2)
    first = CommitteeFactory(parent=root, position=1)
    CommitteeFactory(parent=root, dissolved_on=date(2025, 1, 1))
    BranchFactory(parent=first)

    assert [(one, one.below) for one in children_of(root, scope, DAY)] == [(first, 1), (second, 0)]


@pytest.mark.parametrize("text", ["财政", "cz", "CZJ", "F01", "财政局党委"])
def test_found_by_name_initials_code_or_short_name(root, scope, text):
    committee = CommitteeFactory(
        parent=root, name="中共财政局委员会", short_name="财政局党委", code="F01", initials="zgczjwyh"
    )

    assert list(search(scope, DAY, q=text)) == [committee]


def test_filters(root, scope):
    committee = CommitteeFactory(parent=root)
    gone = CommitteeFactory(parent=root, dissolved_on=date(2025, 1, 1))
    branch = BranchFactory(parent=committee)

    assert list(search(scope, DAY, kind="branch")) == [branch]
    assert list(search(scope, DAY, state="dissolved")) == [gone]
    assert set(search(scope, DAY, state="all", kind="committee")) == {committee, gone}
    assert gone not in search(scope, DAY)


def test_r14_a_search_obeys_the_scope(root):
    committee, other = (
        CommitteeFactory(parent=root, name="财政局党委"),
        CommitteeFactory(parent=root, name="财政局分党委"),
    )
    narrow = scope_of(make_user_with_post("staff", committee).pk, DAY)

    assert list(search(narrow, DAY, q="财政")) == [committee]
    assert other not in search(narrow, DAY)


def test_the_line_of_superiors(root, django_assert_num_queries):
    committee = CommitteeFactory(parent=root)
    group = GroupFactory(parent=BranchFactory(parent=committee))

    with django_assert_num_queries(1):
        chain = chain_of(group)
    assert chain == [root, committee, group.parent]
    assert chain_of(root) == []


def test_rows_of_the_workbook(root, scope):
    CommitteeFactory(parent=root, name="财政局机关党委", short_name="财政局党委", code="F01", contact="李敏")

    headings = ("党组织编码", "党组织名称", "上级党组织编码", "书记", "联系人", "成立时间", "撤销时间")
    (known,) = search(scope, DAY, q="F01")
    rows = list(export_rows(search(scope, DAY), {known.pk: {"书记": "王立"}}, headings))

    assert rows[0][3] is None
    assert rows[1] == ["F01", "财政局机关党委", "Q", "王立", "李敏", date(2020, 1, 1), None]
