"""Expected codes of the assessments floor."""

from typing import Any

from assessments.models import Round, Submission
from branches.models import Organization
from partybuild.lib import clock
from tests.access.table import NEVER, Row, World, only
from tests.factories.assessments import RoundFactory, SubmissionFactory

VIEWERS = ("staff", "secretary", "leader", "inspector")
# A round is addressed to those below its issuer; a sheet only to its own organisation and those above.
ADDRESSED = {"staff": {"parent": 200}, "secretary": {"parent": 200}}
OUTSIDE = {"parent": 404, "sibling": 404, "foreign": 404}


def _round_of(organization: Organization) -> Round:
    """A round in self-check that this organisation holds, open since today."""
    found = Round.objects.filter(scheme__campaign__issuer=organization).first()
    today = clock.today()
    days = dict.fromkeys(("opens_on", "self_check_by", "check_by", "final_by"), today)
    return found or RoundFactory(scheme__campaign__issuer=organization, computed_at=clock.now(), **days)


def _round(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": _round_of(organization).pk}


def _scheme(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": _round_of(organization).scheme_id}


def _sheet(world: World, organization: Organization) -> dict[str, Any]:
    """The organisation's sheet in the round of its 工委."""
    top = world.root if organization.path.startswith(world.root.path) else world.other_root
    found = Submission.objects.filter(round=_round_of(top), organization=organization).first()
    return {"pk": (found or SubmissionFactory(round=_round_of(top), organization=organization)).pk}


# A superior reads a self-check and does not write it; a group has no self-check of its secretary's.
SELF_CHECK_ONLY = {"staff": {"own": 302, "child": 403, **OUTSIDE}, "secretary": {"child": 403}}

TABLE = {
    "assessments:round_list": Row(get=only(200, *VIEWERS), post=NEVER),
    "assessments:round_create": Row(get=only(200, "staff"), post=only(422, "staff")),
    "assessments:round_detail": Row(get=only(200, *VIEWERS), post=NEVER, at=_round, places=ADDRESSED),
    "assessments:round_export": Row(
        get=only(200, "staff"), post=NEVER, at=_round,
        places={"staff": {"parent": 403}, "secretary": {"sibling": 404, "foreign": 404}},
    ),
    "assessments:round_rescore": Row(get=NEVER, post=only(302, "staff"), at=_round, place_method="post"),
    "assessments:round_advance": Row(get=only(200, "staff"), post=only(302, "staff"), at=_round),
    "assessments:round_publish": Row(get=only(302, "staff"), post=only(302, "staff"), at=_round),
    "assessments:scheme_detail": Row(get=only(200, *VIEWERS), post=NEVER, at=_scheme, places=ADDRESSED),
    "assessments:sheet_detail": Row(get=only(200, *VIEWERS), post=only(302, "secretary"), at=_sheet),
    "assessments:sheet_take_back": Row(
        get=NEVER, post=only(302, "secretary"), at=_sheet, place_method="post", places=SELF_CHECK_ONLY
    ),
    "assessments:sheet_rescore": Row(
        get=NEVER, post=only(302, "secretary"), at=_sheet, place_method="post", places=SELF_CHECK_ONLY
    ),
}  # fmt: skip
