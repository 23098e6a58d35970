"""Everything that the portal holds about one member, over all floors (row 42 of the security table)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils.module_loading import import_string

from branches.models import Post
from members.models import Correction, Member, MemberChange, Membership, Office
from members.queries.member_tables import member_tables
from members.queries.timeline import change_lines
from members.rules.corrections import CORRECTABLE
from members.rules.extracts import NOT_HIS, WITHHELD, Part
from partybuild.lib import clock

_PERSON = (
    "name", "sex", "ethnicity", "native_place", "born_on", "id_number", "phone", "landline", "address", "education",
    "degree", "work_started_on", "job", "joined_on", "converted_on", "kind", "remark",
)  # fmt: skip
TOLD = (Member, Membership, Office, MemberChange, Correction)


def extract_of(member: Member) -> list[Part]:
    """All parts; numbers in full, since they are the member's own."""
    parts = [
        _person(member),
        _account(member),
        Part("名册变更", ("日期", "事项", "原为", "改为", "经办"), change_lines(member)),
        _corrections(member),
    ]
    told: set[str] = {model._meta.label for model in TOLD}
    for teller in _tellers():
        found, labels = teller(member)
        parts += found
        told |= set(labels)
    parts += _tables(member, told | set(WITHHELD) | set(exceptions()))
    return [part for part in parts if part.rows]


def _tellers() -> Iterator[Callable[[Member], tuple[list[Part], list[str]]]]:
    """The functions that the apps declare: parts of a member, and the labels of the tables that they tell of."""
    for config in apps.get_app_configs():
        for name in getattr(config, "member_extracts", ()):
            yield import_string(name)


def exceptions() -> dict[str, str]:
    """Tables that are not about a member though they lead to one → the reason; of all floors."""
    found = dict(NOT_HIS)
    for config in apps.get_app_configs():
        found |= getattr(config, "member_extract_exceptions", {})
    return found


def _person(member: Member) -> Part:
    fields: list[Any] = [member._meta.get_field(name) for name in _PERSON]
    rows = [[field.verbose_name, _value(member, field)] for field in fields]
    return Part("基本信息", ("事项", "内容"), rows)


def _account(member: Member) -> Part:
    user = member.user
    if user is None:
        return Part("账号", (), ())
    posts = Post.objects.filter(user=user).select_related("organization").order_by("starts_on")
    rows: list[list[Any]] = [["登录名", user.login], ["姓名", user.name], ["手机号码", user.phone]]
    rows += [
        ["岗位", f"{post.organization} {post.get_role_display()} {post.starts_on} – {post.ends_on or ''}"]
        for post in posts
    ]
    return Part("账号", ("事项", "内容"), rows)


def _corrections(member: Member) -> Part:
    rows = [
        [
            clock.in_zone(row.asked_at).replace(tzinfo=None), CORRECTABLE.get(row.field, row.field), row.wanted,
            row.reason, row.get_state_display(), row.answer,
        ]
        for row in Correction.objects.filter(member=member).order_by("pk")
    ]  # fmt: skip
    return Part("更正申请", ("提出时间", "事项", "应为", "说明", "状态", "答复"), rows)


def _tables(member: Member, told: set[str]) -> Iterator[Part]:
    """Rows of every other table that leads to the member, with the names of their columns; one query each."""
    for model, paths in member_tables().items():
        if model._meta.label in told:
            continue
        keys = [path for path in paths if "__" not in path]
        fields = [field for field in model._meta.local_fields if _label(field) and _is_shown(field, keys)]
        related = [field.name for field in fields if isinstance(field, ForeignKey)]
        for path in paths:
            rows = model._default_manager.filter(**{path: member}).order_by("pk")
            rows = rows.select_related(*related) if related else rows
            yield Part(
                str(model._meta.verbose_name),
                tuple(_label(field) for field in fields),
                [[_value(row, field) for field in fields] for row in rows],
            )


def _label(field: Any) -> str:
    """The heading of a column; what has no Chinese name is of the machine and stays out."""
    names = [field.verbose_name, field.related_model._meta.verbose_name if field.is_relation else ""]
    return next((str(name) for name in names if not str(name).isascii()), "")


def _is_shown(field: Any, keys: list[str]) -> bool:
    return not field.primary_key and field.name not in keys and not field.name.endswith("hash")


def _value(row: Model, field: Any) -> Any:
    value = getattr(row, field.name)
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return clock.in_zone(value).replace(tzinfo=None)
    if isinstance(value, date) or value is None:
        return value
    return value if isinstance(value, int | float | str) else str(value)
