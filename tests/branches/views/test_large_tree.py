"""The tree's page with 10,000 nodes: as many queries as with four, and quick."""

from time import perf_counter

import pytest
from django.db import connection

from branches.actions.organizations import next_ids
from branches.models import Organization
from members.models import Membership
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db

COMMITTEES, BRANCHES = 100, 100
QUERIES = 12


@pytest.fixture
def root():
    return OrganizationFactory(name="区直机关工委")


@pytest.fixture
def staff(client, root):
    client.force_login(make_user_with_post("staff", root), "django.contrib.auth.backends.ModelBackend")


def plant(root):
    """100 committees with 100 branches each, a member in every hundredth branch."""
    made = []
    ids = next_ids(COMMITTEES * (BRANCHES + 1))
    for number, pk in enumerate(ids[:COMMITTEES]):
        committee = Organization(pk=pk, parent=root, path=f"{root.path}{pk}/", code=f"C{pk}", kind="committee",
                                 name=f"第{number}机关党委", initials=f"d{number}jgdw")  # fmt: skip
        made.append(committee)
        below = ids[COMMITTEES + number * BRANCHES :][:BRANCHES]
        made += [
            Organization(pk=each, parent=committee, path=f"{committee.path}{each}/", code=f"B{each}", kind="branch",
                         name=f"第{number}之{place}党支部", initials=f"d{number}z{place}dzb")
            for place, each in enumerate(below)
        ]  # fmt: skip
    Organization.objects.bulk_create(made, 2000)
    branches = [one for one in made if one.kind == "branch"][::100]
    Membership.objects.bulk_create(
        Membership(member=MemberFactory(), organization=branch, starts_on="2020-01-01") for branch in branches
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE branches_organization, members_membership")
    return made


def timed(client, url):
    client.get(url)
    began = perf_counter()
    answer = client.get(url)
    return answer, perf_counter() - began


def test_o01_the_page_of_10_000_nodes_is_quick(client, staff, root, django_assert_max_num_queries):
    made = plant(root)

    with django_assert_max_num_queries(QUERIES):
        client.get("/organizations/")
    answer, seconds = timed(client, "/organizations/")

    assert "10,101" in answer.text.replace("10101", "10,101")
    assert answer.text.count('class="node"') == COMMITTEES + 1
    assert "党员 100" in answer.text
    assert seconds < 1
    level, seconds = timed(client, f"/organizations/?under={made[0].pk}")
    assert level.text.count('class="node"') == BRANCHES
    assert seconds < 0.5


@pytest.mark.parametrize("text", ["第7之9党支部", "d7z9dzb"])
def test_o01_one_of_10_000_is_found_by_name_and_initials(client, staff, root, text):
    plant(root)

    answer, seconds = timed(client, f"/organizations/?q={text}")

    assert "第7之9党支部" in answer.text
    assert seconds < 1


def test_o01_the_tree_of_a_day_with_10_000_nodes(client, staff, root, django_assert_max_num_queries):
    plant(root)

    with django_assert_max_num_queries(QUERIES):
        answer = client.get("/organizations/history/?on=2026-01-01")
    assert answer.text.count('class="node"') == COMMITTEES + 1
    assert timed(client, "/organizations/history/?on=2026-01-01")[1] < 2


def test_o01_four_nodes_take_as_many_queries(client, staff, root, django_assert_max_num_queries):
    BranchFactory(parent=CommitteeFactory(parent=root))

    with django_assert_max_num_queries(QUERIES):
        client.get("/organizations/")
