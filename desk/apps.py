"""App of what draws on all floors: home pages, dashboards, cycles."""

from typing import ClassVar

from django.apps import AppConfig

from branches.enums import Role
from branches.permissions import MenuEntry, Permission


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "工作台"
    menu = (
        MenuEntry(
            "", "工作台", "desk:home", "house", Permission.VIEW_HOME, 10,
            hidden_for=frozenset({Role.LEADER}), tab_for=frozenset(Role),
        ),
        MenuEntry(
            "办公", "看板", "desk:board", "bar-chart", Permission.VIEW_BOARD, 15,
            tab_for=frozenset({Role.STAFF, Role.LEADER, Role.INSPECTOR}),
        ),
        MenuEntry("", "月度调度", "desk:run_list", "arrow-repeat", Permission.DISPATCH, 25),
    )  # fmt: skip
    frame_urls: ClassVar[dict[str, str]] = {"home_url": "desk:home", "search_url": "desk:search"}
