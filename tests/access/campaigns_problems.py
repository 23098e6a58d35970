"""Expected codes of rectification: the ledger, one problem, clean-ups, common problems, what members report."""

from typing import Any

from branches.models import Organization
from campaigns.models import Cleanup, Problem, ProblemPaper, Snapshot, SnapshotPhoto, Step
from campaigns.rules.cleanups import CleanupState
from office.actions.files import store_upload
from tests.access.table import NEVER, Row, World, only
from tests.factories.branches import UserFactory
from tests.factories.campaigns import CampaignFactory, TaskFactory
from tests.factories.members_rooms import picture
from tests.factories.problems import (
    NOW,
    CleanupFactory,
    ClosedFactory,
    ProblemFactory,
    ProblemPaperFactory,
    SnapshotFactory,
    StepFactory,
    WorkingFactory,
)

VIEWERS = ("staff", "secretary", "leader", "inspector")
READERS = (*VIEWERS, "member")
DOERS = ("staff", "secretary")


def _problem(_: World, organization: Organization) -> dict[str, Any]:
    found = Problem.objects.filter(organization=organization, state="registered").first()
    return {"pk": (found or ProblemFactory(organization=organization)).pk}


def _working(_: World, organization: Organization) -> dict[str, Any]:
    found = Problem.objects.filter(organization=organization, state="working").first()
    return {"pk": (found or WorkingFactory(organization=organization)).pk}


def _closed(_: World, organization: Organization) -> dict[str, Any]:
    found = Problem.objects.filter(organization=organization, state="closed").first()
    return {"pk": (found or ClosedFactory(organization=organization)).pk}


def _step(world: World, organization: Organization) -> dict[str, Any]:
    problem = Problem.objects.get(pk=_working(world, organization)["pk"])
    return {"pk": (Step.objects.filter(problem=problem).first() or StepFactory(problem=problem)).pk}


def _paper(world: World, organization: Organization) -> dict[str, Any]:
    problem = Problem.objects.get(pk=_working(world, organization)["pk"])
    found = ProblemPaper.objects.filter(problem=problem).first()
    return {"pk": (found or ProblemPaperFactory(problem=problem)).pk}


def _cleanup(_: World, organization: Organization) -> dict[str, Any]:
    found = Cleanup.objects.filter(issuer=organization, state=CleanupState.RUNNING).first()
    return {"pk": (found or CleanupFactory(issuer=organization)).pk}


def _draft(_: World, organization: Organization) -> dict[str, Any]:
    found = Cleanup.objects.filter(issuer=organization, state=CleanupState.DRAFT).first()
    return {"pk": (found or CleanupFactory(issuer=organization, state=CleanupState.DRAFT)).pk}


def _snapshot(_: World, organization: Organization) -> dict[str, Any]:
    found = Snapshot.objects.filter(organization=organization).first()
    return {"pk": (found or SnapshotFactory(organization=organization, user=UserFactory())).pk}


def _photo(world: World, organization: Organization) -> dict[str, Any]:
    snapshot = Snapshot.objects.get(pk=_snapshot(world, organization)["pk"])
    found = snapshot.photos.first() or SnapshotPhoto.objects.create(
        snapshot=snapshot, file=store_upload(picture()), name="现场.png", added_at=NOW
    )
    return {"pk": found.pk}


def build(world: World) -> None:
    """A plan of the root that names a common problem, and a clean-up of the committee above the branch."""
    world.things["common"] = TaskFactory(campaign=CampaignFactory(issuer=world.root), nature="problem")
    world.things["cleanup"] = CleanupFactory(issuer=world.root, audience_kinds=["branch", "committee"])


def _common(world: World) -> dict[str, Any]:
    return {"pk": world.things["common"].pk}


def _class(world: World) -> dict[str, Any]:
    return {"pk": world.things["cleanup"].pk, "number": 1}


def _own(code: int) -> dict[str, dict[str, int]]:
    """Staff does the work of its own organisation alone; below it only leads."""
    return {"staff": {"own": code, "parent": 404, "sibling": 404, "foreign": 404}}


FROM_ABOVE = {"staff": {"parent": 200}, "secretary": {"parent": 200}}
LED_ABOVE = {"staff": {"parent": 403}}
TOKEN = {"token": "00000000-0000-4000-8000-000000000000"}

PROBLEMS = {
    "campaigns:problem_list": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:problem_export": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:problem_board": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:problem_board_export": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:problem_new": Row(get=only(200, *DOERS), post=only(422, *DOERS)),
    "campaigns:problem_detail": Row(get=only(200, *READERS), post=NEVER, at=_problem),
    "campaigns:problem_edit": Row(get=only(200, *DOERS), post=only(422, *DOERS), at=_problem),
    "campaigns:problem_claim": Row(
        get=only(200, "secretary"), post=only(422, "secretary"), at=_problem,
        places=_own(200),
    ),
    "campaigns:problem_void": Row(get=only(200, "staff"), post=only(422, "staff"), at=_problem),
    "campaigns:step_add": Row(get=NEVER, post=only(422, "secretary"), at=_working, place_method="post",
                              places=_own(422)),
    "campaigns:step_done": Row(get=NEVER, post=only(422, "secretary"), at=_step, place_method="post",
                               places=_own(422)),
    "campaigns:step_remove": Row(get=NEVER, post=only(302, "secretary"), at=_step, place_method="post",
                                 places=_own(302)),
    "campaigns:problem_progress": Row(get=NEVER, post=only(422, "secretary"), at=_working, place_method="post",
                                      places=_own(422)),
    "campaigns:problem_paper_add": Row(get=NEVER, post=only(422, "secretary"), at=_working, place_method="post",
                                       places=_own(422)),
    "campaigns:problem_paper": Row(get=only(200, *READERS), post=NEVER, at=_paper),
    "campaigns:problem_paper_remove": Row(get=NEVER, post=only(302, "secretary"), at=_paper, place_method="post",
                                          places=_own(302)),
    "campaigns:problem_ask": Row(get=NEVER, post=only(422, "secretary"), at=_working, place_method="post",
                                 places=_own(422)),
    "campaigns:problem_withdraw": Row(get=NEVER, post=only(302, "secretary"), at=_working, place_method="post",
                                      places=_own(302)),
    "campaigns:problem_decide": Row(get=NEVER, post=only(422, "staff"), at=_working, place_method="post"),
    "campaigns:problem_look_back": Row(get=NEVER, post=only(422, "staff"), at=_closed, place_method="post"),
    "campaigns:problem_import": Row(get=only(200, *DOERS), post=only(422, *DOERS)),
    "campaigns:problem_import_template": Row(get=only(200, *DOERS), post=NEVER),
}  # fmt: skip

UPLOADS = {
    f"campaigns:problem_upload_{step}": Row(
        get=only(404, *DOERS) if step in ("detail", "report") else NEVER,
        post=NEVER if step in ("detail", "report") else only(404, *DOERS),
        kwargs=lambda world: TOKEN,
    )
    for step in ("detail", "confirm", "drop", "report")
}

OTHERS = {
    "campaigns:common_list": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:common_claim": Row(get=only(200, *DOERS), post=only(422, *DOERS), kwargs=_common),
    "campaigns:snapshot_list": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:snapshot_export": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:snapshot_new": Row(get=only(200, "member"), post=only(422, "member")),
    # A member finds his own reports alone.
    "campaigns:snapshot_detail": Row(get=only(200, *VIEWERS, member=404), post=NEVER, at=_snapshot),
    "campaigns:snapshot_photo": Row(get=only(200, *VIEWERS, member=404), post=NEVER, at=_photo),
    "campaigns:snapshot_answer": Row(
        get=NEVER, post=only(422, "secretary"), at=_snapshot, place_method="post", places=_own(422)
    ),
}

CLEANUPS = {
    "campaigns:cleanup_list": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:cleanup_export": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:cleanup_new": Row(get=only(200, "staff"), post=only(422, "staff")),
    "campaigns:cleanup_detail": Row(get=only(200, *READERS), post=NEVER, at=_cleanup, places=FROM_ABOVE),
    "campaigns:cleanup_edit": Row(get=only(200, "staff"), post=only(422, "staff"), at=_draft),
    "campaigns:cleanup_begin": Row(get=NEVER, post=only(302, "staff"), at=_draft, place_method="post"),
    "campaigns:cleanup_check": Row(get=only(200, *DOERS), post=only(422, *DOERS), kwargs=_class),
    "campaigns:cleanup_end": Row(get=only(200, "staff"), post=only(422, "staff"), at=_cleanup, places=LED_ABOVE),
    "campaigns:cleanup_report": Row(get=only(200, "staff"), post=NEVER, at=_cleanup, places=LED_ABOVE),
}

TABLE = {**PROBLEMS, **UPLOADS, **OTHERS, **CLEANUPS}
