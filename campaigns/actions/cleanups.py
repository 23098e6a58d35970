"""Clean-ups of kinds of problem (专项整治): drawn up, begun, self-checked by each organisation, ended (R06)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.problem_rows import lock_organization
from campaigns.actions.problems import raise_problem
from campaigns.models import Cleanup, CleanupCheck
from campaigns.queries.cleanups import organizations_of
from campaigns.rules.cleanups import MOST_CLASSES, CleanupState
from campaigns.rules.problems import Deadline, Origin
from office.actions.notices import tell
from office.queries.notices import people_at
from partybuild.lib import clock
from partybuild.lib.dates import day_text

FIELDS = ("name", "classes", "requirement", "source", "starts_on", "check_by", "ends_on", "audience_kinds")


@transaction.atomic
def draw_up_cleanup(*, by: Actor, issuer: Organization, **values: Any) -> Cleanup:
    """A clean-up is drawn up; those below see it when it has begun. The same one twice is one."""
    lock_organization(issuer)
    known = Cleanup.objects.filter(issuer=issuer, name=values["name"], starts_on=values["starts_on"]).first()
    if known:
        return known
    cleanup = Cleanup(issuer=issuer, created_at=clock.now())
    _fill(cleanup, values)
    cleanup.save()
    audit.record(by=by, verb="拟定专项整治", obj=cleanup, organization=issuer)
    return cleanup


@transaction.atomic
def edit_cleanup(*, by: Actor, cleanup: Cleanup, **values: Any) -> Cleanup:
    """Change one that has not begun."""
    cleanup = _held(cleanup, CleanupState.DRAFT, "修改")
    _fill(cleanup, values)
    cleanup.save()
    audit.record(by=by, verb="修改专项整治", obj=cleanup, organization=cleanup.issuer)
    return cleanup


@transaction.atomic
def begin_cleanup(*, by: Actor, cleanup: Cleanup) -> Cleanup:
    """It begins: every organisation that it addresses is told to check itself."""
    cleanup = _held(cleanup, CleanupState.DRAFT, "启动")
    cleanup.state = CleanupState.RUNNING
    cleanup.save(update_fields=["state"])
    audit.record(by=by, verb="启动专项整治", obj=cleanup, organization=cleanup.issuer)
    ids = list(organizations_of(cleanup).values_list("pk", flat=True))
    people = [user for users in people_at(ids, [Role.STAFF, Role.SECRETARY]).values() for user in users]
    text = f"{cleanup.issuer}开展{cleanup}，请于{day_text(cleanup.check_by)}前逐类自查。"
    tell(people=people, key=f"cleanup:{cleanup.pk}:begun", text=text, url=page_of(cleanup), due_on=cleanup.check_by)
    return cleanup


@transaction.atomic
def check_class(
    *, by: Actor, cleanup: Cleanup, organization: Organization, name: str, is_found: bool, word: str,
    problems: Iterable[str] = (), deadline: str = Deadline.IMMEDIATE, due_on: date | None = None,
) -> CleanupCheck:  # fmt: skip
    """An organisation checks itself on one class: none, with a word, or found, each finding a problem of its ledger."""
    cleanup = _held(cleanup, CleanupState.RUNNING, "自查")
    organization = lock_organization(organization)
    word, found = word.strip(), list(dict.fromkeys(text.strip() for text in problems if text.strip()))
    if name not in cleanup.classes:
        raise ValidationError({"name": "没有这一类问题。"})
    if not word:
        raise ValidationError({"word": "请填写自查情况。"})
    if is_found and not found:
        raise ValidationError({"problems": "请写明查出的问题，每行一个。"})
    check = CleanupCheck.objects.filter(cleanup=cleanup, organization=organization, name=name).first()
    check = check or CleanupCheck(cleanup=cleanup, organization=organization, name=name)
    has_problems = cleanup.problems.valid().filter(organization=organization, cleanup_class=name).exists()
    check.is_found, check.word = is_found or has_problems, word
    check.checked_at, check.checked_by_id = clock.now(), by.user_id
    check.clean_fields(exclude=["checked_by"])
    check.save()
    for text in found if is_found else []:
        raise_problem(
            by=by, organization=organization, text=text, origin=Origin.CLEANUP, origin_note=cleanup.name,
            cleanup=cleanup, cleanup_class=name, deadline=deadline, due_on=due_on,
        )  # fmt: skip
    audit.record(
        by=by, verb="专项整治自查", obj=cleanup, organization=organization, detail={"note": f"{name}：{word}"[:255]}
    )
    return check


@transaction.atomic
def end_cleanup(*, by: Actor, cleanup: Cleanup, summary: str) -> Cleanup:
    """It ends with a summary; what is not put right yet stays in the ledgers."""
    cleanup = _held(cleanup, CleanupState.RUNNING, "办结")
    if not summary.strip():
        raise ValidationError({"summary": "请填写整治小结。"})
    cleanup.state, cleanup.ended_on, cleanup.summary = CleanupState.ENDED, clock.today(), summary.strip()
    cleanup.save(update_fields=["state", "ended_on", "summary"])
    audit.record(by=by, verb="办结专项整治", obj=cleanup, organization=cleanup.issuer)
    return cleanup


def page_of(cleanup: Cleanup) -> str:
    """Where it is shown."""
    return reverse("campaigns:cleanup_detail", args=[cleanup.pk])


def _held(cleanup: Cleanup, state: CleanupState, verb: str) -> Cleanup:
    held = Cleanup.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=cleanup.pk)
    if held.state != state:
        raise ValidationError(f"该专项整治现在是“{held.get_state_display()}”，不能{verb}。")
    return held


def _fill(cleanup: Cleanup, values: dict[str, Any]) -> None:
    for field in FIELDS:
        if field in values:
            setattr(cleanup, field, values[field])
    if not cleanup.classes or len(cleanup.classes) > MOST_CLASSES:
        raise ValidationError({"classes": f"请填写 1 至 {MOST_CLASSES} 类问题。"})
    if cleanup.check_by < cleanup.starts_on:
        raise ValidationError({"check_by": "自查截止不能早于开始日期。"})
    if cleanup.ends_on < cleanup.check_by:
        raise ValidationError({"ends_on": "结束日期不能早于自查截止。"})
    cleanup.full_clean(validate_constraints=False)
