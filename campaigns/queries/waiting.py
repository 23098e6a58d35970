"""What waits for a person on the campaigns floor: one line each on his home page, with the list that answers it.

The shapes are in ``members.rules.registers``.
"""

from branches.permissions import Permission, Scope
from campaigns.queries.agreements import agreements_to_sign
from campaigns.queries.branch_plans import planned_soon, plans_to_judge, plans_to_mend
from campaigns.queries.contacts import open_problems
from campaigns.queries.extensions import WAITING_QUERY, waiting_extensions
from campaigns.queries.info_items import items_to_judge
from campaigns.queries.mass_work import calls_to_answer
from campaigns.queries.work_lists import late_items
from members.rules.registers import Source, Waiting

SOURCES: tuple[Source, ...] = (
    Source("支部计划待审核", "campaigns:branch_plan_list", Permission.LEAD_WORK, plans_to_judge, "?state=submitted"),
    Source("被退回的支部计划", "campaigns:branch_plan_list", Permission.DO_WORK, plans_to_mend, "?state=returned"),
    Source("本月和逾期的计划活动", "campaigns:planned_list", Permission.FILE_RECORD, planned_soon),
    Source("信息待处理", "campaigns:info_list", Permission.LEAD_WORK, items_to_judge, "?state=submitted"),
    Source(
        "目标责任书待签订", "campaigns:agreement_list", Permission.SIGN_AGREEMENT, agreements_to_sign, "?state=sent"
    ),
    Source("清单事项逾期", "campaigns:worklist_list", Permission.DO_WORK, late_items, "?state=confirmed"),
    Source("联系点问题待解决", "campaigns:contact_list", Permission.DO_WORK, open_problems, "?state=gaps"),
    Source("征集待报送", "campaigns:call_list", Permission.VIEW_WORK, calls_to_answer, "?state=open"),
    Source("延期申请待批复", "campaigns:extension_list", Permission.DISPATCH, waiting_extensions, WAITING_QUERY),
)


def waiting_for(scope: Scope) -> list[Waiting]:
    """What waits under the post in use; kinds of which nothing waits are left out."""
    held = (source for source in SOURCES if scope.holds(source.permission))
    return [Waiting(source, count) for source in held if (count := source.count(scope))]
