"""The addresses at which a workbook is imported in steps; the floors above use the same."""

from collections.abc import Iterable

from django.urls import URLPattern, path

from branches.views.uploads import Step


def upload_routes(place: str, steps: Iterable[Step]) -> list[URLPattern]:
    """The steps of one kind of workbook under ``place``, which ends with a slash."""
    return [path(f"{place}{step.tail}", step.view, name=step.name) for step in steps]
