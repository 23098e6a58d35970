"""Expected codes of campaigns, tasks, assignments and records."""

from typing import Any

from branches.models import Organization
from tests.access.records import RECORDS
from tests.access.table import NEVER, Row, World, only
from tests.factories.campaigns import CampaignFactory, LeadingGroupSeatFactory, MilestoneFactory, TaskFactory, due

VIEWERS = ("staff", "secretary", "leader", "inspector")
READERS = (*VIEWERS, "member")
# What the organisation above has published is there for those below it.
FROM_ABOVE = {"staff": {"parent": 200}, "secretary": {"parent": 200}}
# Seen, and left to those who carry it out; whose campaign is not seen does not exist.
_HIDDEN = {"sibling": 404, "foreign": 404}
SEEN_FROM_ABOVE = {
    "staff": {"parent": 403},
    "secretary": {"own": 403, "child": 403, "parent": 403, **_HIDDEN},
}


def _campaign(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": CampaignFactory(issuer=organization).pk}


def _draft(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": CampaignFactory(issuer=organization, status="draft", published_on=None).pk}


def _milestone(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": MilestoneFactory(campaign=CampaignFactory(issuer=organization), due_on=None).pk}


def _seat(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": LeadingGroupSeatFactory(campaign=CampaignFactory(issuer=organization)).pk}


def _task(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": TaskFactory(campaign=CampaignFactory(issuer=organization)).pk}


def _assignment(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": due(organization, "activity.theme_day").pk}


CAMPAIGNS = {
    "campaigns:campaign_list": Row(get=only(200, *READERS), post=NEVER),
    "campaigns:campaign_create": Row(get=only(200, "staff"), post=only(422, "staff")),
    "campaigns:campaign_detail": Row(get=only(200, *READERS), post=NEVER, at=_campaign, places=FROM_ABOVE),
    "campaigns:campaign_publish": Row(get=only(200, "staff"), post=only(302, "staff"), at=_draft),
    "campaigns:campaign_review": Row(
        get=only(200, "staff"), post=only(302, "staff"), at=_draft, data={"policy": "every", "levels": "1"}
    ),
    "campaigns:campaign_delete": Row(get=only(200, "staff"), post=only(302, "staff"), at=_draft),
    "campaigns:campaign_archive": Row(
        get=only(200, "staff"), post=only(302, "staff"), at=_campaign, places={"staff": {"parent": 403}}
    ),
    "campaigns:campaign_close": Row(
        get=only(200, "staff"), post=only(302, "staff"), at=_campaign, places={"staff": {"parent": 403}}
    ),
}

WORKS = {
    "campaigns:work_list": Row(get=only(200, *READERS), post=NEVER),
}

MILESTONES = {
    "campaigns:milestone_edit": Row(
        get=only(200, "staff"), post=only(302, "staff"), at=_milestone, data={"due_on": "2026-05-20"},
        places=SEEN_FROM_ABOVE,
    ),
    "campaigns:milestone_ask": Row(
        get=only(200, "staff"), post=only(422, "staff"), at=_milestone, places=SEEN_FROM_ABOVE
    ),
    "campaigns:seat_new": Row(
        get=only(200, "staff"), post=only(422, "staff"), at=_campaign, places={"staff": {"parent": 403}}
    ),
    "campaigns:seat_edit": Row(
        get=only(200, "staff"), post=only(422, "staff"), at=_seat, places={"staff": {"parent": 403}}
    ),
    "campaigns:seat_remove": Row(
        get=NEVER, post=only(302, "staff"), at=_seat, places={"staff": {"parent": 403}}, place_method="post"
    ),
}  # fmt: skip

TASKS = {
    "campaigns:task_detail": Row(get=only(200, *READERS), post=NEVER, at=_task, places=FROM_ABOVE),
}

ASSIGNMENTS = {
    "campaigns:assignment_list": Row(get=only(200, *VIEWERS), post=NEVER),
    "campaigns:assignment_export": Row(get=only(200, *VIEWERS), post=NEVER),
    "campaigns:assignment_detail": Row(get=only(200, *VIEWERS), post=NEVER, at=_assignment),
}

TABLE = {**WORKS, **CAMPAIGNS, **MILESTONES, **TASKS, **ASSIGNMENTS, **RECORDS}
