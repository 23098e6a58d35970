from datetime import date, datetime

import pytest

from branches.queries.access import scope_of
from branches.queries.audit import entries_for, history_of, with_names
from partybuild.lib.clock import ZONE
from tests.factories.branches import (
    AuditEntryFactory,
    BranchFactory,
    CommitteeFactory,
    OrganizationFactory,
    UserFactory,
    make_user_with_post,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 5)


def at(day, hour=9):
    return datetime(2026, 3, day, hour, tzinfo=ZONE)


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def scope(root):
    return scope_of(make_user_with_post("auditor", root).pk, DAY)


def test_the_history_of_one_thing_the_newest_first():
    branch, other, user = BranchFactory(), BranchFactory(), UserFactory(name="李敏")
    label = "branches.Organization"
    AuditEntryFactory(object_type=label, object_id=branch.pk, verb="新增党组织", user_id=user.pk)
    AuditEntryFactory(object_type=label, object_id=branch.pk, verb="修改党组织", result="refused")
    AuditEntryFactory(object_type=label, object_id=branch.pk, verb="更名", channel="task")
    AuditEntryFactory(object_type=label, object_id=other.pk, verb="新增党组织")

    assert [(item.who, item.what) for item in history_of(branch)] == [
        ("系统", "更名"),
        ("未登录人员", "修改党组织（未成功）"),
        ("李敏", "新增党组织"),
    ]


def test_the_trail_reaches_as_far_as_the_scope(root, scope):
    inside = AuditEntryFactory(organization_path=f"{root.path}77/")
    AuditEntryFactory(organization_path=OrganizationFactory().path)

    assert inside in entries_for(scope)
    assert all(entry.organization_path in ("", inside.organization_path, root.path) for entry in entries_for(scope))


def test_what_belongs_to_nobody_is_seen_from_the_top_only(root, scope):
    stray = AuditEntryFactory(organization_path="")
    below = scope_of(make_user_with_post("auditor", CommitteeFactory(parent=root)).pk, DAY)

    assert stray in entries_for(scope)
    assert stray not in entries_for(below)


def test_without_the_right_there_is_no_trail(root):
    AuditEntryFactory(organization_path=root.path)

    assert not entries_for(scope_of(make_user_with_post("sysadmin", root).pk, DAY)).exists()


def test_filters(root, scope):
    limin = UserFactory(name="李敏")
    early = AuditEntryFactory(at=at(1), verb="登录", organization_path=root.path, user_id=limin.pk)
    late = AuditEntryFactory(at=at(3, 23), verb="导出党员名册", organization_path=root.path, result="refused")

    assert early in entries_for(scope, since=date(2026, 3, 1), until=date(2026, 3, 2))
    assert late not in entries_for(scope, since=date(2026, 3, 1), until=date(2026, 3, 2))
    assert list(entries_for(scope, since=date(2026, 3, 3), until=date(2026, 3, 3))) == [late]
    assert list(entries_for(scope, who="李")) == [early]
    assert list(entries_for(scope, verb="导出")) == [late]
    assert list(entries_for(scope, result="refused")) == [late]


def test_names_take_one_query(django_assert_num_queries):
    entries = [AuditEntryFactory(user_id=UserFactory(name=name).pk) for name in ("李敏", "王立", "赵明")]

    with django_assert_num_queries(1):
        assert [name for _, name in with_names(entries)] == ["李敏", "王立", "赵明"]
