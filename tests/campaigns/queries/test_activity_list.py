"""Activities in lists: the scope, the conditions, the figures."""

from datetime import date

import pytest

from branches.queries.access import scope_of
from campaigns.models import Activity
from campaigns.queries.activity_list import FIELDS, ActivityFilter, filtered, line_of, with_figures
from partybuild.lib import periods
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.campaigns import ActivityFactory, AttendanceFactory, CreditFactory, FiledActivityFactory
from tests.factories.district import District

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> District:
    return District()


def scope(user):
    return scope_of(user.pk, date(2026, 3, 12))


def found(user, **wanted) -> list[int]:
    return sorted(filtered(scope(user), ActivityFilter(**wanted)).values_list("pk", flat=True))


def test_superiors_see_all_below_but_no_drafts_of_others(district):
    draft = ActivityFactory(organization=district.branch)
    filed = FiledActivityFactory(organization=district.branch)
    own_draft = ActivityFactory(organization=district.committee)
    FiledActivityFactory()

    assert found(district.secretary) == [draft.pk, filed.pk]
    assert found(district.staff) == [filed.pk, own_draft.pk]
    assert found(make_user_with_post("leader", district.root)) == [filed.pk]
    assert found(make_user_with_post("sysadmin", district.root)) == []


def test_every_condition_narrows(district):
    other = BranchFactory(parent=district.committee, name="民政局支部")
    first = FiledActivityFactory(organization=district.branch, title="学习条例", needs_review=True)
    second = FiledActivityFactory(
        organization=other, kind="study", held_on=date(2026, 2, 3), minutes="读书班", status="approved"
    )
    void = FiledActivityFactory(organization=other, status="void", void_reason="重复")
    credit = CreditFactory(activity=first, assignment=district.due())
    CreditFactory(activity=second, assignment=district.due(), counted=False, amount=0, reason="未达条件。")
    both = [first.pk, second.pk]

    assert found(district.staff) == both
    assert found(district.staff, organization=other) == [second.pk]
    assert found(district.staff, kind="study") == [second.pk]
    assert found(district.staff, held_in=periods.parse("2026-02")) == [second.pk]
    assert found(district.staff, state="pending") == [first.pk]
    assert found(district.staff, state="counting") == []
    assert found(district.staff, state="approved") == [second.pk]
    assert found(district.staff, state="void") == [void.pk]
    assert found(district.staff, campaign=credit.assignment.campaign_id) == [first.pk]
    assert found(district.staff, words="条例") == [first.pk]
    assert found(district.staff, words="读书班") == [second.pk]
    assert found(district.staff, words="民政") == [second.pk]
    assert found(district.staff, words="集中学习") == [second.pk]  # its kind


def test_a_line_tells_who_was_there_and_for_how_much_it_counts(district):
    activity = FiledActivityFactory(
        organization=district.branch,
        needs_review=True,
        flags=[{"code": "thin", "label": "内容偏少", "sentence": "记录 2 字"}],
    )
    for is_present in (True, True, False):
        AttendanceFactory(activity=activity, is_present=is_present)
    for _ in range(2):
        CreditFactory(activity=activity, assignment=district.due())
    CreditFactory(activity=activity, assignment=district.due(), counted=False, amount=0, reason="未达条件。")

    line = line_of(with_figures(Activity.objects.all()).values(*FIELDS, "pk", "held_on").get())

    assert (line.present, line.expected, line.counted) == (2, 3, 2)
    assert (line.mark, line.status, line.flags) == ("pending", "待审核", ("内容偏少",))
    assert (line.organization, line.kind) == (district.branch.name, "主题党日")
