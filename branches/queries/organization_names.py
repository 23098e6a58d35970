"""Finding the organisations that a workbook names, within what an import may reach."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from branches.models import Organization
from branches.rules.imports import ambiguous


class OrganizationNames:
    """The organisations below ``under`` (all, without one) by code and by name; two queries."""

    def __init__(self, under: Organization | None, codes: Iterable[str] = (), today: date | None = None) -> None:
        reached = Organization.objects.below(under) if under else Organization.objects.all()
        self.under = under
        self._by_id: dict[int, Organization] = {one.pk: one for one in reached}
        self._by_code = {one.code: one for one in self._by_id.values()}
        self._by_name: dict[str, list[Organization]] = defaultdict(list)
        self._below: dict[tuple[int | None, str], list[Organization]] = defaultdict(list)
        for one in self._by_id.values():
            self._below[one.parent_id, one.name].append(one)
            if one.dissolved_on is None or (today is not None and one.dissolved_on > today):
                for name in {one.name, one.short_name} - {""}:
                    self._by_name[name].append(one)
        asked = set(codes) - {""} - set(self._by_code)
        self.foreign_codes = set(Organization.objects.filter(code__in=asked).values_list("code", flat=True))

    def with_code(self, code: str) -> Organization | None:
        return self._by_code.get(code)

    def with_id(self, pk: int | None) -> Organization | None:
        return self._by_id.get(pk) if pk is not None else None

    def all_named(self, written: str) -> list[Organization]:
        """Those of this code or name, however many."""
        coded = self._by_code.get(written)
        return [coded] if coded else self._by_name.get(written, [])

    def find(self, written: str) -> tuple[Organization | None, str]:
        """The organisation of this code or name, or the reason why there is none."""
        if found := self._by_code.get(written):
            return found, ""
        named = self._by_name.get(written, [])
        if len(named) > 1:
            return None, ambiguous([one.code for one in named])
        return (named[0], "") if named else (None, "导入范围内没有这个党组织")

    def below(self, parent: Organization | None, name: str) -> list[Organization]:
        """Those of this name directly under a superior."""
        return self._below.get((parent.pk if parent else None, name), [])

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
