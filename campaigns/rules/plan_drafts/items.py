"""The parts of a draft as items with lasting numbers, so that two windows can speak of the same part."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import TextChoices

from campaigns.rules.plan_drafts.states import PlanDraftError


class ItemKind(TextChoices):
    HEAD = "head", "基本情况"
    DIMENSION = "dimension", "维度"
    TASK = "task", "任务"
    TARGET = "target", "指标"
    MILESTONE = "milestone", "时间节点"
    STAGE = "stage", "实施阶段"
    CADENCE = "cadence", "工作周期"
    SEAT = "seat", "领导小组"


PARENTS: dict[str, tuple[str, ...]] = {
    ItemKind.TASK: (ItemKind.DIMENSION, ItemKind.TASK),
    ItemKind.TARGET: (ItemKind.TASK,),
}
"""Kinds of item that stand below others, and below which."""


@dataclass(frozen=True)
class Item:
    """One part of a plan: its data in the form of a plan's file, the sentence it was read from, and how far it is.

    ``revision`` is that of the draft when the item was last changed; ``why`` says what is to be checked.
    """

    id: int
    kind: str
    data: dict[str, Any]
    parent: int = 0
    sentence: str = ""
    start: int = 0
    end: int = 0
    is_sure: bool = True
    why: str = ""
    is_seen: bool = False
    is_dropped: bool = False
    revision: int = 0

    @property
    def is_open(self) -> bool:
        """Whether a person has still to look at it."""
        return not self.is_sure and not self.is_seen

    @property
    def label(self) -> str:
        """What a person would call it."""
        data = self.data
        if self.kind == ItemKind.TASK:
            return f"{data['number']} {data['title']}"
        if self.kind == ItemKind.SEAT:
            return f"{data['role']} {data['holder']}"
        return str(data.get("title") or data.get("name") or data.get("phrase") or ItemKind(self.kind).label)


@dataclass(frozen=True)
class Content:
    """A draft whole. Items stand in the plan's order; ``revision`` counts the changes."""

    items: tuple[Item, ...] = ()
    revision: int = 0
    by_id: dict[int, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {item.id: item for item in self.items})

    def item(self, number: int) -> Item:
        """The item of this number; refused when there is none."""
        if number not in self.by_id:
            raise PlanDraftError("草稿中没有这一项，可能已被合并。请刷新页面后核对。")
        return self.by_id[number]

    @property
    def head(self) -> Item:
        return next(item for item in self.items if item.kind == ItemKind.HEAD)

    def of(self, kind: str, parent: int | None = None) -> list[Item]:
        """Items of a kind, those under one parent when it is named; dropped ones are there too."""
        return [item for item in self.items if item.kind == kind and parent in (None, item.parent)]

    def is_out(self, item: Item) -> bool:
        """Whether the item, or what it stands under, was dropped."""
        return item.is_dropped or (item.parent in self.by_id and self.is_out(self.by_id[item.parent]))

    def live(self, kind: str, parent: int | None = None) -> list[Item]:
        """Items of a kind that the plan will hold."""
        return [item for item in self.of(kind, parent) if not self.is_out(item)]

    def below(self, item: Item) -> Iterator[Item]:
        """The item and everything under it."""
        yield item
        for child in self.items:
            if child.parent == item.id:
                yield from self.below(child)

    @property
    def doubtful(self) -> list[Item]:
        """What the reader was not sure of, seen by a person or not."""
        return [item for item in self.items if not item.is_sure and not self.is_out(item)]

    @property
    def unseen(self) -> list[Item]:
        """What nobody has looked at yet."""
        return [item for item in self.doubtful if not item.is_seen]

    @property
    def next_id(self) -> int:
        return max(self.by_id, default=0) + 1

    def with_items(self, *changed: Item) -> "Content":
        """These items in the place of those with their numbers, marked as changed just now."""
        revision = self.revision + 1
        new = {item.id: replace(item, revision=revision) for item in changed}
        return Content(tuple(new.get(item.id, item) for item in self.items), revision)

    def with_added(self, *added: Item, after: int | None = None) -> "Content":
        """New items behind the one of this number, at the end when none is named."""
        revision = self.revision + 1
        new = tuple(replace(item, revision=revision) for item in added)
        place = len(self.items)
        if after is not None:
            place = next(index for index, item in enumerate(self.items, start=1) if item.id == after)
        return Content((*self.items[:place], *new, *self.items[place:]), revision)


def content_to_data(content: Content) -> dict[str, Any]:
    """As it is kept."""
    return {"revision": content.revision, "items": [vars(item) for item in content.items]}


def content_from_data(data: dict[str, Any]) -> Content:
    """The reverse."""
    return Content(tuple(Item(**item) for item in data["items"]), data["revision"])
