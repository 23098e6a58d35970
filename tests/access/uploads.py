"""Rows of the steps in which a workbook is imported: only who sent it sees it."""

from typing import Any

from branches.enums import ImportKind
from tests.access.table import NEVER, Row, World, only
from tests.factories.branches import UploadFactory


def upload_rows(start: str, prefix: str, kind: ImportKind, *roles: str) -> dict[str, Row]:
    """The six addresses under ``start`` (of the import) and ``prefix`` (of its steps), for these roles."""

    def sent(world: World) -> dict[str, Any]:
        """The staff's upload, which nobody else has."""
        if (name := f"upload:{kind}") not in world.things:
            world.things[name] = UploadFactory(user=world.users["staff"], organization=world.committee, kind=kind)
        return {"token": world.things[name].token}

    others = {role: 404 for role in roles if role != "staff"}
    return {
        start: Row(get=only(200, *roles), post=only(422, *roles)),
        f"{start}_template": Row(get=only(200, *roles), post=NEVER),
        f"{prefix}detail": Row(get=only(200, "staff", **others), post=NEVER, kwargs=sent),
        f"{prefix}confirm": Row(get=NEVER, post=only(422, "staff", **others), kwargs=sent),
        f"{prefix}drop": Row(get=NEVER, post=only(302, "staff", **others), kwargs=sent),
        f"{prefix}report": Row(get=only(404, "staff", **others), post=NEVER, kwargs=sent),
    }
