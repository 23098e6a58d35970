"""减负账 (X03): every figure from rows, by unit, campaign and month."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from branches.models import Organization
from campaigns.actions.crediting import credit_activity
from desk.queries.burden_taken import taken_by_campaign, taken_by_month, taken_by_unit, taken_in
from desk.queries.figures import Selection
from desk.rules.burden_taken import Taken
from desk.rules.windows import window_of
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory
from tests.factories.campaigns import (
    AnswerFactory,
    AnswerMarkFactory,
    AttachmentFactory,
    CampaignFactory,
    FeedbackFactory,
    FiledActivityFactory,
    due,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)
FILED = datetime(2026, 3, 12, 17, 0, tzinfo=ZONE)


@pytest.fixture
def root():
    return OrganizationFactory()


def selection(root, key="2026-03"):
    return Selection(root.path, window_of(key, TODAY))


def branch_of(root: Organization) -> Organization:
    return BranchFactory(parent=CommitteeFactory(parent=root))


def record_for_two(root):
    """One record that counts for a task of each of two campaigns, with a file."""
    branch = branch_of(root)
    for name in ("四型机关", "五型模范机关"):
        due(branch, "activity.theme_day", campaign=CampaignFactory(issuer=root, name=name))
    activity = FiledActivityFactory(organization=branch)
    AttachmentFactory(activity=activity)
    credit_activity(activity)
    return branch


def test_x03_one_record_for_two_campaigns_is_shared(root):
    branch = record_for_two(root)
    taken = taken_in(selection(root))
    assert taken == Taken(records=Decimal(1), files=Decimal(1), credits=2)
    lines = taken_by_campaign(selection(root))
    assert [(line.name, line.taken.records, line.taken.credits) for line in lines] == [
        ("四型机关", Decimal("0.5"), 1), ("五型模范机关", Decimal("0.5"), 1),
    ]  # fmt: skip
    assert [(line.id, line.name) for line in taken_by_unit(selection(root))] == [
        (branch.parent_id, branch.parent.label)
    ]  # fmt: skip


def test_x03_answers_and_what_was_said_are_counted(root):
    branch = branch_of(root)
    answer = AnswerFactory(assignment=due(branch, "manual"), status="filed", filed_at=FILED, counts_from=FILED)
    AnswerMarkFactory(answer=answer)
    FeedbackFactory(organization=branch)
    taken = taken_in(selection(root))
    assert (taken.answers, taken.boxes, taken.said) == (1, 1, 1)


@pytest.mark.parametrize(("key", "records"), [("2026-02", 0), ("2026-03", 1), ("2026Q1", 1), ("2026", 1)])
def test_x03_the_window_decides(root, key, records):
    record_for_two(root)
    assert taken_in(selection(root, key)).records == records


def test_x03_months_are_those_of_filing(root):
    record_for_two(root)
    FiledActivityFactory(organization=branch_of(root), filed_at=datetime(2026, 2, 28, 23, 59, tzinfo=ZONE))
    found = taken_by_month(selection(root, "2026"))
    assert {key: taken.records for key, taken in found.items()} == {"2026-02": 1, "2026-03": 1}


def test_x03_another_tree_is_left_out(root):
    record_for_two(OrganizationFactory())
    assert taken_in(selection(root)) == Taken()
