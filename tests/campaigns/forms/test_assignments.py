from datetime import date

import pytest
from django.http import QueryDict

from branches.queries.access import scope_of
from campaigns.forms.assignments import AssignmentFilterForm
from campaigns.queries.assignments import AssignmentFilter
from partybuild.lib import periods
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns import CampaignFactory, TargetFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory(name="财政局机关党委", code="C1")


def scope_for(role, organization):
    return scope_of(make_user_with_post(role, organization).pk, TODAY)


def asked(query, scope):
    form = AssignmentFilterForm(QueryDict(query), scope=scope)
    assert form.is_valid(), form.errors
    return form


def test_a_bare_list_opens_with_what_a_secretary_has_to_do_and_with_a_superior_s_month(committee):
    branch = BranchFactory(parent=committee)

    own = asked("", scope_for("secretary", branch)).wanted()
    staff = asked("", scope_for("staff", committee)).wanted()

    assert own == AssignmentFilter(owner=branch.pk, state="todo")
    assert staff == AssignmentFilter(due_in=periods.parse("2026-03"))


@pytest.mark.parametrize("query", ["sort=-due_on", "after=2026-03-31.7", "all=1"])
def test_turning_pages_sorting_and_choosing_all_keep_what_the_list_opened_with(committee, query):
    assert asked(query, scope_for("staff", committee)).wanted() == AssignmentFilter(due_in=periods.parse("2026-03"))


def test_every_field_narrows(committee):
    target = TargetFactory(task__campaign=CampaignFactory(issuer=committee))
    task = target.task
    query = (
        f"campaign={task.campaign_id}&dimension={task.dimension_id}&task={task.pk}&target={target.pk}&organization=C1"
        "&own=1&month=2026Q1&due_on=2026-03-31&state=overdue&result=done&q=党日"
    )

    form = asked(query, scope_for("staff", committee))

    assert form.wanted() == AssignmentFilter(
        campaign=task.campaign_id, dimension=task.dimension_id, task=task.pk, target=target.pk, organization=committee,
        is_own=True, due_in=periods.parse("2026Q1"), due_on=date(2026, 3, 31), state="overdue", result="done",
        words="党日",
    )  # fmt: skip
    assert dict(form.fields["month"].choices)["2026Q1"] == "2026年一季度"
    assert [(name, words) for name, _, words in form.notes()] == [
        ("dimension", "政治机关"),
        ("task", str(task)),
        ("target", "主题党日"),
        ("result", "已完成（含补报）"),
    ]


@pytest.mark.parametrize(
    "query",
    ["month=2026-13", "month=once", "month=term:1", "month=x", "state=gone", "result=x", "campaign=0", "task=x",
     "due_on=32", "organization=Z9", f"q={'长' * 65}", "q=%00"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(committee, query):
    assert not AssignmentFilterForm(QueryDict(query), scope=scope_for("staff", committee)).is_valid()


def test_a_campaign_or_place_out_of_sight_cannot_be_asked_for(committee):
    scope = scope_for("staff", committee)
    draft = CampaignFactory(issuer=committee, status="draft", published_on=None)
    CommitteeFactory(code="C2")

    for query in (f"campaign={CampaignFactory().pk}", f"campaign={draft.pk}", "organization=C2"):
        assert not AssignmentFilterForm(QueryDict(query), scope=scope).is_valid()


def test_a_secretary_s_list_has_no_choice_of_organisations(committee):
    form = asked("organization=C1", scope_for("secretary", BranchFactory(parent=committee)))

    assert "organization" not in form.fields
    assert form.wanted().organization is None
