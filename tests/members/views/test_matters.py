"""Pages of matters, opinions asked of branches, members' suggestions and delegates."""

from datetime import date

import pytest
from django.urls import reverse

from branches.enums import Role
from members.models import Matter, OpinionRequest, Suggestion
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory
from tests.factories.members_matters import (
    DelegateFactory,
    MatterFactory,
    OpinionRequestFactory,
    SuggestionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory(), name="第一支部")


@pytest.fixture
def staff(client, branch):
    user = make_user_with_post(Role.STAFF, branch.parent)
    client.force_login(user)
    return user


def test_o11_a_branch_puts_a_request_to_its_superior(client, branch, staff):
    client.force_login(make_user_with_post(Role.SECRETARY, branch))
    data = {
        "organization": branch.code, "kind": "request", "title": "增补委员", "happened_on": "2026-03-02",
        "reported_on": "2026-03-02",
    }  # fmt: skip
    answer = client.post(reverse("members:matter_new"), data)
    matter = Matter.objects.get()
    assert answer.url == reverse("members:matter_detail", args=[matter.pk])

    client.force_login(staff)
    assert "下级请示待答复" in client.get("/").text
    client.post(reverse("members:matter_answer", args=[matter.pk]), {"answer": "同意增补。"})
    assert "同意增补。" in client.get(answer.url).text


def test_o11_what_did_not_come_before_a_meeting_is_listed_and_counted(client, staff, branch):
    missed = MatterFactory(organization=branch, kind="funds", reported_on=None)
    MatterFactory(organization=branch, kind="funds", meeting="支委会", held_on=date(2026, 3, 1))
    page = client.get(reverse("members:matter_list") + "?state=no_meeting")
    assert list(page.context["page"]) == [missed]
    assert "1 件应经会议集体决定而未经" in client.get(reverse("members:register_list")).text


def test_o15_the_superior_asks_and_the_branch_answers(client, branch, staff):
    member = MembershipFactory(organization=branch, member=MemberFactory(name="周敏")).member
    data = {"member": "周敏", "purpose": "award", "subject": "优秀共产党员"}
    answer = client.post(reverse("members:opinion_new"), data)
    request = OpinionRequest.objects.get()
    assert (request.member, request.asker, answer.status_code) == (member, branch.parent, 302)

    client.force_login(make_user_with_post(Role.SECRETARY, branch))
    assert "待回复的听取意见" in client.get("/").text
    client.post(reverse("members:opinion_answer", args=[request.pk]), {"answer": "agreed", "met_on": "2026-03-05"})
    client.force_login(staff)
    client.post(reverse("members:opinion_close", args=[request.pk]))
    request.refresh_from_db()
    assert request.closed_on == date(2026, 3, 5)


def test_o15_what_is_late_is_listed(client, staff, branch):
    OpinionRequestFactory(organization=branch)
    late = OpinionRequestFactory(organization=branch, asked_on=date(2026, 2, 1), due_on=date(2026, 2, 8))
    page = client.get(reverse("members:opinion_list") + "?state=late")
    assert list(page.context["page"]) == [late]


def test_o17_a_member_says_something_and_sees_the_answer(client, branch):
    user = make_user_with_post(Role.MEMBER, branch)
    MembershipFactory(organization=branch, member=MemberFactory(user=user))
    client.force_login(user)
    url = reverse("members:suggestion_own")
    client.post(url, {"text": "建议增加现场学习。"})
    suggestion = Suggestion.objects.get()

    client.force_login(make_user_with_post(Role.SECRETARY, branch))
    assert "待答复的意见建议" in client.get("/").text
    client.post(reverse("members:suggestion_answer", args=[suggestion.pk]), {"answer": "已列入计划。"})

    client.force_login(user)
    assert "已列入计划。" in client.get(url).text


def test_o17_a_hidden_name_is_shown_to_the_answerer_alone(client, staff, branch):
    member = MemberFactory(name="周敏")
    suggestion = SuggestionFactory(organization=branch, member=member, is_nameless=True)
    pages = [reverse("members:suggestion_list"), reverse("members:suggestion_detail", args=[suggestion.pk])]
    assert [("周敏" in client.get(page).text) for page in pages] == [False, False]
    client.force_login(make_user_with_post(Role.SECRETARY, branch))
    assert [("周敏" in client.get(page).text) for page in pages] == [True, True]


def test_o17_delegates_whose_term_ends_soon(client, staff, branch):
    near = DelegateFactory(organization=branch, term_ends_on=date(2026, 6, 1))
    DelegateFactory(organization=branch)
    page = client.get(reverse("members:delegate_list") + "?state=near")
    assert list(page.context["page"]) == [near]


LISTS = {
    "matter": MatterFactory,
    "opinion": OpinionRequestFactory,
    "suggestion": SuggestionFactory,
    "delegate": DelegateFactory,
}


@pytest.mark.parametrize("noun", LISTS)
def test_lists_take_as_many_queries_for_three_as_for_one(client, staff, branch, noun, count_queries):
    url = reverse(f"members:{noun}_list")
    LISTS[noun](organization=branch)
    client.get(url)
    one = count_queries(lambda: client.get(url))
    for _ in range(2):
        LISTS[noun](organization=BranchFactory(parent=branch.parent))
    assert count_queries(lambda: client.get(url)) == one


@pytest.mark.parametrize("noun", LISTS)
def test_lists_go_out_as_workbooks(client, staff, branch, noun):
    LISTS[noun](organization=branch)
    answer = client.get(reverse(f"members:{noun}_export"))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content if answer.streaming else [answer.content])[:2] == b"PK"


@pytest.fixture
def count_queries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(call) -> int:
        with CaptureQueriesContext(connection) as queries:
            call()
        return len(queries)

    return count
