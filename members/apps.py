"""App of the roster."""

from django.apps import AppConfig

from branches.enums import Role
from branches.permissions import MenuEntry, Panel, Permission


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
    organization_panels = (Panel("党员", "members:organization_roster", Permission.VIEW_MEMBER, 10),)
