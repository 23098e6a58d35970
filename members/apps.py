"""App of the roster."""

from django.apps import AppConfig

from branches.enums import Role
from branches.permissions import MenuEntry, NodeFigure, Panel, Permission


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "党员"
    menu = (
        MenuEntry(
            "组织", "党员", "members:member_list", "people", Permission.VIEW_MEMBER, 35,
            hidden_for=frozenset({Role.LEADER}), tab_for=frozenset({Role.SECRETARY}),
        ),
        MenuEntry("组织", "党务台账", "members:register_list", "journals", Permission.VIEW_PARTY_WORK, 36),
        MenuEntry("系统", "批量建账号", "members:account_slips", "person-badge", Permission.GRANT_POST, 91),
    )  # fmt: skip
    organization_figures = (NodeFigure("党员", "members.queries.tree_figures.members_below", Permission.VIEW_MEMBER),)
    organization_panels = (
        Panel("党员", "members:organization_roster", Permission.VIEW_MEMBER, 10),
        Panel("换届", "members:term_detail", Permission.VIEW_PARTY_WORK, 20),
    )
