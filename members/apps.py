"""App of the roster."""

from typing import ClassVar

from django.apps import AppConfig

from branches.enums import Role
from branches.permissions import ColumnSource, Deed, MenuEntry, NodeFigure, Panel, Permission

_REGISTERS = tuple(
    f"members:{noun}_list"
    for noun in (
        "basics", "lost", "development", "transfer", "dues", "term", "structure", "party_worker", "year_facts", "duty",
        "discipline", "restricted", "care", "room", "matter", "opinion", "suggestion", "delegate", "risk",
        "standard", "weak",
    )
)  # fmt: skip
"""The registers' lists, which belong to their hub."""


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "党员"
    menu = (
        MenuEntry(
            "党员", "members:member_list", "people", Permission.VIEW_MEMBER, 35,
            hidden_for=frozenset({Role.LEADER}), tab_for=frozenset({Role.SECRETARY}),
            joins="branches:organization_list", also=("branches:organization_list",),
        ),
        MenuEntry(
            "我的档案", "members:own_page", "person-badge", Permission.VIEW_OWN, 12,
            tab_for=frozenset({Role.MEMBER}),
        ),
        MenuEntry(
            "我的意见建议", "members:suggestion_own", "megaphone", Permission.VIEW_OWN, 14, joins="members:own_page",
        ),
        MenuEntry(
            "我的党费", "members:dues_own", "journal-text", Permission.VIEW_OWN, 13, joins="members:own_page",
        ),
        MenuEntry(
            "党务台账", "members:register_list", "journals", Permission.VIEW_PARTY_WORK, 36,
            also=(*_REGISTERS, "members:member_list", "branches:organization_list"), joins="members:member_list",
        ),
        MenuEntry("限定记录授权", "members:custodian_list", "shield-check", Permission.GRANT_POST, 93),
        MenuEntry("批量建账号", "members:account_slips", "person-badge", Permission.GRANT_POST, 91),
    )  # fmt: skip
    organization_columns = (ColumnSource("members.queries.organization_columns.columns_of", Permission.VIEW_MEMBER),)
    organization_figures = (NodeFigure("党员", "members.queries.tree_figures.members_below", Permission.VIEW_MEMBER),)
    member_extracts = ("members.queries.suggestions.extract_suggestions",)
    top_pages: ClassVar[dict[str, str]] = {"own": "members:own_page"}
    frame_urls: ClassVar[dict[str, str]] = {"own_url": "members:own_page"}
    member_deeds = (
        Deed("登记失联或流动", "members:standing_new", (Permission.MANAGE_MEMBER,), 10),
        Deed("办理组织关系转接", "members:transfer_new", (Permission.MANAGE_PARTY_WORK,), 20),
        Deed("查看党费", "members:dues_member", (Permission.VIEW_DUES,), 30),
        Deed("导出全部数据", "members:member_extract", (Permission.MANAGE_MEMBER,), 90),
    )
    organization_panels = (
        Panel("党员", "members:organization_roster", Permission.VIEW_MEMBER, 10),
        Panel("换届", "members:term_detail", Permission.VIEW_PARTY_WORK, 20),
        Panel("设置检查", "members:structure_detail", Permission.VIEW_PARTY_WORK, 21),
    )
