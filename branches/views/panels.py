"""What the floors above show on an organisation's page and let one do there: they declare it, as with the menu."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.module_loading import import_string

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import ColumnSource, Deed, NodeFigure, Panel, Scope


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


def deeds_of(organization: Organization, scope: Scope) -> list[tuple[str, str]]:
    """Words and address of what this scope may do to this organisation, in order; nothing to one that is dissolved."""
    if organization.dissolved_on is not None:
        return []
    declared: list[Deed] = [
        deed for config in apps.get_app_configs() for deed in getattr(config, "organization_deeds", ())
    ]
    return [
        (deed.label, reverse(deed.url_name, args=[organization.pk]))
        for deed in sorted(declared, key=lambda deed: deed.position)
        if all(scope.allows(permission, organization) for permission in deed.permissions)
        and not (deed.not_for_top and organization.parent_id is None)
        and not (deed.not_for_groups and organization.kind == OrganizationKind.GROUP)
    ]


def put_figures(organization: Organization, nodes: Iterable[Any], scope: Scope, on: date) -> None:
    """Write ``figures`` (words, number) on an organisation's node and on those directly under it; a query for each
    figure, however many nodes."""
    declared: list[NodeFigure] = [
        figure for config in apps.get_app_configs() for figure in getattr(config, "organization_figures", ())
    ]
    found = [
        (figure.label, import_string(figure.query)(organization, on))
        for figure in declared
        if scope.allows(figure.permission, organization)
    ]
    for node in nodes:
        node.figures = [(label, numbers.get(node.pk, 0)) for label, numbers in found]


def columns_of(organizations: Collection[int], scope: Scope, on: date) -> dict[int, dict[str, Any]]:
    """Id → heading → value: what the floors above know of organisations, as far as the scope may read it."""
    declared: list[ColumnSource] = [
        source for config in apps.get_app_configs() for source in getattr(config, "organization_columns", ())
    ]
    found: dict[int, dict[str, Any]] = {}
    for source in declared:
        if scope.holds(source.permission):
            for pk, values in import_string(source.query)(organizations, on).items():
                found.setdefault(pk, {}).update(values)
    return found
