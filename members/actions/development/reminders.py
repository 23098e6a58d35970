"""Reminders in the development of members: talk, half-yearly observation, political review, approval, probation."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from branches.enums import Role
from branches.permissions import Actor
from members.models import DevelopmentFile
from members.queries.development import progress_of, terms_on, whole_files
from members.rules.development import BY_CODE, Body, Terms, possible
from members.rules.development_dues import Due, dues
from office.actions.notices import tell
from office.queries.notices import people_at
from partybuild.lib.dates import day_text

_ROLES = [Role.SECRETARY, Role.STAFF]
_ONCE = {"political_review": "可以进行政治审查，请及时办理并留存政治审查报告。"}


def remind_development(*, by: Actor, on: date) -> int:
    """Tell the branch, or the superior where it is his turn, when something comes due, and once more when it is late.

    The branch also hears once that the political review may begin.
    """
    terms = terms_on(on)
    near = Q(due_on__lte=on + timedelta(days=terms.remind_days)) | Q(stage=BY_CODE["political_review"].stage)
    files = list(whole_files(DevelopmentFile.objects.open().filter(near).order_by("pk")))
    places = {pk for file in files for pk in [*file.organization.ancestor_ids, file.organization_id]}
    people = people_at(places, _ROLES, on)
    return sum(
        tell(
            people=_who(file, body, people), key=f"development:{file.pk}:{key}", text=f"{file.member}：{words}",
            url=reverse("members:development_detail", args=[file.pk]), due_on=due_on,
        )
        for file in files
        for key, body, words, due_on in _occasions(file, terms, on)
    )  # fmt: skip


def _occasions(file: DevelopmentFile, terms: Terms, on: date) -> Iterator[tuple[str, Body, str, date | None]]:
    progress = progress_of(file, terms)
    for due in dues(progress, terms):
        if due.due_on <= on + timedelta(days=terms.remind_days):
            late = due.due_on < on
            key = f"{due.code}:{due.due_on:%Y%m%d}:{'late' if late else 'soon'}"
            yield key, due.by, _words(due, late), due.due_on
    for step in possible(progress.done):
        if step.code in _ONCE:
            yield step.code, step.by, _ONCE[step.code], None


def _words(due: Due, late: bool) -> str:
    if late:
        return f"“{due.words}”应在{day_text(due.due_on)}前完成，已逾期，请抓紧办理。"
    return f"“{due.words}”请在{day_text(due.due_on)}前办理。"


def _who(file: DevelopmentFile, body: Body, people: dict[int, list[int]]) -> list[int]:
    """The branch's own people; for the superior's steps those of the nearest superior who has any."""
    if body is Body.BRANCH:
        return people.get(file.organization_id, [])
    above = reversed(file.organization.ancestor_ids)
    return next((people[pk] for pk in above if people.get(pk)), [])
