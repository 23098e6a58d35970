"""All that waits for a person: what the menu counts and what the floors tell, each with the list that answers it."""

from assessments.queries.counts import sheets_waiting
from branches.permissions import Permission, Scope
from campaigns.queries.counts import open_assignments, records_to_review
from campaigns.queries.waiting import waiting_for as work_waiting_for
from members.queries.waiting import waiting_for as register_waiting_for
from members.rules.registers import Source, Waiting

COUNTED: tuple[Source, ...] = (
    Source("本月和逾期未完成的任务", "campaigns:assignment_list", Permission.VIEW_ASSIGNMENT, open_assignments),
    Source("活动记录和填报待审核", "campaigns:review_desk", Permission.REVIEW_RECORD, records_to_review),
    Source("考核评价待自查或者评分", "assessments:round_list", Permission.VIEW_SCORE, sheets_waiting),
)


def waiting_for(scope: Scope) -> list[Waiting]:
    """What waits under the post in use, those nearest to the tasks first."""
    held = (source for source in COUNTED if scope.holds(source.permission))
    counted = [Waiting(source, count) for source in held if (count := source.count(scope) or 0)]
    return [*counted, *work_waiting_for(scope), *register_waiting_for(scope)]
