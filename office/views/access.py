"""Who keeps what is common to the whole tree: the staff at its top."""

from django.core.exceptions import PermissionDenied

from branches.permissions import Permission, Scope
from branches.views.access import Request


def keeps_rules(scope: Scope) -> bool:
    """Whether the person keeps rule table and working calendar: the right, at the top of a tree."""
    return scope.grant is not None and scope.holds(Permission.MANAGE_RULES) and scope.grant.path.count("/") == 1


def require_keeper(request: Request) -> None:
    """Stop unless the person keeps the rules."""
    if not keeps_rules(request.scope):
        raise PermissionDenied
