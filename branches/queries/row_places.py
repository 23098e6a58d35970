"""The organisation that a row of a workbook is for, within what the import reaches and its actor may do there."""

from datetime import date

from branches.models import Organization
from branches.permissions import Actor, Permission, Scope
from branches.queries.access import scope_of
from branches.queries.organization_names import OrganizationNames
from partybuild.lib.dates import day_text


class RowPlaces:
    """Organisations by code or name below ``under`` (all, without one); the system may act anywhere. Four queries."""

    def __init__(self, by: Actor, under: Organization | None, today: date) -> None:
        self.names = OrganizationNames(under, today=today)
        self.under, self.today = under, today
        self._scope: Scope | None = None if by.user_id is None else scope_of(by.user_id, today, by.post_id)
        reached = Organization.objects.below(under) if under else Organization.objects.all()
        gone = reached.filter(dissolved_on__lte=today).values_list("name", "dissolved_on")
        self._dissolved: dict[str, date] = {name: day for name, day in gone if day is not None}

    def find(self, written: str) -> tuple[Organization | None, str]:
        """The organisation of this code or name that is in force, or the reason why there is none."""
        found, reason = self.names.find(written)
        day = found.dissolved_on if found else self._dissolved.get(written)
        if day is not None and day <= self.today:
            return None, f"该党组织已于{day_text(day)}撤销"
        return found, reason

    def may(self, organization: Organization, *permissions: Permission) -> bool:
        """Whether the actor holds one of these there."""
        return self._scope is None or any(self._scope.allows(one, organization) for one in permissions)

    def own_or(self, written: str, permission: Permission) -> tuple[Organization | None, str]:
        """The organisation named, else the one that the import is for; where the actor may do this."""
        found, reason = self.find(written) if written else (self.under, "" if self.under else "请填写党组织")
        if found is not None and not self.may(found, permission):
            return None, f"无权在{found.label}办理"
        return found, reason
