"""What waits at one's own organisation is told and listed alike."""

from datetime import date

import pytest
from django.urls import reverse

from branches.queries.access import scope_of
from campaigns.queries.branch_plans import plans_to_mend
from campaigns.queries.needs import late_needs, needs_to_rate
from campaigns.queries.snapshots import snapshots_to_answer
from campaigns.queries.waiting import SOURCES
from campaigns.queries.work_lists import late_lists
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns_honours import NeedFactory
from tests.factories.plans_and_links import BranchPlanFactory, WorkListFactory, WorkListItemFactory
from tests.factories.problems import SnapshotFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 20)


def _late_list(place):
    stamp = "2026-03-05T09:00:00+08:00"
    late = WorkListFactory(organization=place, state="confirmed", confirmed_on="2026-03-05", confirmed_at=stamp)
    WorkListItemFactory.create_batch(2, work_list=late, due_on=date(2026, 4, 1))
    WorkListFactory(organization=place, kind="assessment")
    return late


def _returned(place):
    stamp = "2026-03-05T09:00:00+08:00"
    return BranchPlanFactory(
        organization=place, state="returned", submitted_at=stamp, decided_at=stamp,
        submitted_by=make_user_with_post("secretary", place), decided_by=make_user_with_post("staff", place.parent),
        remark="请补充",
    )  # fmt: skip


def _done(place):
    return NeedFactory(organization=place, owner=place, state="done", done_on="2026-03-05", result="已办好")


@pytest.mark.parametrize(
    ("count", "make"),
    [
        (snapshots_to_answer, lambda place: SnapshotFactory(organization=place)),
        (plans_to_mend, _returned),
        (late_lists, _late_list),
        (late_needs, lambda place: NeedFactory(organization=place, owner=place)),
        (needs_to_rate, _done),
    ],
)
def test_the_figure_and_the_list_that_it_opens_agree(client, move_clock, count, make):
    move_clock("2026-04-20T09:00:00+08:00")
    committee = CommitteeFactory(parent=CommitteeFactory())
    own = make(committee)
    make(BranchFactory(parent=committee))
    user = make_user_with_post("staff", committee)
    client.force_login(user)
    source = next(one for one in SOURCES if one.count is count)
    assert source.count(scope_of(user.pk, DAY)) == 1
    assert list(client.get(reverse(source.url_name) + source.query).context["page"]) == [own]
