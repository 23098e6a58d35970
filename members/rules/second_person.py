"""Who may decide on what was asked: the superior, at the top of a tree a second person. Pure."""

from branches.permissions import Actor


def is_own_asking(by: Actor, *, asker_id: int | None, asked_by_id: int | None, is_top: bool) -> bool:
    """Whether somebody would decide on his own asking.

    It is his own under whichever post, for whomever he acts; and his organisation's, except at the top of a tree, where
    no superior is and another person decides.
    """
    if asked_by_id is not None and asked_by_id in (by.user_id, by.acting_for_id):
        return True
    return not is_top and asker_id is not None and by.organization_id == asker_id
