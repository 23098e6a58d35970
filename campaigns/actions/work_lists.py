"""Lists of projects, duties and assessment: generated, divided among people, confirmed. C06; TS, MF, WX."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.fact_credits import refresh
from campaigns.actions.works import held, lock_organization, move, tell_place
from campaigns.models import WorkList, WorkListItem
from campaigns.queries.work_demands import dues_of, holders_of
from campaigns.rules.work_lists import LIST_STATES, OF_ONE_PERSON, WorkListKind, proposed
from campaigns.rules.works import placed
from members.models import Member
from partybuild.lib import clock

METRIC = "lists.responsibility"
ITEM_FIELDS = ("what", "standard", "member", "post", "due_on")
_MOST_STANDARD, _MOST_WHAT = 500, 255


@transaction.atomic
def generate_list(
    *, by: Actor, organization: Organization, kind: str, year: int, leader: Member | None = None
) -> WorkList:
    """Make a list of the year from what is due, from the people in office and from the targets' figures.

    One that is there and not confirmed yet is filled up with what has come since; nothing typed is lost.
    """
    organization = lock_organization(organization)
    if kind in OF_ONE_PERSON and leader is None:
        raise ValidationError({"leader": "该清单按个人建立，请选择责任人。"})
    leader = leader if kind in OF_ONE_PERSON else None
    found = WorkList.objects.filter(organization=organization, kind=kind, year=year, leader=leader).first()
    if found is not None and not found.is_open:
        raise ValidationError("该清单已经确认。需要调整的，请先打开清单后重新编辑。")
    work_list = found or WorkList(
        organization=organization, kind=kind, year=year, leader=leader, created_at=clock.now()
    )
    if found is None:
        work_list.full_clean()
        work_list.save()
    count = _fill_up(work_list)
    verb = "生成清单" if found is None else "补充清单"
    audit.record(by=by, verb=verb, obj=work_list, organization=organization, detail={"note": f"{count} 项"})
    return work_list


@transaction.atomic
def add_item(*, by: Actor, work_list: WorkList, **values: Any) -> WorkListItem:
    """Add a line; ``values`` are those of ``ITEM_FIELDS``. The same one twice is one."""
    work_list = _open(work_list)
    if found := work_list.items.filter(**values).first():
        return found
    item = WorkListItem(work_list=work_list, position=_next_position(work_list), **values)
    item.full_clean(exclude=["work_list"])
    item.save()
    audit.record(
        by=by, verb="添加清单事项", obj=work_list, organization=work_list.organization, detail={"note": item.what}
    )
    return item


@transaction.atomic
def change_item(*, by: Actor, item: WorkListItem, **values: Any) -> WorkListItem:
    """Say who does it, in which post, by when."""
    work_list = _open(item.work_list)
    item = held(item)
    if all(getattr(item, field) == value for field, value in values.items()):
        return item
    for field, value in values.items():
        setattr(item, field, value)
    item.full_clean(exclude=["work_list", "target"])
    item.save()
    audit.record(
        by=by, verb="修改清单事项", obj=work_list, organization=work_list.organization, detail={"note": item.what}
    )
    return item


@transaction.atomic
def remove_item(*, by: Actor, item: WorkListItem) -> None:
    """Take a line out."""
    work_list = _open(item.work_list)
    audit.record(
        by=by, verb="移除清单事项", obj=work_list, organization=work_list.organization, detail={"note": item.what}
    )
    item.delete()


@transaction.atomic
def finish_item(*, by: Actor, item: WorkListItem, done_on: date, note: str = "") -> WorkListItem:
    """Write down that it is done; possible when the list is confirmed, and once."""
    work_list = held(item.work_list, "organization")
    item = held(item)
    if item.done_on is not None:
        return item
    if work_list.is_open:
        raise ValidationError("清单确认后再登记完成情况。")
    if done_on > clock.today():
        raise ValidationError({"done_on": "完成日期不能晚于今天。"})
    item.done_on, item.note = done_on, note.strip()
    item.full_clean(exclude=["work_list", "target", "member"])
    item.save(update_fields=["done_on", "note"])
    audit.record(
        by=by, verb="完成清单事项", obj=work_list, organization=work_list.organization, detail={"note": item.what}
    )
    return item


@transaction.atomic
def confirm_list(*, by: Actor, work_list: WorkList) -> WorkList:
    """The organisation confirms it for the year; every line names a person or a post."""
    work_list = held(work_list, "organization")
    move(work_list, LIST_STATES, "confirm", "确认")
    if not work_list.items.exists():
        raise ValidationError("清单中还没有事项，不能确认。")
    if unnamed := work_list.items.filter(member=None, post="").count():
        raise ValidationError(f"还有 {unnamed} 项没有责任人或者责任岗位，请先补充。")
    work_list.confirmed_at, work_list.confirmed_on = clock.now(), clock.today()
    work_list.confirmed_by_id = by.user_id
    work_list.save(update_fields=["state", "confirmed_at", "confirmed_on", "confirmed_by"])
    audit.record(by=by, verb="确认清单", obj=work_list, organization=work_list.organization)
    parent = work_list.organization.parent_id
    key = f"worklist:{work_list.pk}:{work_list.confirmed_at:%Y%m%d%H%M%S}"
    tell_place([parent], key, f"{work_list}已确认，可以查看。", url=page_of(work_list))
    _count(work_list, work_list.confirmed_on)
    return work_list


@transaction.atomic
def reopen_list(*, by: Actor, work_list: WorkList) -> WorkList:
    """Open it again to be changed; until it is confirmed anew it does not count."""
    work_list = held(work_list, "organization")
    confirmed_on = work_list.confirmed_on
    move(work_list, LIST_STATES, "reopen", "重新编辑")
    work_list.confirmed_at = work_list.confirmed_on = work_list.confirmed_by = None
    work_list.save(update_fields=["state", "confirmed_at", "confirmed_on", "confirmed_by"])
    audit.record(by=by, verb="重新编辑清单", obj=work_list, organization=work_list.organization)
    _count(work_list, confirmed_on or clock.today())
    return work_list


def page_of(work_list: WorkList) -> str:
    """Where the list is shown."""
    return reverse("campaigns:worklist_detail", args=[work_list.pk])


def _fill_up(work_list: WorkList) -> int:
    known = set(work_list.items.exclude(target=None).values_list("target", flat=True))
    holders = holders_of(work_list.organization, clock.today())
    lines = proposed(
        WorkListKind(work_list.kind), dues_of(work_list.organization, work_list.year), holders, work_list.leader_id
    )
    start = _next_position(work_list)
    fresh = [line for line in lines if line.target_id not in known]
    rows = [
        WorkListItem(
            work_list=work_list, target_id=line.target_id, what=line.what[:_MOST_WHAT], member_id=line.member_id,
            standard=line.standard[:_MOST_STANDARD], post=line.post, due_on=line.due_on, position=start + place,
        )
        for place, line in enumerate(fresh)
    ]  # fmt: skip
    WorkListItem.objects.bulk_create(rows)
    return len(rows)


def _next_position(work_list: WorkList) -> int:
    last = work_list.items.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def _open(work_list: WorkList) -> WorkList:
    work_list = held(work_list, "organization")
    move(work_list, LIST_STATES, "change", "修改")
    return work_list


def _count(work_list: WorkList, day: date) -> None:
    refresh([METRIC], [work_list.organization_id], on=placed(day, work_list.year))
