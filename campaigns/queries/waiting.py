"""What waits for a person on the campaigns floor: one line each on his home page, with the list that answers it.

The shapes are in ``members.rules.registers``.
"""

from branches.permissions import Permission, Scope
from campaigns.queries.agreements import agreements_to_sign
from campaigns.queries.branch_plans import planned_soon, plans_to_judge, plans_to_mend
from campaigns.queries.claims import claims_to_confirm, tasks_to_claim
from campaigns.queries.cleanups import cleanups_to_check
from campaigns.queries.common_claims import commons_to_claim
from campaigns.queries.contacts import open_problems
from campaigns.queries.contests import applications_to_award, applications_to_recommend, applications_to_verify
from campaigns.queries.entries import entries_to_confirm, own_entries_returned
from campaigns.queries.extensions import WAITING_QUERY, waiting_extensions
from campaigns.queries.feedback import waiting_feedback
from campaigns.queries.info_items import items_to_judge
from campaigns.queries.mass_work import calls_to_answer
from campaigns.queries.needs import late_needs, needs_to_rate
from campaigns.queries.pledges import own_pledges_late, pledges_to_judge, pledges_to_publish
from campaigns.queries.problems import (
    closings_to_check,
    look_backs_due,
    problems_overdue,
    problems_returned,
    problems_to_claim,
)
from campaigns.queries.projects import late_projects, projects_to_accept, topics_to_take
from campaigns.queries.snapshots import snapshots_to_answer
from campaigns.queries.work_lists import late_lists
from members.rules.registers import Source, Waiting

SOURCES: tuple[Source, ...] = (
    Source("个人报送待确认", "campaigns:entry_list", Permission.DO_WORK, entries_to_confirm, "?state=to_confirm"),
    Source("被退回的个人报送", "campaigns:entry_list", Permission.TAKE_PART, own_entries_returned, "?state=returned"),
    Source(
        "整改问题待认领", "campaigns:problem_list", Permission.DO_WORK, problems_to_claim, "?state=registered&own=1"
    ),
    Source("整改问题逾期", "campaigns:problem_list", Permission.VIEW_WORK, problems_overdue, "?state=overdue"),
    Source(
        "被退回和反弹的整改问题", "campaigns:problem_list", Permission.DO_WORK, problems_returned, "?state=back&own=1"
    ),
    Source("销号申请待核验", "campaigns:problem_list", Permission.LEAD_WORK, closings_to_check, "?state=asked"),
    Source("已销号问题应回头看", "campaigns:problem_list", Permission.LEAD_WORK, look_backs_due, "?state=look_back"),
    Source("共性问题待对照认领", "campaigns:common_list", Permission.DO_WORK, commons_to_claim),
    Source("专项整治待自查", "campaigns:cleanup_list", Permission.DO_WORK, cleanups_to_check, "?state=running"),
    Source("随手拍待答复", "campaigns:snapshot_list", Permission.DO_WORK, snapshots_to_answer, "?state=waiting&own=1"),
    Source("支部计划待审核", "campaigns:branch_plan_list", Permission.LEAD_WORK, plans_to_judge, "?state=submitted"),
    Source(
        "被退回的支部计划", "campaigns:branch_plan_list", Permission.DO_WORK, plans_to_mend, "?state=returned&own=1"
    ),
    Source("本月和逾期的计划活动", "campaigns:planned_list", Permission.FILE_RECORD, planned_soon, "?state=due"),
    Source("信息待处理", "campaigns:info_list", Permission.LEAD_WORK, items_to_judge, "?state=submitted"),
    Source(
        "目标责任书待签订", "campaigns:agreement_list", Permission.SIGN_AGREEMENT, agreements_to_sign, "?state=sent"
    ),
    Source("有事项逾期的清单", "campaigns:worklist_list", Permission.DO_WORK, late_lists, "?state=late&own=1"),
    Source("联系点问题待解决", "campaigns:contact_list", Permission.DO_WORK, open_problems, "?state=gaps"),
    Source("征集待报送", "campaigns:call_list", Permission.VIEW_WORK, calls_to_answer, "?state=open"),
    Source("意见与减负待答复", "campaigns:feedback_list", Permission.ANSWER_FEEDBACK, waiting_feedback, "?state=said"),
    Source("延期申请待批复", "campaigns:extension_list", Permission.DISPATCH, waiting_extensions, WAITING_QUERY),
    Source("待领办的项目题目", "campaigns:topic_list", Permission.DO_WORK, topics_to_take, "?state=untaken"),
    Source("项目待验收", "campaigns:project_list", Permission.LEAD_WORK, projects_to_accept, "?state=pending"),
    Source("项目逾期未完成", "campaigns:project_list", Permission.DO_WORK, late_projects, "?state=late"),
    Source("可以认领的任务", "campaigns:claim_task_list", Permission.TAKE_PART, tasks_to_claim, "?state=open"),
    Source("党员认领任务待确认", "campaigns:claim_task_list", Permission.DO_WORK, claims_to_confirm, "?state=waiting"),
    Source(
        "争创申报待支部推荐",
        "campaigns:application_list",
        Permission.DO_WORK,
        applications_to_recommend,
        "?state=applied",
    ),
    Source(
        "争创申报待核验",
        "campaigns:application_list",
        Permission.LEAD_WORK,
        applications_to_verify,
        "?state=recommended",
    ),
    Source("争创申报待授予", "campaigns:application_list", Permission.LEAD_WORK, applications_to_award, "?state=met"),
    Source("实事逾期未办结", "campaigns:need_list", Permission.DO_WORK, late_needs, "?state=late&own=1"),
    Source("实事待反映人评价", "campaigns:need_list", Permission.DO_WORK, needs_to_rate, "?state=to_rate"),
    Source("承诺待公示", "campaigns:pledge_list", Permission.DO_WORK, pledges_to_publish, "?state=draft"),
    Source("践诺情况待评定", "campaigns:pledge_list", Permission.DO_WORK, pledges_to_judge, "?state=reported"),
    Source("承诺到期未登记", "campaigns:pledge_list", Permission.TAKE_PART, own_pledges_late, "?state=own"),
)


def waiting_for(scope: Scope) -> list[Waiting]:
    """What waits under the post in use; kinds of which nothing waits are left out."""
    held = (source for source in SOURCES if scope.holds(source.permission))
    return [Waiting(source, count) for source in held if (count := source.count(scope))]
