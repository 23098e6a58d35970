"""What the floors above show on an organisation's page: they declare it, as they do with the menu."""

from dataclasses import dataclass

from django.apps import apps
from django.urls import reverse

from branches.models import Organization
from branches.permissions import Panel, Scope


@dataclass(frozen=True)
class Shown:
    """A panel of one organisation: fetched when the page is there, a link without JavaScript."""

    label: str
    url: str
    name: str


def panels_of(organization: Organization, scope: Scope) -> list[Shown]:
    """The panels that this scope may see of this organisation, in order."""
    found: list[Panel] = [
        panel for config in apps.get_app_configs() for panel in getattr(config, "organization_panels", ())
    ]
    return [
        Shown(panel.label, reverse(panel.url_name, args=[organization.pk]), panel.url_name.replace(":", "-"))
        for panel in sorted(found, key=lambda panel: panel.position)
        if scope.allows(panel.permission, organization)
    ]
