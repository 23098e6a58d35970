"""The lists of special work (专项工作) that the hub page gathers, each with what it holds and what is missing.

Plans, agreements, projects, information, pairings, drives, needs and pledges: what the plans ask for beside records of
activities. The shapes are in ``members.rules.registers``: a noun's query imports them from there.
"""

from collections.abc import Callable

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
from campaigns.queries.sit_ins import sit_in_figures
from campaigns.queries.work_lists import list_figures
from campaigns.queries.work_rights import CONCERNED
from members.queries.hubs import hub_groups
from members.rules.registers import Figures, Register

PLANNING, LINKS, CREATION, SERVICE = "计划与责任", "联系与宣传", "争创与项目", "服务与群团"
GROUPS = (PLANNING, CREATION, LINKS, SERVICE)


def _work(
    group: str, label: str, url_name: str, figures: Callable[[Scope], Figures], *, is_for_all: bool = False
) -> Register:
    """A list of special work; what is missing there concerns those who see to it, lead it or oversee it, or all."""
    return Register(group, label, url_name, Permission.VIEW_WORK, figures, faults_for=() if is_for_all else CONCERNED)


WORKS: tuple[Register, ...] = (
    _work(CREATION, "项目题目", "campaigns:topic_list", topic_figures),
    _work(CREATION, "一支一项项目", "campaigns:project_list", project_figures),
    _work(CREATION, "党员认领任务", "campaigns:claim_task_list", claim_figures),
    _work(CREATION, "争创活动", "campaigns:contest_list", contest_figures),
    _work(CREATION, "荣誉名册", "campaigns:award_list", award_figures),
    _work(SERVICE, "实事清单", "campaigns:need_list", need_figures),
    _work(SERVICE, "个人报送", "campaigns:entry_list", entry_figures),
    _work(SERVICE, "承诺践诺", "campaigns:pledge_list", pledge_figures),
    _work(PLANNING, "支部计划", "campaigns:branch_plan_list", plan_figures),
    _work(PLANNING, "计划活动", "campaigns:planned_list", planned_figures),
    _work(PLANNING, "目标责任书", "campaigns:agreement_list", agreement_figures),
    _work(PLANNING, "项目和责任清单", "campaigns:worklist_list", list_figures),
    _work(LINKS, "联系点和结对共建", "campaigns:contact_list", contact_figures),
    _work(PLANNING, "专职副书记列席会议", "campaigns:sit_in_list", sit_in_figures),
    _work(LINKS, "信息报送", "campaigns:info_list", info_figures),
    _work(LINKS, "经验交流", "campaigns:experience_list", experience_figures),
    _work(SERVICE, "群团组织", "campaigns:mass_list", mass_figures),
    _work(SERVICE, "征集", "campaigns:call_list", call_figures, is_for_all=True),
)


def works_for(scope: Scope) -> list[tuple[str, list[tuple[Register, Figures]]]]:
    """Group → lists that the scope may open, with their figures."""
    return hub_groups(WORKS, GROUPS, scope)
