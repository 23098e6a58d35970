"""App of what every desk shares: rules, calendar, files, runs, documents, notices."""

from django.apps import AppConfig

from branches.permissions import MenuEntry, Permission


class OfficeConfig(AppConfig):
    name = "office"
    verbose_name = "办公"
    menu = (
        MenuEntry("办公", "公文", "office:document_list", "file-earmark-text", Permission.VIEW_DOCUMENT, 60),
        MenuEntry("系统", "规则表", "office:rule_list", "sliders", Permission.VIEW_RULES, 91),
    )
    frame_urls = {"notices_url": "office:notice_list"}
    key_rotations = ("office.actions.files.rotate_sealed",)
    frame_counts = {"notices": "office.queries.notices.unread_count"}
