"""The yearly sheet of a branch's standards: opened, answered, submitted, checked by the superior (O16)."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Actor
from members.enums import SheetState
from members.models import StandardItem, StandardProof, StandardSheet
from members.queries.standards import standard_wordings
from members.rules.standards import after
from office.actions.files import store_upload
from partybuild.lib import clock

MOST_PROOFS = 12
_LONGEST_NAME = 255
_REFUSED = {
    "answer": "自查表已提交或者已核验，请先撤回再修改。",
    "submit": "自查表已提交。",
    "reopen": "自查表尚未提交。",
    "confirm": "自查表不在待核验状态。",
    "give_back": "自查表不在待核验状态。",
}


@transaction.atomic
def open_sheet(*, by: Actor, organization: Organization, year: int) -> StandardSheet:
    """The sheet of a branch and year, with the items of the rule table; the one that is there already stays."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if organization.kind != OrganizationKind.BRANCH or organization.dissolved_on is not None:
        raise ValidationError("自查表由现有的党支部填报。")
    if year > clock.today().year:
        raise ValidationError("年度还没有开始。")
    sheet, is_new = StandardSheet.objects.get_or_create(organization=organization, year=year)
    if is_new:
        _word(sheet)
        audit.record(by=by, verb="建立支部标准化自查表", obj=sheet, organization=organization)
    return sheet


@transaction.atomic
def renew_items(*, by: Actor, sheet: StandardSheet) -> StandardSheet:
    """Word the items as the rule table does now; one that it names no more stays where something was answered."""
    sheet = _held(sheet, "answer")
    if _word(sheet):
        audit.record(by=by, verb="更新支部标准化条目", obj=sheet, organization=sheet.organization)
    return sheet


@transaction.atomic
def answer_sheet(*, by: Actor, sheet: StandardSheet, answers: Mapping[int, tuple[bool, str]]) -> StandardSheet:
    """Say of items (ids) whether they are met, and by what that shows."""
    sheet = _held(sheet, "answer")
    changed = []
    for item in sheet.items.filter(pk__in=answers):
        is_met, evidence = answers[item.pk][0], answers[item.pk][1].strip()
        if is_met and item.is_open:
            raise ValidationError(f"“{item.label}”的内容还没有填写，不能评为达标。")
        if is_met and not evidence:
            raise ValidationError({f"evidence-{item.pk}": f"“{item.label}”评为达标，请填写佐证情况。"})
        if (item.is_met, item.evidence) != (is_met, evidence):
            item.is_met, item.evidence = is_met, evidence
            item.save(update_fields=["is_met", "evidence"])
            changed.append(item.label)
    if changed or sheet.state != SheetState.DRAFT:
        _move(sheet, SheetState.DRAFT)
        audit.record(
            by=by, verb="填写支部标准化自查表", obj=sheet, organization=sheet.organization,
            detail={"note": "、".join(changed)},
        )  # fmt: skip
    return sheet


@transaction.atomic
def submit_sheet(*, by: Actor, sheet: StandardSheet) -> StandardSheet:
    """The branch has answered; the superior is to check."""
    sheet = _held(sheet, "submit")
    _move(sheet, SheetState.SUBMITTED)
    audit.record(by=by, verb="提交支部标准化自查表", obj=sheet, organization=sheet.organization)
    return sheet


@transaction.atomic
def reopen_sheet(*, by: Actor, sheet: StandardSheet) -> StandardSheet:
    """Take a sheet back in order to change it; a check that it had is void."""
    sheet = _held(sheet, "reopen")
    _move(sheet, SheetState.DRAFT)
    audit.record(by=by, verb="撤回支部标准化自查表", obj=sheet, organization=sheet.organization)
    return sheet


@transaction.atomic
def check_sheet(*, by: Actor, sheet: StandardSheet, is_confirmed: bool, remark: str = "") -> StandardSheet:
    """The superior confirms the sheet or gives it back with a remark. Nobody checks his own."""
    sheet = _held(sheet, "confirm" if is_confirmed else "give_back")
    if by.organization_id == sheet.organization_id and sheet.organization.parent_id is not None:
        raise ValidationError("自查表由上级党组织核验，不能核验本组织的自查表。")
    if not is_confirmed and not remark.strip():
        raise ValidationError({"remark": "请写明哪些条目与实际不符。"})
    sheet.state = SheetState.CONFIRMED if is_confirmed else SheetState.RETURNED
    sheet.checked_at, sheet.checked_by_id, sheet.check_remark = clock.now(), by.user_id, remark.strip()
    sheet.save(update_fields=["state", "checked_at", "checked_by", "check_remark"])
    verb = "核验支部标准化自查表" if is_confirmed else "退回支部标准化自查表"
    audit.record(by=by, verb=verb, obj=sheet, organization=sheet.organization, detail={"note": remark.strip()})
    return sheet


@transaction.atomic
def add_proof(*, by: Actor, item: StandardItem, upload: Any) -> StandardProof:
    """Keep a file with an item; the same one twice is one."""
    file = store_upload(upload)
    sheet = _held(item.sheet, "answer")
    name = upload.name[-_LONGEST_NAME:]
    if found := item.proofs.filter(file=file, name=name).first():
        return found
    if item.proofs.count() >= MOST_PROOFS:
        raise ValidationError({"file": f"一个条目最多保存 {MOST_PROOFS} 个文件。"})
    proof = StandardProof.objects.create(item=item, file=file, name=name, added_at=clock.now(), added_by_id=by.user_id)
    audit.record(by=by, verb="添加佐证材料", obj=sheet, organization=sheet.organization, detail={"note": name})
    return proof


@transaction.atomic
def remove_proof(*, by: Actor, proof: StandardProof) -> None:
    """Take a file off its item."""
    sheet = _held(proof.item.sheet, "answer")
    audit.record(by=by, verb="移除佐证材料", obj=sheet, organization=sheet.organization, detail={"note": proof.name})
    proof.delete()


def _held(sheet: StandardSheet, verb: str) -> StandardSheet:
    """The sheet under a lock, if the step is allowed in its state."""
    sheet = StandardSheet.objects.select_for_update(of=("self",)).select_related("organization").get(pk=sheet.pk)
    if after(verb, sheet.state) is None:
        raise ValidationError(_REFUSED[verb])
    return sheet


def _move(sheet: StandardSheet, state: SheetState) -> None:
    sheet.state, sheet.checked_at, sheet.checked_by, sheet.check_remark = state, None, None, ""
    sheet.save(update_fields=["state", "checked_at", "checked_by", "check_remark"])


def _word(sheet: StandardSheet) -> bool:
    """Bring the items in line with the rule table; whether anything changed."""
    known = {item.code: item for item in sheet.items.all()}
    changed = False
    for position, wording in enumerate(standard_wordings(clock.today()), 1):
        item = known.pop(wording.code, None) or StandardItem(sheet=sheet, code=wording.code)
        wanted = (wording.label, wording.source, position, wording.is_open)
        if (item.label, item.source, item.position, item.is_open) != wanted:
            if item.label != wording.label:
                item.is_met = False
            item.label, item.source, item.position, item.is_open = wanted
            item.save()
            changed = True
    gone = sheet.items.filter(pk__in=[item.pk for item in known.values()], evidence="", proofs=None)
    return bool(gone.delete()[0]) or changed
