"""App of users, organisations, posts, access and the audit trail."""

from django.apps import AppConfig

from branches.permissions import MenuEntry, Permission


class BranchesConfig(AppConfig):
    name = "branches"
    verbose_name = "党组织"
    menu = (
        MenuEntry("组织", "党组织", "branches:organization_list", "diagram-3", Permission.VIEW_ORGANIZATION, 70),
        MenuEntry("系统", "账号与岗位", "branches:account_list", "person-badge", Permission.MANAGE_ACCOUNT, 90),
        MenuEntry("系统", "权限一览", "branches:rights", "shield-check", Permission.VIEW_RIGHTS, 92),
        MenuEntry("系统", "审计记录", "branches:audit_list", "journal-text", Permission.VIEW_AUDIT, 94),
    )
