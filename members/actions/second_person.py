"""Nobody decides on what he asked for himself."""

from django.core.exceptions import ValidationError

from branches.permissions import Actor
from members.rules.second_person import is_own_asking


def refuse_own_asking(by: Actor, asker_id: int | None, asked_by_id: int | None, words: str) -> None:
    """Refuse a decision on one's own asking; at the top of a tree on what one has asked oneself. The portal may."""
    is_top = by.organization_path.count("/") == 1
    if by.is_system or not is_own_asking(by, asker_id=asker_id, asked_by_id=asked_by_id, is_top=is_top):
        return
    raise ValidationError("应由提出申请以外的另一名同志审批。" if is_top else f"{words}。")
