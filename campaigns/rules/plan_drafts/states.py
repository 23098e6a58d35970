"""The life of a plan's draft: one table of transitions. Source: X01."""

from django.db.models import TextChoices


class DraftState(TextChoices):
    EDITING = "editing", "编辑中"
    PUBLISHED = "published", "已生成"
    DROPPED = "dropped", "已放弃"


class DraftVerb(TextChoices):
    """What somebody does to a draft; the words are those of the screen."""

    EDIT = "edit", "修改"
    PUBLISH = "publish", "生成创建活动"
    DROP = "drop", "放弃"
    TAKE_UP = "take_up", "重新编辑"


class PlanDraftError(Exception):
    """A step that the draft's state or its parts refuse; ``field`` names the input that is wrong, if one is."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class StaleItemError(PlanDraftError):
    """The part was changed elsewhere since the page that wants to change it was made."""


TRANSITIONS: dict[tuple[DraftState, DraftVerb], DraftState] = {
    (DraftState.EDITING, DraftVerb.EDIT): DraftState.EDITING,
    (DraftState.EDITING, DraftVerb.PUBLISH): DraftState.PUBLISHED,
    (DraftState.EDITING, DraftVerb.DROP): DraftState.DROPPED,
    (DraftState.DROPPED, DraftVerb.TAKE_UP): DraftState.EDITING,
}
"""State and verb → next state. What is not here is refused, by every way in."""


def can(state: str, verb: DraftVerb) -> bool:
    """Whether the table allows the verb in this state."""
    return (DraftState(state), verb) in TRANSITIONS


def next_state(state: str, verb: DraftVerb) -> DraftState:
    """The state after the verb; refused when the table has none."""
    if not can(state, verb):
        raise PlanDraftError(f"这份草稿{DraftState(state).label}，不能{verb.label}。请刷新页面后核对。")
    return TRANSITIONS[DraftState(state), verb]
