"""Finding the organisations that a workbook names, within what an import may reach."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from branches.models import Organization
from branches.rules.imports import ambiguous

_FIELDS = [field.attname for field in Organization._meta.concrete_fields]
_PARENT, _CODE, _NAME, _SHORT_NAME, _DISSOLVED = map(
    _FIELDS.index, ("parent_id", "code", "name", "short_name", "dissolved_on")
)


class OrganizationNames:
    """The organisations below ``under`` (all, without one) by code and by name; two queries.

    Most are never asked for: they stay the tuples that the database gave, and become objects when they are found.
    """

    def __init__(self, under: Organization | None, codes: Iterable[str] = (), today: date | None = None) -> None:
        reached = Organization.objects.below(under) if under else Organization.objects.all()
        self.under = under
        self._stored: dict[int, tuple[Any, ...]] = {row[0]: row[1:] for row in reached.values_list("pk", *_FIELDS)}
        self._made: dict[int, Organization] = {}
        self._by_code: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._below: dict[tuple[int | None, str], list[int]] = defaultdict(list)
        for pk, row in self._stored.items():
            name, dissolved_on = row[_NAME], row[_DISSOLVED]
            self._by_code[row[_CODE]] = pk
            self._below[row[_PARENT], name].append(pk)
            if dissolved_on is None or (today is not None and dissolved_on > today):
                self._by_name[name].append(pk)
                if (short_name := row[_SHORT_NAME]) and short_name != name:
                    self._by_name[short_name].append(pk)
        asked = set(codes) - {""} - set(self._by_code)
        self.foreign_codes = set(Organization.objects.filter(code__in=asked).values_list("code", flat=True))

    def with_code(self, code: str) -> Organization | None:
        return self.with_id(self._by_code.get(code))

    def with_id(self, pk: int | None) -> Organization | None:
        if pk is None or pk not in self._stored:
            return None
        if pk not in self._made:
            self._made[pk] = Organization.from_db(DEFAULT_DB_ALIAS, _FIELDS, self._stored[pk])
        return self._made[pk]

    def all_named(self, written: str) -> list[Organization]:
        """Those of this code or name, however many."""
        coded = self._by_code.get(written)
        return self._with_ids([coded] if coded else self._by_name.get(written, []))

    def find(self, written: str) -> tuple[Organization | None, str]:
        """The organisation of this code or name, or the reason why there is none."""
        named = self.all_named(written)
        if len(named) > 1:
            return None, ambiguous([one.code for one in named])
        return (named[0], "") if named else (None, "导入范围内没有这个党组织")

    def below(self, parent: Organization | None, name: str) -> list[Organization]:
        """Those of this name directly under a superior."""
        return self._with_ids(self._below.get((parent.pk if parent else None, name), []))

    def _with_ids(self, keys: Iterable[int]) -> list[Organization]:
        return [found for pk in keys if (found := self.with_id(pk))]

    def is_top(self, name: str, parent: str) -> bool:
        """Whether a row speaks of the organisation that the import starts from; its superior lies out of reach."""
        if self.under is None or name != self.under.name:
            return False
        return not parent or self.is_parent_of(self.under, parent)

    def is_parent_of(self, organization: Organization, written: str) -> bool:
        """Whether this is how the file names the superior that an organisation has; an empty cell agrees with it."""
        if not written:
            return True
        above = organization.parent
        return above is not None and written in {above.code, above.name, above.short_name}
