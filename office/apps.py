"""App of what every desk shares: rules, calendar, files, runs, documents, notices."""

from django.apps import AppConfig

from branches.enums import Role
from branches.permissions import MenuEntry, Permission


class OfficeConfig(AppConfig):
    name = "office"
    verbose_name = "办公"
    menu = (
        MenuEntry(
            "公文", "office:document_list", "file-earmark-text", Permission.VIEW_DOCUMENT, 60,
            tab_for=frozenset({Role.LEADER}), together="公文与规则",
        ),
        MenuEntry(
            "规则表", "office:rule_list", "sliders", Permission.VIEW_RULES, 91, also=("office:calendar",),
            joins="office:document_list",
        ),
    )  # fmt: skip
    top_pages = {"notices": "office:notice_list"}
    frame_urls = {"notices_url": "office:notice_list"}
    key_rotations = ("office.actions.files.rotate_sealed",)
    frame_counts = {"notices": "office.queries.notices.unread_count"}
