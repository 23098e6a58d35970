"""Expected codes of the desk."""

from typing import Any

from branches.models import Organization, OrganizationChange
from office.enums import Job
from office.models import Document, Run
from tests.access.table import NEVER, Row, World, everyone, only
from tests.factories.branches import OrganizationChangeFactory
from tests.factories.office import DocumentFactory, RunFactory

MANAGERS = ("staff", "sysadmin")
VIEWERS = ("staff", "leader", "inspector")


def build(world: World) -> None:
    """A run that has ended, and one that drafted bulletins."""
    world.things["run"] = RunFactory(job=Job.DISPATCH, period="2026-01", status="failed", error="处理中断。")
    world.things["bulletin"] = RunFactory(job=Job.BULLETIN, period="2026-01")


def _organization(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": organization.pk}


def _change(world: World, organization: Organization) -> dict[str, Any]:
    found = OrganizationChange.objects.filter(organization=organization).first()
    return {"pk": (found or OrganizationChangeFactory(organization=organization)).pk}


def _run(world: World) -> dict[str, Any]:
    return {"pk": world.things["run"].pk}


def _bulletin(world: World, organization: Organization) -> dict[str, Any]:
    run: Run = world.things["bulletin"]
    found = Document.objects.filter(issuer=organization, run=run).first()
    return {"pk": (found or DocumentFactory(issuer=organization, run=run)).pk}


# The staff of the walk sits below the top of the tree: it looks at the runs, and the staff of the top starts them.
TABLE = {
    "desk:home": Row(get=everyone(200, anonymous=302, leader=302), post=NEVER),
    "desk:todo_list": Row(get=everyone(200, anonymous=302), post=NEVER),
    "desk:board": Row(get=only(200, *VIEWERS), post=NEVER),
    "desk:board_export": Row(get=only(200, *VIEWERS), post=NEVER),
    "desk:burden": Row(get=only(200, *VIEWERS), post=NEVER),
    "desk:burden_export": Row(get=only(200, *VIEWERS), post=NEVER),
    "desk:search": Row(get=everyone(200, anonymous=302, nobody=403), post=NEVER, query="?q=支部"),
    "desk:run_list": Row(get=only(200, "staff"), post=NEVER),
    "desk:run_detail": Row(get=only(200, "staff"), post=NEVER, kwargs=_run),
    "desk:run_restart": Row(get=NEVER, post=everyone(403, anonymous=302), kwargs=_run),
    "desk:dispatch_new": Row(get=everyone(403, anonymous=302), post=everyone(403, anonymous=302)),
    "desk:closing_new": Row(get=NEVER, post=everyone(403, anonymous=302)),
    "desk:bulletin_redraft": Row(get=NEVER, post=only(302, "staff"), at=_bulletin, place_method="post"),
    "desk:organization_rename": Row(get=only(200, *MANAGERS), post=only(422, *MANAGERS), at=_organization),
    "desk:organization_move": Row(get=only(200, *MANAGERS), post=only(422, *MANAGERS), at=_organization),
    # Rosters change with these: who may not manage members may not either.
    "desk:organization_merge": Row(get=only(200, "staff"), post=only(422, "staff"), at=_organization),
    "desk:organization_split": Row(get=only(200, "staff"), post=only(422, "staff"), at=_organization),
    "desk:organization_dissolve": Row(get=only(200, *MANAGERS), post=only(422, *MANAGERS), at=_organization),
    "desk:organization_change": Row(
        get=only(200, "staff", "secretary", "leader", "member", "inspector", "sysadmin", "secadmin", "auditor"),
        post=NEVER,
        at=_change,
    ),
}
