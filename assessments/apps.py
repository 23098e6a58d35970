"""App of scoring rounds."""

from django.apps import AppConfig

from branches.permissions import MenuEntry, Permission


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = "考核评价"
    menu = (
        MenuEntry(
            "考核评价", "assessments:round_list", "clipboard-data", Permission.VIEW_SCORE, 40,
            count="assessments.queries.counts.sheets_waiting",
        ),
    )  # fmt: skip
