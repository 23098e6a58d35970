"""What staff do to the parts of a draft; each takes a content and gives the next one.

``seen`` is the revision of the page on which somebody decided: a part that was changed since is not changed again.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from campaigns.rules.plan_drafts.items import PARENTS, Content, Item, ItemKind
from campaigns.rules.plan_drafts.making import fitted
from campaigns.rules.plan_drafts.states import PlanDraftError, StaleItemError
from campaigns.rules.plans import PlanError, plan_from_data

STALE = "这一项刚在另一窗口被修改，本次没有保存。请核对现在的内容后再改。"
_LISTS = {ItemKind.MILESTONE: "milestones", ItemKind.STAGE: "stages", ItemKind.CADENCE: "cadences",
          ItemKind.SEAT: "leading_group"}  # fmt: skip
_LAST_NUMBER = re.compile(r"(\d+)$")


def change(content: Content, number: int, data: dict[str, Any], seen: int, parent: int | None = None) -> Content:
    """Other data for a part, and another parent for a task or target; what a person wrote he has seen."""
    item = _fresh(content, number, seen)
    data, _ = fitted(item.kind, data)
    _check(content, item, data)
    changed = replace(item, data=data, is_seen=True)
    if parent is not None and parent != item.parent:
        return _moved(content, changed, parent)
    return content.with_items(changed, *_renumbered(content, item, data))


def confirm(content: Content, numbers: Collection[int], seen: int) -> Content:
    """Say of parts that they are right as they stand."""
    items = [_fresh(content, number, seen) for number in numbers]
    opened = [replace(item, is_seen=True) for item in items if item.is_open]
    return content.with_items(*opened) if opened else content


def drop(content: Content, number: int, seen: int) -> Content:
    """Leave a part out of the plan, with what stands under it; it can be taken back."""
    item = _fresh(content, number, seen)
    if item.kind == ItemKind.HEAD:
        raise PlanDraftError("基本情况不能移除。")
    return content.with_items(replace(item, is_dropped=True))


def restore(content: Content, number: int) -> Content:
    """Take a dropped part back; a task whose number was given away meanwhile gets the next free one."""
    item = replace(content.item(number), is_dropped=False)
    if item.kind == ItemKind.TASK and item.data["number"] in _numbers(content, item):
        item = replace(item, data={**item.data, "number": next_number(content, item.data["number"])})
    return content.with_items(item)


def add(content: Content, kind: str, data: dict[str, Any], parent: int = 0, after: int | None = None) -> Content:
    """A part that a person adds."""
    if kind in PARENTS and content.item(parent).kind not in PARENTS[kind]:
        raise PlanDraftError("这一项不能放在这里。")
    item = Item(id=content.next_id, kind=ItemKind(kind).value, data=fitted(kind, data)[0], parent=parent, is_seen=True)
    _check(content, item, item.data)
    return content.with_added(item, after=after)


def split(
    content: Content, number: int, title: str, moved: Collection[int], lines: Sequence[int], seen: int
) -> Content:
    """Make two tasks of one: the second takes the title, the chosen targets and lines of the checklist."""
    task = _fresh(content, number, seen)
    if task.kind != ItemKind.TASK:
        raise PlanDraftError("只有任务可以拆分。")
    checklist = task.data.get("checklist", [])
    first = {**task.data, "checklist": [each for index, each in enumerate(checklist) if index not in lines]}
    second = {
        **task.data,
        "title": title,
        "number": next_number(content, task.data["number"]),
        "checklist": [each for index, each in enumerate(checklist) if index in lines],
    }
    _check(content, replace(task, id=0), second)
    added = replace(task, id=content.next_id, data=fitted(task.kind, second)[0], is_seen=True)
    last = list(content.below(task))[-1]
    content = content.with_added(added, after=last.id)
    targets = [replace(target, parent=added.id) for target in content.of(ItemKind.TARGET, number) if target.id in moved]
    return content.with_items(replace(task, data=first, is_seen=True), *targets)


def merge(content: Content, number: int, seen: int) -> Content:
    """Put the next task of the same place into this one: wording, checklist, targets and children."""
    task = _fresh(content, number, seen)
    siblings = content.live(ItemKind.TASK, task.parent)
    following = siblings[siblings.index(task) + 1 :] if task in siblings else []
    if not following:
        raise PlanDraftError("后面没有可以合并的任务。")
    other = _fresh(content, following[0].id, seen)
    if content.of(ItemKind.TASK, other.id):
        raise PlanDraftError(f"“{other.label}”还有子任务，请先移动或移除子任务，再合并。")
    data = {
        **task.data,
        "wording": "\n".join(filter(None, [task.data.get("wording", ""), _wording(other)])),
        "checklist": [*task.data.get("checklist", []), *other.data.get("checklist", [])],
    }
    taken = [replace(target, parent=task.id) for target in content.of(ItemKind.TARGET, other.id)]
    content = content.with_items(replace(task, data=data, is_seen=True), *taken)
    return Content(tuple(item for item in content.items if item.id != other.id), content.revision)


def next_number(content: Content, number: str) -> str:
    """The next free number behind this one, on the same level: 2.1 → 2.2."""
    taken = {item.data["number"] for item in content.live(ItemKind.TASK)}
    while number in taken:
        number = _LAST_NUMBER.sub(lambda match: str(int(match[1]) + 1), number)
    return number


def _fresh(content: Content, number: int, seen: int) -> Item:
    item = content.item(number)
    if item.revision > seen:
        raise StaleItemError(STALE)
    return item


def _check(content: Content, item: Item, data: dict[str, Any]) -> None:
    """Whether the part is in order by itself, and a task's number its own."""
    try:
        plan_from_data(_alone(item.kind, data))
    except PlanError as error:
        raise PlanDraftError(str(error).removeprefix("方案：")) from error
    if item.kind == ItemKind.TASK and data["number"] in _numbers(content, item):
        raise PlanDraftError(f"序号“{data['number']}”已有任务使用。", "number")


def _numbers(content: Content, item: Item) -> set[str]:
    """The numbers of all other tasks."""
    return {other.data["number"] for other in content.live(ItemKind.TASK) if other.id != item.id}


def _alone(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """A plan that holds this part and nothing else."""
    plan: dict[str, Any] = {"code": "DRAFT", "name": "草稿"}
    if kind == ItemKind.HEAD:
        return plan | data
    if kind == ItemKind.DIMENSION:
        return plan | {"dimensions": [data]}
    if kind == ItemKind.TASK:
        return plan | {"dimensions": [{"name": "草稿", "tasks": [data]}]}
    if kind == ItemKind.TARGET:
        task = {"number": "1", "title": "草稿", "targets": [data]}
        return plan | {"dimensions": [{"name": "草稿", "tasks": [task]}]}
    return plan | {_LISTS[ItemKind(kind)]: [data]}


def _moved(content: Content, item: Item, parent: int) -> Content:
    """The item, with all that stands under it, at the end of another parent."""
    place = content.item(parent)
    if place.kind not in PARENTS.get(item.kind, ()) or any(each.id == parent for each in content.below(item)):
        raise PlanDraftError("这一项不能移到那里。")
    content = content.with_items(replace(item, parent=parent))
    group = [each.id for each in content.below(content.item(item.id))]
    rest = [each for each in content.items if each.id not in group]
    moved = [each for each in content.items if each.id in group]
    ids = {each.id for each in content.below(place)} - set(group)
    last = max(index for index, each in enumerate(rest) if each.id in ids)
    return Content((*rest[: last + 1], *moved, *rest[last + 1 :]), content.revision)


def _renumbered(content: Content, item: Item, data: dict[str, Any]) -> list[Item]:
    """The children of a task follow its new number."""
    old, new = item.data.get("number"), data.get("number")
    if item.kind != ItemKind.TASK or old == new:
        return []
    below = [each for each in content.below(item) if each.kind == ItemKind.TASK and each.id != item.id]
    return [
        replace(each, data={**each.data, "number": f"{new}{each.data['number'].removeprefix(str(old))}"})
        for each in below
    ]


def _wording(task: Item) -> str:
    return "。".join(filter(None, [task.data["title"], task.data.get("wording", "")]))
