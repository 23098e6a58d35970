"""The peer of the import: django-import-export, in three ways (docs/adr/0017).

``Plain`` is as the manual shows it first, ``Tuned`` as its chapter on bulk imports says; both do the whole job: each
row goes once through the rules that ours uses, persons that repeat are told, places and initials are kept. ``Bare`` is
the tuned one without any check, for information.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from import_export import fields, resources
from import_export.instance_loaders import CachedInstanceLoader

from branches.models import Organization
from branches.rules.names import initials
from members.models import Member, Membership
from members.rules.imports import COLUMNS, FIELDS, MemberReader, settle
from partybuild.lib import clock
from partybuild.lib.crypto import keyed_hash
from partybuild.lib.workbook import Row
from partybuild.lib.workbook.headings import read_heading_row

_DERIVED = ("id_number_hash", "phone_hash", "initials")


class Plain(resources.ModelResource):
    """A row is a look-up, a save and a rendered difference."""

    class Meta:
        model = Member
        import_id_fields = ("id_number_hash",)
        fields = (*FIELDS, *_DERIVED)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.today = clock.today()
        self.reader = MemberReader(self.today)
        self.headings = read_heading_row(dataset.headers, COLUMNS).matched
        self.above: dict[object, int] = {}
        numbers = dataset[self.headings["id_number"].text]
        dataset.append_col([keyed_hash(number) for number in numbers], header="id_number_hash")

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Judge the row, and give it the columns that the model wants."""
        values = {name: row[heading.text] for name, heading in self.headings.items()}
        read = self.reader.read(Row("", kwargs["row_number"], values, ()))
        changes = settle(read, {}, self.today)
        branch = self.branch(read.organization)
        number_hash = row["id_number_hash"]
        if branch is None:
            read.refuse("organization", "没有这个党组织")
        for key in (number_hash, (branch, read.name)):
            if self.above.setdefault(key, kwargs["row_number"]) != kwargs["row_number"] and key == number_hash:
                read.refuse("id_number", "身份证号重复")
        if read.problems:
            raise ValidationError({problem.field: problem.reason for problem in read.problems})
        phone = changes.get("phone", "")
        row.update(changes)
        row.update(
            phone_hash=keyed_hash(phone) if phone else None,
            initials=initials(read.name, 32), branch=branch,
            starts_on=max(day for day in (self.today.replace(month=1, day=1), changes.get("joined_on")) if day),
        )  # fmt: skip

    def branch(self, name: str) -> int | None:
        """The id of the organisation of this name."""
        return Organization.objects.filter(name=name).values_list("pk", flat=True).first()

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        Membership.objects.get_or_create(
            member=instance, organization_id=row["branch"], defaults={"starts_on": row["starts_on"]}
        )


class Tuned(Plain):
    """In slices, without differences; organisations looked up once; the places follow in one go."""

    class Meta(Plain.Meta):
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        skip_html_diff = True
        instance_loader_class = CachedInstanceLoader

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.branches = dict(Organization.objects.values_list("name", "pk"))
        self.places: dict[str, tuple[int, Any]] = {}

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        self.places[row["id_number_hash"]] = row["branch"], row["starts_on"]

    def branch(self, name: str) -> int | None:
        return self.branches.get(name)

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """The places are written when all members are there."""

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        members = dict(Member.objects.values_list("id_number_hash", "pk"))
        Membership.objects.bulk_create(
            [
                Membership(member_id=members[number], organization_id=branch, starts_on=starts_on)
                for number, (branch, starts_on) in self.places.items()
            ],
            batch_size=1000,
        )


class Bare(Tuned):
    """The tuned one without a check: what a cell says is taken as it stands."""

    class Meta(Tuned.Meta):
        pass

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        for name, heading in self.headings.items():
            row[name] = row[heading.text]
        row.update(sex="female" if row["sex"] == "女" else "male", kind="full", work_started_on=None)
        self.places[row["id_number_hash"]] = self.branches[row["organization"]], self.today


def importer(resource: type[Plain]) -> Callable[[Path], int]:
    """Reads a workbook with this resource; how many rows went in."""
    for name in (*FIELDS, *_DERIVED):
        default = Member._meta.get_field(name).get_default()  # type: ignore[union-attr]
        resource.fields[name] = fields.Field(attribute=name, column_name=name, default=default)

    def run(path: Path) -> int:
        dataset = tablib.Dataset().load(path.read_bytes(), format="xlsx")
        result = resource().import_data(dataset, raise_errors=True)
        return int(result.totals["new"])

    return run
