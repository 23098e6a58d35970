"""What floors above and other nouns show on a member's page and let one do there: they declare it in their app.

``member_deeds``: ``Deed`` rows, offered under 更多 to who holds all the rights at the member's branch.
``member_panels``: ``Panel`` rows, fetched by htmx when the page is there. Both URLs take the member's id.
"""

from collections.abc import Collection

from django.apps import apps
from django.urls import reverse

from branches.permissions import Deed, Panel, Scope
from branches.views.panels import Shown
from members.models import Member, Membership


def member_deeds(
    member: Member, place: Membership | None, scope: Scope, marks: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Words and address of what this scope may do with the member, in order; the URL is asked again there.

    ``marks``: the kinds of his marks of standing of today.
    """
    former = place is None
    place = place or _last(member)
    declared: list[Deed] = [
        deed
        for config in apps.get_app_configs()
        for deed in getattr(config, "former_member_deeds" if former else "member_deeds", ())
    ]
    return [
        (deed.label, reverse(deed.url_name, args=[member.pk]))
        for deed in sorted(declared, key=lambda deed: deed.position)
        if place and all(scope.allows(permission, place.organization) for permission in deed.permissions)
        if deed.unless_marked not in marks and (not deed.only_marked or deed.only_marked in marks)
    ]


def member_panels(member: Member, place: Membership | None, scope: Scope) -> list[Shown]:
    """The panels that this scope may see of the member, in order."""
    place = place or _last(member)
    found: list[Panel] = [panel for config in apps.get_app_configs() for panel in getattr(config, "member_panels", ())]
    return [
        Shown(panel.label, reverse(panel.url_name, args=[member.pk]), panel.url_name.replace(":", "-"))
        for panel in sorted(found, key=lambda panel: panel.position)
        if place and scope.allows(panel.permission, place.organization)
    ]


def _last(member: Member) -> Membership | None:
    return member.memberships.select_related("organization").order_by("-starts_on").first()
