"""The peer of the import: django-import-export, at its defaults and at its documented best for speed.

Both find members who are there already, as ours does. Both do less: they check no numbers, kinds, dates or repeated
persons. Its own switch for checks (``clean_model_instances``) asks the database for each constraint of each row, which
made it slower than its defaults by far; the tuned one goes without.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import tablib
from import_export import fields, resources
from import_export.instance_loaders import CachedInstanceLoader
from import_export.widgets import DateWidget, ForeignKeyWidget

from branches.models import Organization
from members.enums import MemberKind, Sex
from members.models import Member, Membership
from partybuild.lib.crypto import keyed_hash

_FIELDS = {
    "name": "姓名", "ethnicity": "民族", "native_place": "籍贯", "born_on": "出生日期", "id_number": "身份证号",
    "education": "学历", "joined_on": "入党时间", "converted_on": "转正时间", "job": "工作岗位", "phone": "手机号码",
}  # fmt: skip
_DAYS = ("born_on", "joined_on", "converted_on")
_START = date(2026, 1, 1)


def _columns() -> dict[str, fields.Field]:
    named = {
        name: fields.Field(attribute=name, column_name=title, widget=DateWidget() if name in _DAYS else None)
        for name, title in _FIELDS.items()
    }
    return named | {name: fields.Field(attribute=name, column_name=name) for name in ("sex", "kind", "id_number_hash")}


class Plain(resources.ModelResource):
    """As the manual shows it first: a row is a look-up, a save and a rendered difference."""

    class Meta:
        model = Member
        import_id_fields = ("id_number_hash",)
        fields = (*_FIELDS, "sex", "kind", "id_number_hash")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Columns that the file does not have as the model wants them."""
        dataset.append_col([Sex.FEMALE if sex == "女" else Sex.MALE for sex in dataset["性别"]], header="sex")
        dataset.append_col([MemberKind.FULL] * len(dataset), header="kind")
        dataset.append_col([keyed_hash(number) for number in dataset["身份证号"]], header="id_number_hash")

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        branch = ForeignKeyWidget(Organization, "name").clean(row["所在党支部"])
        Membership.objects.get_or_create(member=instance, organization=branch, defaults={"starts_on": _START})


class Tuned(Plain):
    """As the manual's chapter on bulk imports says: in slices, without differences; the places follow in one go."""

    class Meta(Plain.Meta):
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        skip_html_diff = True
        instance_loader_class = CachedInstanceLoader

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.branches = dict(Organization.objects.values_list("name", "pk"))
        self.places: dict[str, int] = {}

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        self.places[row["id_number_hash"]] = self.branches[row["所在党支部"]]

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """The places are written when all members are there."""

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        members = dict(Member.objects.values_list("id_number_hash", "pk"))
        Membership.objects.bulk_create(
            [
                Membership(member_id=members[number], organization_id=branch, starts_on=_START)
                for number, branch in self.places.items()
            ],
            batch_size=1000,
        )


def importer(resource: type[Plain]) -> Callable[[Path], int]:
    """Reads a workbook with this resource; how many rows went in."""
    for name, field in _columns().items():
        resource.fields[name] = field

    def run(path: Path) -> int:
        dataset = tablib.Dataset().load(path.read_bytes(), format="xlsx")
        result = resource().import_data(dataset, raise_errors=True)
        return int(result.totals["new"])

    return run
