from datetime import date

import pytest

from branches.models import Organization, Post
from branches.queries.access import scope_of
from branches.queries.filters import narrowed
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    committee = CommitteeFactory(name="财政局机关党委", short_name="财政局")
    return committee, BranchFactory(parent=committee, name="第一支部"), BranchFactory(name="第二支部")


def names(rows):
    return sorted(row.name for row in rows)


def test_nothing_asked_for_leaves_everything(tree):
    assert set(narrowed(Organization.objects.all(), q="", words_in=("name",), kind="")) == set(
        Organization.objects.all()
    )


def test_the_words_may_stand_in_any_of_the_fields(tree):
    rows = Organization.objects.all()
    assert names(narrowed(rows, q="第一", words_in=("name", "short_name"))) == ["第一支部"]
    assert names(narrowed(rows, q="财政局", words_in=("short_name",))) == ["财政局机关党委"]


def test_part_of_the_tree_is_the_organization_and_all_below_it(tree):
    committee, branch, _ = tree
    for place in tree:
        make_user_with_post("secretary", place)
    found = narrowed(Post.objects.all(), organization=committee)
    assert {post.organization_id for post in found} == {committee.pk, branch.pk}


def test_what_is_wanted_is_equal(tree):
    assert names(narrowed(Organization.objects.all(), kind="branch", name="第二支部")) == ["第二支部"]


def test_ones_own_leaves_out_what_lies_below(tree):
    committee, branch, _ = tree
    for place in tree:
        make_user_with_post("secretary", place)
    scope = scope_of(make_user_with_post("staff", committee), date(2026, 3, 5))
    posts = Post.objects.filter(role="secretary")
    assert {post.organization_id for post in narrowed(posts, own=scope)} == {committee.pk}
    assert {post.organization_id for post in narrowed(posts, own=scope, organization=branch)} == {branch.pk}
