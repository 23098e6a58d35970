"""Filing many at once is filing each: the same row, version, hints, review, credits and counts."""

import pytest

from branches.models import AuditEntry
from campaigns.actions.activities import file_activity
from campaigns.actions.filing import file_together
from campaigns.models import Activity, ActivityVersion, Credit, Fingerprint, Tally
from campaigns.queries.crediting import policies_behind
from campaigns.rules.activities import RecordError
from tests.factories.district import MINUTES, District
from tests.factories.office import RuleFactory

pytestmark = pytest.mark.django_db
ROW = (
    "status", "version", "filed_at", "filed_by", "counts_from", "needs_review", "review_unit", "review_level", "flags",
)  # fmt: skip


@pytest.fixture
def district(move_clock) -> District:
    move_clock("2026-03-12T12:00:00+08:00")
    return District()


def traces(activity, assignment):
    """All that filing leaves."""
    assignment.refresh_from_db()
    return {
        "row": Activity.objects.values_list(*ROW).get(pk=activity.pk),
        "version": ActivityVersion.objects.values_list("number", "content", "filed_at", "filed_by").get(
            activity=activity
        ),
        "text": list(Fingerprint.objects.filter(activity=activity).values_list("bands", flat=True)),
        "credit": Credit.objects.values_list("assignment", "counted", "amount", "reason").get(activity=activity),
        "assignment": (assignment.state, assignment.done, assignment.completed_at),
        "tally": list(Tally.objects.order_by("pk").values_list("due_month", "on_time", "open")),
        "trail": AuditEntry.objects.filter(object_type="campaigns.Activity", object_id=activity.pk)
        .order_by("-pk").values_list("verb", "user_id", "organization_id", "detail").first(),
    }  # fmt: skip


@pytest.mark.parametrize("policy", ["every", "sample", "flagged"])
@pytest.mark.parametrize("minutes", [MINUTES, "太短"])
def test_together_leaves_what_one_by_one_leaves(district, policy, minutes):
    district.campaign.review_policy = policy
    district.campaign.save()
    RuleFactory(code="review.sample_percent", value=100)
    assignment = district.due()
    activity = district.saved(minutes=minutes)

    file_activity(by=district.by, activity=activity)
    alone = traces(activity, assignment)
    Credit.objects.all().delete()
    ActivityVersion.objects.all().delete()
    Fingerprint.objects.all().delete()
    Activity.objects.update(
        status="draft", version=0, filed_at=None, filed_by=None, counts_from=None, needs_review=False, review_unit=None,
        flags=[],
    )  # fmt: skip
    type(assignment).objects.update(state="open", done=0, completed_at=None)
    file_together(by=district.by, activities=[Activity.objects.select_related("organization").get()])

    assert traces(activity, assignment) == alone


def test_two_that_are_alike_are_both_hinted_at(district):
    first, second = district.saved(title="一"), district.saved(title="二")

    file_together(by=district.by, activities=[first, second])

    flags = Activity.objects.order_by("pk").values_list("flags", flat=True)
    assert [[flag["code"] for flag in each] for each in flags] == [["same_text"], ["same_text"]]


def test_what_is_filed_is_not_filed_again(district):
    activity = district.saved()
    file_together(by=district.by, activities=[activity])

    with pytest.raises(RecordError, match="不能提交"):
        file_together(by=district.by, activities=[activity])


def test_nothing_to_file_asks_nothing(district, django_assert_num_queries):
    by = district.by

    with django_assert_num_queries(0):
        file_together(by=by, activities=[])


def test_policies_are_those_of_the_campaigns_that_would_count_it(district):
    district.due()
    district.due("activity.party_lecture")
    counting, other = district.saved(title="一"), district.saved(title="二", kind="other")

    assert policies_behind([counting, other]) == {counting.pk: {"flagged"}, other.pk: set()}


def test_the_queries_for_policies_do_not_grow(district, django_assert_num_queries):
    district.due()
    activities = [district.saved(title=str(number)) for number in range(3)]

    for some in (activities[:1], activities):
        with django_assert_num_queries(4):
            policies_behind(some)
