"""What waits for a person on the members floor: one line each on his home page, with the list that answers it.

The shapes are in ``members.rules.registers``.
"""

from branches.permissions import Permission, Scope
from members.queries.corrections import waiting_corrections
from members.queries.development import overdue_files, waiting_decisions
from members.queries.dues_lists import waiting_dues, waiting_exemptions
from members.queries.duties import waiting_duties
from members.queries.matters import waiting_matters
from members.queries.opinions import opinions_to_answer, opinions_to_close
from members.queries.risks import waiting_risks
from members.queries.rooms import rooms_to_check
from members.queries.standards import sheets_to_check
from members.queries.structure import tasks_to_do, tasks_to_judge
from members.queries.suggestions import suggestions_to_answer
from members.queries.terms import waiting_extensions, waiting_terms
from members.queries.transfers import waiting_count as waiting_transfers
from members.rules.registers import Source, Waiting

SOURCES: tuple[Source, ...] = (
    Source(
        "待答复的更正申请", "members:correction_list", Permission.MANAGE_MEMBER, waiting_corrections, "?state=pending"
    ),
    Source(
        "延期换届申请待批复", "members:term_list", Permission.APPROVE_PARTY_WORK, waiting_extensions, "?state=asked"
    ),
    Source(
        "发展党员待预审和审批",
        "members:development_list",
        Permission.APPROVE_PARTY_WORK,
        waiting_decisions,
        "?waits_for=SUPERIOR",
    ),
    Source("发展党员逾期事项", "members:development_list", Permission.MANAGE_PARTY_WORK, overdue_files, "?due=late"),
    Source(
        "组织关系转接待办理", "members:transfer_list", Permission.MANAGE_PARTY_WORK, waiting_transfers, "?side=waiting"
    ),
    Source(
        "党费减免待审批", "members:dues_base_list", Permission.APPROVE_PARTY_WORK, waiting_exemptions, "?state=asked"
    ),
    Source("党费欠缴人员", "members:dues_arrears", Permission.MANAGE_DUES, waiting_dues),
    Source("换届临近或者逾期的党组织", "members:term_list", Permission.MANAGE_PARTY_WORK, waiting_terms, "?state=due"),
    Source("设置问题待整改", "members:structure_task_list", Permission.MANAGE_PARTY_WORK, tasks_to_do, "?state=open"),
    Source(
        "设置问题说明待审核",
        "members:structure_task_list",
        Permission.APPROVE_PARTY_WORK,
        tasks_to_judge,
        "?state=answered",
    ),
    Source("待核验的党员活动室", "members:room_list", Permission.APPROVE_PARTY_WORK, rooms_to_check, "?state=waiting"),
    Source(
        "待核验的支部标准化自查表",
        "members:standard_list",
        Permission.APPROVE_PARTY_WORK,
        sheets_to_check,
        "?state=submitted",
    ),
    Source(
        "逾期未复查的廉政风险点", "members:risk_list", Permission.MANAGE_PARTY_WORK, waiting_risks, "?state=overdue"
    ),
    Source("应谈应办事项", "members:duty_list", Permission.VIEW_PARTY_WORK, waiting_duties, "?mine=1"),
    Source("下级请示待答复", "members:matter_list", Permission.APPROVE_PARTY_WORK, waiting_matters, "?state=waiting"),
    Source(
        "待回复的听取意见", "members:opinion_list", Permission.MANAGE_PARTY_WORK, opinions_to_answer, "?state=asked"
    ),
    Source(
        "听取意见待办结", "members:opinion_list", Permission.MANAGE_PARTY_WORK, opinions_to_close, "?state=answered"
    ),
    Source(
        "待答复的意见建议",
        "members:suggestion_list",
        Permission.MANAGE_PARTY_WORK,
        suggestions_to_answer,
        "?state=waiting",
    ),
)


def waiting_for(scope: Scope) -> list[Waiting]:
    """What waits under the post in use; kinds of which nothing waits are left out."""
    held = (source for source in SOURCES if scope.holds(source.permission))
    return [Waiting(source, count) for source in held if (count := source.count(scope))]
