"""App of campaigns, their tasks, and the records that fulfil them."""

from typing import ClassVar

from django.apps import AppConfig

from branches.enums import Role
from branches.permissions import MenuEntry, Permission

_WORKS: tuple[str, ...] = (
    "campaigns:topic_list",
    "campaigns:project_list",
    "campaigns:claim_task_list",
    "campaigns:contest_list",
    "campaigns:application_list",
    "campaigns:award_list",
    "campaigns:need_list",
    "campaigns:pledge_list",
    "campaigns:entry_list",
    "campaigns:branch_plan_list",
    "campaigns:planned_list",
    "campaigns:agreement_list",
    "campaigns:worklist_list",
    "campaigns:contact_list",
    "campaigns:info_list",
    "campaigns:experience_list",
    "campaigns:mass_list",
    "campaigns:call_list",
    "campaigns:sit_in_list",
)
"""The lists of special work, which belong to their hub."""


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "创建活动"
    top_pages: ClassVar[dict[str, str]] = {"feedback": "campaigns:feedback_list"}
    frame_urls: ClassVar[dict[str, str]] = {"feedback_url": "campaigns:feedback_new"}
    member_extracts = ("campaigns.queries.member_extracts.extracts_of",)
    menu = (
        MenuEntry(
            "创建活动", "campaigns:campaign_list", "flag", Permission.VIEW_CAMPAIGN, 20,
            hidden_for=frozenset({Role.SECRETARY, Role.LEADER}),
        ),
        MenuEntry(
            "任务", "campaigns:assignment_list", "list-check", Permission.VIEW_ASSIGNMENT, 21,
            hidden_for=frozenset({Role.LEADER}), count="campaigns.queries.counts.open_assignments",
            tab_for=frozenset({Role.SECRETARY, Role.STAFF, Role.INSPECTOR}),
            also=("campaigns:extension_list", "campaigns:campaign_list"),
        ),
        MenuEntry(
            "活动记录", "campaigns:activity_list", "calendar-check", Permission.VIEW_RECORD, 22,
            hidden_for=frozenset({Role.LEADER}), tab_for=frozenset({Role.SECRETARY, Role.MEMBER}),
            joins="campaigns:assignment_list", apart_for=frozenset({Role.SECRETARY}),
        ),
        MenuEntry(
            "审核", "campaigns:review_desk", "check2-square", Permission.REVIEW_RECORD, 23,
            count="campaigns.queries.counts.records_to_review", tab_for=frozenset({Role.STAFF}),
        ),
        MenuEntry(
            "问题整改", "campaigns:problem_list", "exclamation-triangle", Permission.VIEW_WORK, 24,
            hidden_for=frozenset({Role.MEMBER}), tab_for=frozenset({Role.INSPECTOR}),
            also=("campaigns:cleanup_list", "campaigns:snapshot_list"),
        ),
        MenuEntry(
            "随手拍", "campaigns:snapshot_list", "file-earmark-image", Permission.TAKE_PART, 25,
            tab_for=frozenset({Role.MEMBER}),
        ),
        MenuEntry(
            "专项工作", "campaigns:work_list", "kanban", Permission.VIEW_WORK, 26, also=_WORKS,
            joins="campaigns:campaign_list", apart_for=frozenset({Role.MEMBER}),
        ),
    )  # fmt: skip
