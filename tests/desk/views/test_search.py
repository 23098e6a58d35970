"""The search box."""

import pytest

from branches.enums import Role
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.campaigns import FiledActivityFactory
from tests.factories.desk import make_district
from tests.factories.members import MembershipFactory
from tests.factories.office import DocumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    made = make_district()
    MembershipFactory(organization=made.branches[0], member__name="周敏", member__initials="zm")
    MembershipFactory(organization=made.branches[2], member__name="周敏儿", member__initials="zme")
    FiledActivityFactory(organization=made.branches[0], title="财局学习条例")
    DocumentFactory(issuer=made.root, title="学习条例的通知")
    return made


def found(client, user, query):
    client.force_login(user)
    page = client.get(f"/search/?{query}")
    assert page.status_code == 200
    return {group.key: [hit.title for hit in group.hits] for group in page.context["found"]}


def test_things_of_every_kind_are_found(client, district):
    staff = make_user_with_post(Role.STAFF, district.root)
    assert found(client, staff, "q=学习条例") == {"activities": ["财局学习条例"], "documents": ["学习条例的通知"]}
    assert found(client, staff, "q=财局") == {
        "organizations": ["财局机关党委", "财局第1支部", "财局第2支部"],
        "activities": ["财局学习条例"],
    }
    assert found(client, staff, "q=四型") == {"campaigns": ["四型机关（2026年）"]}
    assert found(client, staff, "q=规范组织") == {"tasks": ["规范组织生活"] * 3}


@pytest.mark.parametrize("words", ["周敏", "zm", "ZM"])
def test_people_are_found_by_name_and_initials_with_their_branch(client, district, words):
    client.force_login(make_user_with_post(Role.STAFF, district.root))
    groups = client.get(f"/search/?q={words}").context["found"]
    assert [(hit.title, hit.note) for hit in groups[0].hits] == [("周敏", "财局第1支部"), ("周敏儿", "司局第1支部")]


def test_only_what_the_scope_reaches(client, district):
    secretary = make_user_with_post(Role.SECRETARY, district.branches[0])
    assert found(client, secretary, "q=周敏") == {"members": ["周敏"]}
    assert found(client, secretary, "q=支部") == {"organizations": ["财局第1支部"]}
    assert found(client, secretary, "q=通知") == {}


def test_who_may_not_see_people_finds_none(client, district):
    inspector = make_user_with_post(Role.INSPECTOR, district.root)
    assert found(client, inspector, "q=周敏") == {}


def test_more_of_one_kind(client, district):
    for number in range(12):
        BranchFactory(parent=district.committees[0], name=f"新设支部{number:02}")
    staff = make_user_with_post(Role.STAFF, district.root)
    client.force_login(staff)
    first = client.get("/search/?q=新设").context["found"][0]
    assert (len(first.hits), first.has_more) == (10, True)
    more = client.get("/search/?q=新设&kind=organizations").context["found"][0]
    assert (len(more.hits), more.has_more) == (12, False)


def test_as_many_queries_for_one_hit_as_for_ten(client, district, django_assert_num_queries):
    client.force_login(make_user_with_post(Role.LEADER, district.root))
    with django_assert_num_queries(11):
        client.get("/search/?q=财局")
    for number in range(12):
        MembershipFactory(organization=district.branches[0], member__name=f"财局党员{number}")
        FiledActivityFactory(organization=district.branches[0], title="财局学习")
    with django_assert_num_queries(12):  # one more: whose members they are
        client.get("/search/?q=财局")


@pytest.mark.parametrize(("query", "code"), [("", 200), ("q=", 200), ("q=" + "长" * 61, 422), ("q=x&kind=secret", 422)])
def test_what_cannot_be_searched_for(client, district, query, code):
    client.force_login(make_user_with_post(Role.STAFF, district.root))
    page = client.get(f"/search/?{query}")
    assert page.status_code == code
    assert page.context["found"] == []


def test_words_are_words(client, district):
    client.force_login(make_user_with_post(Role.STAFF, district.root))
    html = client.get("/search/?q=<script>%25_").content.decode()
    assert "<script>%" not in html
    assert "没有找到" in html
