"""Pages of entries (个人报送): the member's own, the branch's, what they count for."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from campaigns.actions.entries import enter
from campaigns.models import Entry
from campaigns.rules.entries import EntryDraft, EntryState
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.campaigns import due
from tests.factories.campaigns_entries import REFLECTION, EntryFactory
from tests.factories.members import MemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db
BOOK = {"kind": "book", "held_on": "2026-03-12", "title": "《乡土中国》", "text": REFLECTION}


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-15T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory(), name="第一支部")


@pytest.fixture
def person(branch):
    user = make_user_with_post(Role.MEMBER, branch)
    return MembershipFactory(organization=branch, member=MemberFactory(name="周敏", user=user)).member


@pytest.fixture
def other(branch):
    return MembershipFactory(organization=branch, member=MemberFactory(name="李明")).member


@pytest.fixture
def member(client, person):
    client.force_login(person.user)
    return client


@pytest.fixture
def secretary(client, branch):
    client.force_login(make_user_with_post(Role.SECRETARY, branch))
    return client


def url(name, *args):
    return reverse(f"campaigns:{name}", args=args)


def text_of(answer):
    return answer.content.decode()


def test_a_member_enters_his_own_and_sees_what_it_counts_for(member, person, branch):
    row = due(branch, "study.books", subject="member", title="每月精读一本书")
    answer = member.post(url("entry_new"), BOOK, follow=True)
    assert "已报送 1 条。" in text_of(answer)
    entry = Entry.objects.get()
    row.refresh_from_db()
    assert (entry.member, entry.state, row.done) == (person, EntryState.FILED, 1)
    page = text_of(member.get(url("entry_detail", entry.pk)))
    assert "每月精读一本书" in page
    assert "计 1" in page


def test_a_member_sees_his_own_only(member, person, other, branch):
    assert "organization" not in member.get(url("entry_list")).context["form"].fields  # there is nothing to choose
    mine = EntryFactory(member=person, organization=branch, title="《我的书》")
    his = EntryFactory(member=other, organization=branch, title="《他的书》")
    page = text_of(member.get(url("entry_list")))
    assert "《我的书》" in page
    assert "《他的书》" not in page
    assert member.get(url("entry_detail", his.pk)).status_code == 404
    assert member.post(url("entry_act", mine.pk, "confirm")).status_code == 403


def test_what_is_missing_is_told_at_its_field(member, person):
    answer = member.post(url("entry_new"), BOOK | {"text": ""})
    assert answer.status_code == 422
    assert "请填写心得体会。" in text_of(answer)
    assert not Entry.objects.exists()


def test_what_does_not_count_yet_is_told_at_once(member, person):
    page = text_of(member.post(url("entry_new"), BOOK | {"text": "很好。"}, follow=True))
    assert "已报送 1 条。暂不计入任务：心得体会不足100字。请打开后修改。" in page


def test_what_waits_for_the_branch_is_as_many_as_its_home_page_says(client, branch, other):
    user = make_user_with_post(Role.SECRETARY, branch)
    mine = MembershipFactory(organization=branch, member__user=user).member
    EntryFactory(member=mine, organization=branch, title="《我的书》")
    EntryFactory(member=other, organization=branch, title="《他的书》")
    client.force_login(user)
    home = text_of(client.get("/"))
    assert f"{url('entry_list')}?state=to_confirm" in home
    page = text_of(client.get(url("entry_list") + "?state=to_confirm"))
    assert "《他的书》" in page  # nobody confirms his own
    assert "《我的书》" not in page


def test_the_branch_enters_for_many_at_once(secretary, person, other, branch):
    sent = {"kind": "integrity", "held_on": "2026-03-12", "members": [person.pk, other.pk]}
    answer = secretary.post(url("entry_new"), sent, follow=True)
    assert "已报送 2 条。" in text_of(answer)
    assert set(Entry.objects.values_list("state", flat=True)) == {EntryState.CONFIRMED}
    again = secretary.post(url("entry_new"), sent, follow=True)
    assert "没有重复登记" in text_of(again)


def test_the_branch_confirms_and_sends_back(secretary, person, branch):
    entry = EntryFactory(member=person, organization=branch)
    answer = secretary.post(url("entry_act", entry.pk, "return"), {"text": ""})
    assert answer.status_code == 422
    secretary.post(url("entry_act", entry.pk, "return"), {"text": "请写具体一些"})
    entry.refresh_from_db()
    assert (entry.state, entry.remark) == (EntryState.RETURNED, "请写具体一些")
    assert "请写具体一些" in text_of(secretary.get(url("entry_list")))


def test_a_member_mends_what_came_back(member, person, branch):
    entry = EntryFactory(member=person, organization=branch, state=EntryState.RETURNED, remark="请写具体一些")
    assert "请写具体一些" in text_of(member.get(url("entry_edit", entry.pk)))
    member.post(url("entry_edit", entry.pk), BOOK)
    entry.refresh_from_db()
    assert (entry.state, entry.title, entry.held_on) == (EntryState.FILED, "《乡土中国》", date(2026, 3, 12))


def test_the_kind_may_be_chosen_beforehand(member):
    form = member.get(url("entry_new") + "?kind=hours").context["form"]
    assert form["kind"].value() == "hours"
    assert member.get(url("entry_new") + "?kind=dance").context["form"]["kind"].value() is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(secretary, branch, count):
    secretary.get(url("entry_list"))
    for _ in range(count):
        EntryFactory(organization=branch)
    with CaptureQueriesContext(connection) as captured:
        assert f"共 {count} 条" in text_of(secretary.get(url("entry_list")))
    assert len(captured) == QUERIES


QUERIES = 9


def test_the_list_is_filtered_and_exported(secretary, branch, person):
    EntryFactory(organization=branch, member=person, title="《乡土中国》")
    EntryFactory(organization=branch, kind="integrity", title="年度廉洁承诺书", text="")
    page = text_of(secretary.get(url("entry_list"), {"kind": "book", "q": "周敏"}))
    assert "《乡土中国》" in page
    assert "共 1 条" in page
    assert secretary.get(url("entry_list"), {"year": "x"}).status_code == 422
    answer = secretary.get(url("entry_export"), {"kind": "book"})
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")


def test_the_task_leads_to_the_entry_and_to_the_place(secretary, branch, person):
    row = due(branch, "study.books", subject="member")
    page = text_of(secretary.get(url("assignment_detail", row.pk)))
    assert "台账中还没有有关事项" in page
    assert "到个人报送登记" in page
    (entry,) = enter(
        by=actor(make_user_with_post(Role.SECRETARY, branch)), organization=branch, members=[person],
        draft=EntryDraft("book", date(2026, 3, 12), "《乡土中国》", "短。"),
    )  # fmt: skip
    page = text_of(secretary.get(url("assignment_detail", row.pk)))
    assert f'href="{url("entry_detail", entry.pk)}"' in page
    assert "心得体会不足100字。" in page


def test_a_checklist_is_not_offered_for_what_a_register_tells(secretary, branch):
    row = due(branch, "study.books", subject="member")
    assert secretary.get(url("assignment_answer", row.pk)).status_code == 302
