"""What the actions of special work have in common: the lock, the table of states, whom to tell, files."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import Truncator

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from campaigns.models import WorkFile
from campaigns.rules.contacts import PaperSlot
from campaigns.rules.works import StateTable
from office.actions.files import store_upload
from office.actions.notices import tell
from office.queries.notices import people_at
from partybuild.lib import clock

MOST_FILES = 20
KEEPERS = (Role.STAFF, Role.SECRETARY)
_LONGEST_NAME = 255
_Row = TypeVar("_Row", bound=models.Model)


def held(row: _Row, *related: str) -> _Row:
    """The row under a lock, with what it belongs to."""
    model: Any = type(row)
    found: _Row = model.objects.select_for_update(of=("self",)).select_related(*related).get(pk=row.pk)
    return found


def move(row: Any, states: StateTable, verb: str, words: str) -> None:
    """Set the state to which the verb leads; refuse in a state in which it may not be done."""
    if not states.allows(verb, row.state):
        raise ValidationError(f"当前状态是“{row.get_state_display()}”，不能{words}。")
    row.state = states.after(verb)


def refuse_own(by: Actor, organization: Organization, sent_by_id: int | None = None) -> None:
    """Nobody decides on what his own organisation sent; at the top of a tree a second person does."""
    if by.organization_id != organization.pk:
        return
    if organization.parent_id is not None:
        raise ValidationError("由上级党组织处理，不能处理本组织的事项。")
    if sent_by_id is not None and sent_by_id == by.user_id:
        raise ValidationError("本级事项须由另一人处理，不能处理本人提交的事项。")


def lock_organization(organization: Organization) -> Organization:
    """The organisation under a lock, so that two do not write the same at once; a dissolved one is refused."""
    found = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if found.dissolved_on is not None and found.dissolved_on <= clock.today():
        raise ValidationError({"organization": f"{found}已撤销，不能登记。"})
    return found


def tell_place(
    organization_ids: Iterable[int | None],
    key: str,
    text: str,
    *,
    url: str = "",
    due_on: date | None = None,
    roles: Iterable[Role] = KEEPERS,
) -> int:
    """Tell who acts at these organisations in the roles."""
    found = people_at({pk for pk in organization_ids if pk is not None}, roles)
    people = {user for users in found.values() for user in users}
    return tell(people=people, key=key, text=text, url=url, due_on=due_on) if people else 0


def short(text: str) -> str:
    """A title as it fits into a sentence."""
    return Truncator(text).chars(40)


@transaction.atomic
def attach(*, by: Actor, owner: Any, upload: Any, slot: str = PaperSlot.OTHER, field: str = "uploads") -> WorkFile:
    """Keep a file with a row of special work; the same one twice is one."""
    try:
        file = store_upload(upload)
    except ValidationError as error:
        raise ValidationError({field: [f"{upload.name}：{text}" for text in error.messages]}) from error
    owner = held(owner)
    name = upload.name[-_LONGEST_NAME:]
    if found := owner.files.filter(file=file, name=name, slot=slot).first():
        return found
    if owner.files.count() >= MOST_FILES:
        raise ValidationError({field: f"最多保存 {MOST_FILES} 个文件。"})
    row = WorkFile(file=file, name=name, slot=slot, added_at=clock.now(), added_by_id=by.user_id)
    setattr(row, owner.files.field.name, owner)
    row.save()
    audit.record(by=by, verb="添加材料", obj=owner, organization=row.organization, detail={"note": name})
    return row


@transaction.atomic
def detach(*, by: Actor, file: WorkFile) -> None:
    """Take a file off the row to which it belongs; the caller has checked that the row may still be changed."""
    owner = held(file.owner)
    audit.record(by=by, verb="移除材料", obj=owner, organization=file.organization, detail={"note": file.name})
    file.delete()
