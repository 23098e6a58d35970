"""App of what draws on all floors: home pages, dashboards, cycles."""

from django.apps import AppConfig

from branches.permissions import MenuEntry, Permission


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "工作台"
    menu = (
        MenuEntry("", "工作台", "desk:home", "house", Permission.VIEW_HOME, 10),
        MenuEntry("", "月度调度", "desk:run_list", "arrow-repeat", Permission.DISPATCH, 25),
        MenuEntry("", "看板", "desk:board", "bar-chart", Permission.VIEW_BOARD, 50),
    )
