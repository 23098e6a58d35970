from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.models import AuditEntry
from branches.permissions import Actor
from members.actions.standings import end_mark, mark_member, note_search
from members.models import MemberChange, SearchNote
from members.queries.roster import figures_on, voters_on
from partybuild.lib import clock
from tests.factories.members import MembershipFactory
from tests.factories.members_roster import SearchNoteFactory, StandingFactory

pytestmark = pytest.mark.django_db

BY = Actor.system()
DAY = date(2026, 2, 1)


@pytest.fixture
def place():
    return MembershipFactory()


def mark(at, kind="lost", **fields):
    fields = {"starts_on": DAY, **fields}
    return mark_member(by=BY, member=at.member, organization=at.organization, kind=kind, **fields)


def test_o04_out_of_reach_and_still_on_the_roster(place):
    standing = mark(place, reason="电话停机")

    assert figures_on(place.organization, clock.today()).full == 1
    change = MemberChange.objects.get()
    assert (change.field, change.after, change.effective_on) == ("standing", "失联", DAY)
    assert AuditEntry.objects.filter(verb="标记失联", object_id=place.member_id).count() == 1
    assert standing.ends_on is None


def test_away_for_work_needs_the_place(place):
    with pytest.raises(ValidationError):
        mark(place, "mobile")
    assert mark(place, "mobile", place="上海市浦东新区").label == "流动（上海市浦东新区）"


@pytest.mark.parametrize("kind", ["suspended", "historical"])
def test_what_changes_counts_is_done_elsewhere(place, kind):
    with pytest.raises(ValidationError, match="单独办理"):
        mark(place, kind)


def test_not_twice_and_not_in_the_future(place):
    mark(place)

    with pytest.raises(ValidationError, match="已标记为失联"):
        mark(place)
    with pytest.raises(ValidationError, match="晚于今天"):
        mark(place, "mobile", place="上海", starts_on=date(2100, 1, 1))


def test_o04_a_search_that_finds_ends_the_mark(place):
    standing = mark(place)
    asked = {"by": BY, "standing": standing, "organization": place.organization, "way": "上门走访"}
    note_search(**asked, on=date(2026, 3, 1), result="家中无人")
    note_search(**asked, on=date(2026, 3, 1), result="家中无人")
    note_search(**asked, on=date(2026, 4, 1), result="已在外地联系上", found=True)

    standing.refresh_from_db()
    assert standing.ends_on == date(2026, 4, 1)
    assert SearchNote.objects.count() == 2
    with pytest.raises(ValidationError, match="没有标记为失联"):
        note_search(**asked, on=date(2026, 5, 1), result="再查")


def test_a_search_lies_between_the_mark_and_today(place):
    asked = {"by": BY, "standing": mark(place), "organization": place.organization, "way": "电话", "result": "无人"}

    with pytest.raises(ValidationError, match="早于失联日期"):
        note_search(**asked, on=date(2026, 1, 31))
    with pytest.raises(ValidationError, match="晚于今天"):
        note_search(**asked, on=date(2100, 1, 1))


def test_a_mark_ends_once(place):
    standing = mark(place)
    asked = {"by": BY, "standing": standing, "organization": place.organization}

    with pytest.raises(ValidationError, match="不能早于"):
        end_mark(**asked, ends_on=date(2026, 1, 31))
    end_mark(**asked, ends_on=date(2026, 3, 1))
    with pytest.raises(ValidationError, match="已经结束"):
        end_mark(**asked, ends_on=date(2026, 3, 2))


def test_suspended_ones_neither_count_nor_vote(place):
    other = MembershipFactory(organization=place.organization).member
    StandingFactory(member=place.member, kind="suspended", starts_on=DAY, ends_on=date(2026, 3, 1))

    def counted(day):
        return (figures_on(place.organization, day).full, list(voters_on(place.organization, day).order_by("pk")))

    assert counted(date(2026, 1, 31)) == (2, [place.member, other])
    assert counted(DAY) == (1, [other])
    assert counted(date(2026, 3, 1)) == (2, [place.member, other])


def test_the_log_belongs_to_its_mark():
    note = SearchNoteFactory()

    assert list(note.standing.searches.all()) == [note]
