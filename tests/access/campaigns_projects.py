"""Expected codes of topics, projects, claims, contests, applications, awards, needs and pledges."""

from typing import Any

from branches.enums import ImportKind, OrganizationKind
from branches.models import Organization
from campaigns.actions.need_links import offer_rating
from campaigns.rules.contests import ApplicationState, ContestState
from campaigns.rules.needs import NeedState
from tests.access.table import NEVER, Row, World, everyone, only
from tests.access.uploads import upload_rows
from tests.factories.branches import actor
from tests.factories.campaigns_honours import (
    ApplicationFactory,
    ClaimFactory,
    ClaimTaskFactory,
    ContestFactory,
    NeedFactory,
    NoteFileFactory,
    PledgeFactory,
    ProjectFactory,
    TopicFactory,
    WorkNoteFactory,
)

READERS = ("staff", "secretary", "leader", "inspector", "member")
DOERS = ("staff", "secretary")
# Who is addressed sees what stands above.
ADDRESSED = {"staff": {"parent": 200}, "secretary": {"parent": 200}}
# Nobody leads his own organisation.
LED = {"staff": {"own": 403}}


def _own(code: int) -> dict[str, dict[str, int]]:
    """Staff works for its own organisation and for none below: 403 there, and 404 outside the scope."""
    return {"staff": {"own": code, "parent": 404, "sibling": 404, "foreign": 404}}


def _of(factory: Any, **fields: Any) -> Any:
    """Arguments of a row of an organisation."""

    def at(world: World, organization: Organization) -> dict[str, Any]:
        return {"pk": factory(organization=organization, **fields).pk}

    return at


def _verb(factory: Any, verb: str, **fields: Any) -> Any:
    def at(world: World, organization: Organization) -> dict[str, Any]:
        return {"pk": factory(organization=organization, **fields).pk, "verb": verb}

    return at


def _topic(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": TopicFactory(issuer=organization).pk}


def _contest(state: str) -> Any:
    def at(world: World, organization: Organization) -> dict[str, Any]:
        return {"pk": ContestFactory(issuer=organization, state=state).pk}

    return at


def _claim(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": ClaimFactory(task=ClaimTaskFactory(organization=organization)).pk}


def _file(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": NoteFileFactory(note=WorkNoteFactory(project=ProjectFactory(organization=organization))).pk}


def _board(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": organization.pk}


def _link(world: World) -> dict[str, Any]:
    if "need_link" not in world.things:
        need = NeedFactory(organization=world.branch, **DONE)
        world.things["need_link"] = offer_rating(by=actor(world.users["secretary"]), need=need)
    return {"token": world.things["need_link"]}


def _open(world: World, organization: Organization) -> dict[str, Any]:
    """A contest that the organisation, when it is a branch, may enter: its superior's."""
    issuer = organization.parent if organization.kind == OrganizationKind.BRANCH else organization
    contest = ContestFactory(issuer=issuer, starts_on="2020-01-01", ends_on="2099-12-31")
    contest.refresh_from_db()
    return {"pk": contest.pk}


# A branch enters its superior's contests, whichever organisation the row belongs to.
ENTERED = {"staff": {"sibling": 404, "foreign": 404}, "secretary": {"child": 403, "parent": 200, "sibling": 200}}
_STAFF = only(200, "staff")
DONE = {"state": NeedState.DONE, "result": "已加装。", "done_on": "2026-03-05"}
MET = {"state": ApplicationState.MET, "verified_at": "2026-03-02T09:00:00+08:00"}

TABLE = {
    "campaigns:project_list": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:project_export": Row(get=only(200, *READERS), post=NEVER),
    # A committee takes no project on.
    "campaigns:project_new": Row(get=only(200, "secretary"), post=only(422, "secretary")),
    "campaigns:project_detail": Row(get=only(200, *READERS), post=NEVER, at=_of(ProjectFactory)),
    "campaigns:project_edit": Row(
        get=only(200, "secretary"), post=only(422, "secretary"), at=_of(ProjectFactory), places=_own(200)
    ),
    "campaigns:project_act": Row(
        get=NEVER,
        post=only(422, "secretary"),
        at=_verb(ProjectFactory, "progress"),
        places=_own(422),
        place_method="post",
    ),
    "campaigns:topic_list": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:topic_export": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:topic_new": Row(get=only(200, "staff"), post=only(422, "staff")),
    "campaigns:topic_detail": Row(get=only(200, *READERS), post=NEVER, at=_topic, places=ADDRESSED),
    "campaigns:topic_close": Row(get=NEVER, post=only(302, "staff"), at=_topic, place_method="post"),
    "campaigns:note_file": Row(get=only(200, *READERS), post=NEVER, at=_file),
    "campaigns:claim_task_list": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:claim_task_export": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:claim_task_new": Row(get=only(200, *DOERS), post=only(422, *DOERS)),
    "campaigns:claim_task_detail": Row(get=only(200, *READERS), post=NEVER, at=_of(ClaimTaskFactory)),
    "campaigns:claim_task_close": Row(
        get=NEVER, post=only(302, "secretary"), at=_of(ClaimTaskFactory), places=_own(302), place_method="post"
    ),
    # Refused with a word: the account is not linked to a member here.
    "campaigns:claim_task_take": Row(
        get=NEVER, post=only(302, "member"), at=_of(ClaimTaskFactory), place_method="post"
    ),
    "campaigns:claim_task_give": Row(
        get=NEVER, post=only(422, "secretary"), at=_of(ClaimTaskFactory), places=_own(422), place_method="post"
    ),
    "campaigns:claim_detail": Row(get=only(200, *READERS), post=NEVER, at=_claim),
    "campaigns:claim_act": Row(
        get=NEVER,
        post=only(422, "secretary"),
        at=lambda world, organization: {**_claim(world, organization), "verb": "report"},
        places=_own(422),
        place_method="post",
    ),
    "campaigns:contest_list": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:contest_export": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:contest_new": Row(get=only(200, "staff"), post=only(422, "staff")),
    "campaigns:contest_detail": Row(
        get=only(200, *READERS), post=NEVER, at=_contest(ContestState.PUBLISHED), places=ADDRESSED
    ),
    "campaigns:contest_edit": Row(
        get=only(200, "staff", secretary=403), post=only(422, "staff"), at=_contest(ContestState.PUBLISHED)
    ),
    "campaigns:contest_publish": Row(
        get=NEVER, post=only(302, "staff"), at=_contest(ContestState.PUBLISHED), place_method="post"
    ),
    "campaigns:contest_close": Row(
        get=NEVER, post=only(302, "staff"), at=_contest(ContestState.PUBLISHED), place_method="post"
    ),
    "campaigns:application_new": Row(get=only(200, "secretary"), post=only(422, "secretary"), at=_open, places=ENTERED),
    "campaigns:application_list": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:application_export": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:application_detail": Row(get=only(200, *READERS), post=NEVER, at=_of(ApplicationFactory)),
    "campaigns:application_act": Row(
        get=NEVER,
        post=only(302, "secretary"),
        at=_verb(ApplicationFactory, "withdraw"),
        places=_own(302),
        place_method="post",
    ),
    "campaigns:application_verify": Row(get=_STAFF, post=only(422, "staff"), at=_of(ApplicationFactory), places=LED),
    "campaigns:application_award": Row(
        get=_STAFF, post=only(422, "staff"), at=_of(ApplicationFactory, **MET), places=LED
    ),
    "campaigns:application_ask": Row(
        get=NEVER, post=only(302, "staff"), at=_of(ApplicationFactory), places=LED, place_method="post"
    ),
    "campaigns:award_list": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:award_export": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:need_list": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:need_export": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:need_summary": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:need_summary_export": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:need_new": Row(get=only(200, *DOERS), post=only(422, *DOERS)),
    "campaigns:need_detail": Row(get=only(200, *READERS), post=NEVER, at=_of(NeedFactory)),
    "campaigns:need_edit": Row(get=only(200, *DOERS), post=only(422, *DOERS), at=_of(NeedFactory)),
    "campaigns:need_link": Row(get=NEVER, post=only(200, *DOERS), at=_of(NeedFactory, **DONE), place_method="post"),
    # The link is all that the asker has: no sign-in.
    "campaigns:need_rate": Row(get=everyone(200), post=everyone(422), kwargs=_link),
    "campaigns:need_act": Row(
        get=NEVER, post=only(422, "secretary"), at=_verb(NeedFactory, "progress"), places=_own(422), place_method="post"
    ),
    **upload_rows("campaigns:need_import", "campaigns:need_upload_", ImportKind.NEEDS, *DOERS),
    "campaigns:pledge_list": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:pledge_export": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:pledge_new": Row(get=only(200, *DOERS, "member"), post=only(422, *DOERS, "member")),
    "campaigns:pledge_board": Row(get=only(200, *READERS), post=NEVER, at=_board),
    "campaigns:pledge_detail": Row(get=only(200, *READERS), post=NEVER, at=_of(PledgeFactory)),
    "campaigns:pledge_act": Row(
        get=NEVER, post=only(422, "secretary"), at=_verb(PledgeFactory, "report"), places=_own(422), place_method="post"
    ),
}
