"""The registers of party work (党务台账) that the hub page lists, each with what it holds and what is missing.

A register is one list page. What counts as missing is its check: the figure leads to the rows that it counts.
The shapes (``Figures``, ``Register``) are in ``members.rules.registers``: a noun's query imports them from there.
"""

from branches.permissions import Permission, Scope
from members.queries.basics import basics_figures
from members.queries.care import care_figures
from members.queries.delegates import delegate_figures
from members.queries.development import development_figures
from members.queries.dues_lists import dues_figures
from members.queries.duties import duty_figures
from members.queries.hubs import hub_groups
from members.queries.matters import matter_figures
from members.queries.opinions import opinion_figures
from members.queries.party_workers import party_worker_figures
from members.queries.restricted import discipline_figures, restricted_figures
from members.queries.risks import risk_figures
from members.queries.rooms import room_figures
from members.queries.standards import standard_figures
from members.queries.standings import lost_figures
from members.queries.structure import structure_figures
from members.queries.suggestions import suggestion_figures
from members.queries.terms import term_figures
from members.queries.transfers import transfer_figures
from members.queries.weak_branches import weak_figures
from members.queries.year_facts import year_figures
from members.rules.registers import CONDUCT, GROUPS, MATTERS, MEMBERS, ORGANIZATION, Figures, Register

REGISTERS: tuple[Register, ...] = (
    Register(MEMBERS, "基础台账", "members:basics_list", Permission.VIEW_PARTY_WORK, basics_figures, is_key_task=True),
    Register(MEMBERS, "失联党员", "members:lost_list", Permission.VIEW_PARTY_WORK, lost_figures, is_key_task=True),
    Register(
        MEMBERS,
        "发展党员",
        "members:development_list",
        Permission.VIEW_PARTY_WORK,
        development_figures,
        is_key_task=True,
    ),
    Register(
        MEMBERS, "组织关系转接", "members:transfer_list", Permission.VIEW_PARTY_WORK, transfer_figures,
        is_key_task=True,
    ),
    Register(MEMBERS, "党费收缴", "members:dues_list", Permission.VIEW_PARTY_WORK, dues_figures, is_key_task=True),
    Register(ORGANIZATION, "换届", "members:term_list", Permission.VIEW_PARTY_WORK, term_figures, is_key_task=True),
    Register(ORGANIZATION, "设置检查", "members:structure_list", Permission.VIEW_PARTY_WORK, structure_figures),
    Register(ORGANIZATION, "党务干部", "members:party_worker_list", Permission.VIEW_PARTY_WORK, party_worker_figures),
    Register(ORGANIZATION, "年度数据", "members:year_facts_list", Permission.VIEW_PARTY_WORK, year_figures),
    Register(CONDUCT, "应谈应办", "members:duty_list", Permission.VIEW_PARTY_WORK, duty_figures),
    Register(
        CONDUCT, "违纪处理", "members:discipline_list", Permission.VIEW_PARTY_WORK, discipline_figures,
        is_key_task=True, is_restricted=True,
    ),
    Register(
        CONDUCT, "限定记录", "members:restricted_list", Permission.VIEW_PARTY_WORK, restricted_figures,
        is_restricted=True,
    ),
    Register(
        CONDUCT, "激励关怀帮扶", "members:care_list", Permission.VIEW_PARTY_WORK, care_figures, is_restricted=True
    ),
    Register(ORGANIZATION, "党员活动室", "members:room_list", Permission.VIEW_PARTY_WORK, room_figures),
    Register(ORGANIZATION, "支部标准化", "members:standard_list", Permission.VIEW_PARTY_WORK, standard_figures),
    Register(ORGANIZATION, "软弱涣散党支部", "members:weak_list", Permission.VIEW_PARTY_WORK, weak_figures),
    Register(MATTERS, "廉政风险点", "members:risk_list", Permission.VIEW_PARTY_WORK, risk_figures),
    Register(MATTERS, "三重一大和请示报告", "members:matter_list", Permission.VIEW_PARTY_WORK, matter_figures),
    Register(MATTERS, "听取党支部意见", "members:opinion_list", Permission.VIEW_PARTY_WORK, opinion_figures),
    Register(MATTERS, "党员意见建议", "members:suggestion_list", Permission.VIEW_PARTY_WORK, suggestion_figures),
    Register(MATTERS, "党代表名册", "members:delegate_list", Permission.VIEW_PARTY_WORK, delegate_figures),
)  # fmt: skip


def registers_for(scope: Scope) -> list[tuple[str, list[tuple[Register, Figures]]]]:
    """Group → registers that the scope may open, with their figures."""
    return hub_groups(REGISTERS, GROUPS, scope)
