"""App of users, organisations, posts, access and the audit trail."""

from typing import Any, ClassVar

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.http import HttpRequest

from branches.enums import Role
from branches.permissions import OFFICERS, MenuEntry, Permission


def note_sign_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Whichever way a session of a person begins, it is noted, so that he can see and end it."""
    from branches.actions.session_marks import mark_sign_in

    address, agent = request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_USER_AGENT", "")
    mark_sign_in(session=request.session, user=user, address=address, agent=agent)


def grant_after_migration(sender: Any, **kwargs: Any) -> None:
    """New tables are the application's to use, those of the audit trail only to add to; where it has a role of its own.

    Done by whoever owns the database; a role that is the owner itself has every right anyway.
    """
    from branches.actions.app_role import apply_grants, has_audit_trail, is_owner, role_exists

    role = settings.APP_ROLE
    if role_exists(role) and has_audit_trail() and not is_owner(role):
        apply_grants(role)


class BranchesConfig(AppConfig):
    name = "branches"
    verbose_name = "党组织"
    menu = (
        MenuEntry(
            "党组织", "branches:organization_list", "diagram-3", Permission.VIEW_ORGANIZATION, 30,
            hidden_for=frozenset({Role.SECRETARY, Role.LEADER, Role.MEMBER, Role.INSPECTOR}), together="党组织与党员",
        ),
        MenuEntry("账号与岗位", "branches:account_list", "person-badge", Permission.MANAGE_ACCOUNT, 90),
        MenuEntry(
            "权限一览", "branches:rights", "shield-check", Permission.VIEW_RIGHTS, 92,
            hidden_for=frozenset(Role) - OFFICERS,
        ),
        MenuEntry("审计记录", "branches:audit_list", "journal-text", Permission.VIEW_AUDIT, 94),
    )  # fmt: skip
    top_pages: ClassVar[dict[str, str]] = {
        "account": "branches:my_account",
        "password": "branches:password_change",
        "posts": "branches:my_posts",
    }
    frame_urls: ClassVar[dict[str, str]] = {
        "account_url": "branches:my_account",
        "logout_url": "branches:logout",
        "switch_url": "branches:post_switch",
        "my_posts_url": "branches:my_posts",
    }

    def ready(self) -> None:
        from branches.forms.words import use_plain_words

        use_plain_words()
        user_logged_in.connect(note_sign_in, dispatch_uid="branches.note_sign_in")
        post_migrate.connect(grant_after_migration, sender=self, dispatch_uid="branches.grant_after_migration")
