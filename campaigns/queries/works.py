"""The lists of special work (专项工作) that the hub page gathers, each with what it holds and what is missing.

Plans, agreements, projects, information, pairings, drives, needs and pledges: what the plans ask for beside records of
activities. The shapes are in ``members.rules.registers``: a noun's query imports them from there.
"""

from branches.permissions import Permission, Scope
from campaigns.queries.agreements import agreement_figures
from campaigns.queries.branch_plans import plan_figures, planned_figures
from campaigns.queries.claims import claim_figures
from campaigns.queries.contacts import contact_figures
from campaigns.queries.contests import award_figures, contest_figures
from campaigns.queries.entries import entry_figures
from campaigns.queries.info_items import experience_figures, info_figures
from campaigns.queries.mass_work import call_figures, mass_figures
from campaigns.queries.needs import need_figures
from campaigns.queries.pledges import pledge_figures
from campaigns.queries.projects import project_figures, topic_figures
from campaigns.queries.work_lists import list_figures
from members.rules.registers import Figures, Register

PLANNING, LINKS, CREATION, SERVICE = "计划与责任", "联系与宣传", "争创与项目", "服务与群团"
GROUPS = (PLANNING, CREATION, LINKS, SERVICE)

_VIEW = Permission.VIEW_WORK
WORKS: tuple[Register, ...] = (
    Register(CREATION, "项目题目", "campaigns:topic_list", Permission.VIEW_WORK, topic_figures),
    Register(CREATION, "一支一项项目", "campaigns:project_list", Permission.VIEW_WORK, project_figures),
    Register(CREATION, "党员认领任务", "campaigns:claim_task_list", Permission.VIEW_WORK, claim_figures),
    Register(CREATION, "争创活动", "campaigns:contest_list", Permission.VIEW_WORK, contest_figures),
    Register(CREATION, "荣誉名册", "campaigns:award_list", Permission.VIEW_WORK, award_figures),
    Register(SERVICE, "实事清单", "campaigns:need_list", Permission.VIEW_WORK, need_figures),
    Register(SERVICE, "个人报送", "campaigns:entry_list", Permission.VIEW_WORK, entry_figures),
    Register(SERVICE, "承诺践诺", "campaigns:pledge_list", Permission.VIEW_WORK, pledge_figures),
    Register(PLANNING, "支部计划", "campaigns:branch_plan_list", _VIEW, plan_figures),
    Register(PLANNING, "计划活动", "campaigns:planned_list", _VIEW, planned_figures),
    Register(PLANNING, "目标责任书", "campaigns:agreement_list", _VIEW, agreement_figures),
    Register(PLANNING, "项目和责任清单", "campaigns:worklist_list", _VIEW, list_figures),
    Register(LINKS, "联系点和结对共建", "campaigns:contact_list", _VIEW, contact_figures),
    Register(LINKS, "信息报送", "campaigns:info_list", _VIEW, info_figures),
    Register(LINKS, "经验交流", "campaigns:experience_list", _VIEW, experience_figures),
    Register(SERVICE, "群团组织", "campaigns:mass_list", _VIEW, mass_figures),
    Register(SERVICE, "征集", "campaigns:call_list", _VIEW, call_figures),
)


def works_for(scope: Scope) -> list[tuple[str, list[tuple[Register, Figures]]]]:
    """Group → lists that the scope may open, with their figures."""
    asked = [(work, work.figures(scope)) for work in WORKS if scope.holds(work.permission)]
    found = [(work, figures) for work, figures in asked if figures is not None]
    return [
        (group, rows) for group in GROUPS if (rows := [(work, told) for work, told in found if work.group == group])
    ]
