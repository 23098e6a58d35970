"""What members report with a picture (随手拍): reported, taken up as a problem or declined with a word (R01, SX)."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.problems import raise_problem
from campaigns.models import Problem, ProblemPaper, Snapshot, SnapshotPhoto
from campaigns.rules.problems import Origin
from office.actions.files import store_upload
from office.actions.notices import tell
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib import clock

_LONGEST_NAME = 255


@transaction.atomic
def report_snapshot(
    *, by: Actor, organization: Organization, text: str, place: str = "", photo: Any = None
) -> Snapshot:
    """A member reports what he saw in his own organisation; the same words twice on a day are one report."""
    assert by.user_id is not None
    text, today = text.strip(), clock.today()
    if not text:
        raise ValidationError({"text": "请填写发现的问题。"})
    if photo is None:
        raise ValidationError({"photo": "请选择一张照片。"})
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    same = {"organization": organization, "user_id": by.user_id, "text": text, "reported_on": today}
    if found := Snapshot.objects.filter(**same).first():
        return found
    due_on = today + timedelta(days=rule_table(today).int("snapshot.answer_days"))
    snapshot = Snapshot(**same, place=place.strip(), due_on=due_on)
    snapshot.full_clean(validate_constraints=False)
    snapshot.save()
    _keep_photo(by, snapshot, photo)
    audit.record(by=by, verb="随手拍反映问题", obj=snapshot, organization=organization)
    people = people_at([organization.pk], [Role.STAFF, Role.SECRETARY]).get(organization.pk, [])
    words = f"有党员随手拍反映：{text[:40]}，请受理或者答复。"
    tell(people=people, key=f"snapshot:{snapshot.pk}", text=words, url=page_of(snapshot), due_on=due_on)
    return snapshot


@transaction.atomic
def take_up(*, by: Actor, snapshot: Snapshot, text: str, deadline: str, answer: str = "") -> Problem:
    """The branch takes the report up: it becomes a problem of its ledger, pictures and all."""
    snapshot = _waiting(snapshot)
    problem = raise_problem(
        by=by, organization=snapshot.organization, text=text.strip() or snapshot.text, origin=Origin.SNAPSHOT,
        deadline=deadline, raised_on=snapshot.reported_on, origin_key=f"snapshot:{snapshot.pk}",
    )  # fmt: skip
    for photo in snapshot.photos.all():
        ProblemPaper.objects.get_or_create(
            problem=problem, file=photo.file, name=photo.name, slot=ProblemPaper.Slot.ISSUE,
            defaults={"added_at": clock.now(), "added_by_id": photo.added_by_id},
        )  # fmt: skip
    snapshot.problem = problem
    _answer(by, snapshot, Snapshot.State.TAKEN, answer.strip() or "已受理，列入整改台账。")
    return problem


@transaction.atomic
def decline(*, by: Actor, snapshot: Snapshot, answer: str) -> Snapshot:
    """The branch does not take the report up and tells the member why."""
    snapshot = _waiting(snapshot)
    if not answer.strip():
        raise ValidationError({"answer": "请写明不予受理的原因。"})
    _answer(by, snapshot, Snapshot.State.DECLINED, answer.strip())
    return snapshot


def page_of(snapshot: Snapshot) -> str:
    """Where the report is shown."""
    return reverse("campaigns:snapshot_detail", args=[snapshot.pk])


def _keep_photo(by: Actor, snapshot: Snapshot, upload: Any) -> None:
    file = store_upload(upload)
    if not file.is_image:
        raise ValidationError({"photo": "请选择图片文件（JPG、PNG）。"})
    SnapshotPhoto.objects.create(
        snapshot=snapshot, file=file, name=upload.name[-_LONGEST_NAME:], added_at=clock.now(), added_by_id=by.user_id
    )


def _waiting(snapshot: Snapshot) -> Snapshot:
    held = Snapshot.objects.select_for_update(of=("self",)).select_related("organization").get(pk=snapshot.pk)
    if held.state != Snapshot.State.WAITING:
        raise ValidationError(f"该反映{held.get_state_display()}，不能再次办理。")
    return held


def _answer(by: Actor, snapshot: Snapshot, state: str, answer: str) -> None:
    snapshot.state, snapshot.answer = state, answer[:500]
    snapshot.answered_on, snapshot.answered_by_id = clock.today(), by.user_id
    snapshot.save(update_fields=["state", "answer", "answered_on", "answered_by", "problem"])
    label = Snapshot.State(state).label
    audit.record(
        by=by, verb=f"随手拍{label}", obj=snapshot, organization=snapshot.organization, detail={"note": answer[:255]}
    )
    words = f"您反映的“{snapshot.text[:40]}”{label}：{answer}"
    tell(people=[snapshot.user_id], key=f"snapshot:{snapshot.pk}:answered", text=words, url=page_of(snapshot))
