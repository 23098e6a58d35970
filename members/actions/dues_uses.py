"""What dues were spent on: recorded with its receipts, struck out with a reason (O07)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from members.models import DuesUse, DuesUseProof
from office.actions.files import forget_file, store_upload
from partybuild.lib import clock

MOST_PROOFS = 10
_LONGEST_NAME = 255


@transaction.atomic
def record_use(
    *,
    by: Actor,
    organization: Organization,
    used_on: date,
    purpose: str,
    amount: Decimal,
    evidence: str,
    upload: Any = None,
) -> DuesUse:
    """Dues were spent, with the receipt where it is at hand; the same on one voucher twice is one use."""
    if used_on > clock.today():
        raise ValidationError({"used_on": "使用日期不能晚于今天。"})
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    told = {"organization": organization, "used_on": used_on, "purpose": purpose.strip(), "amount": amount,
            "evidence": evidence.strip()}  # fmt: skip
    use = DuesUse.objects.filter(**told, void_reason="").first()
    if use is None:
        use = DuesUse(**told, recorded_at=clock.now(), recorded_by_id=by.user_id)
        use.full_clean(exclude=["recorded_by"])
        use.save()
        audit.record(by=by, verb="登记党费使用", obj=use, organization=organization, detail={"on": used_on.isoformat()})
    if upload is not None:
        add_proof(by=by, use=use, upload=upload)
    return use


@transaction.atomic
def void_use(*, by: Actor, use: DuesUse, note: str) -> DuesUse:
    """Strike out a use that was recorded by mistake, with the reason; its receipts stay with it."""
    use = _held(use)
    if not note.strip():
        raise ValidationError({"note": "请填写原因。"})
    use.void_reason = note.strip()
    use.save(update_fields=["void_reason"])
    audit.record(by=by, verb="作废党费使用", obj=use, organization=use.organization, detail={"note": use.void_reason})
    return use


@transaction.atomic
def add_proof(*, by: Actor, use: DuesUse, upload: Any) -> DuesUseProof:
    """Keep a receipt with a use; the same one twice is one."""
    file, use = store_upload(upload), _held(use)
    name = upload.name[-_LONGEST_NAME:]
    if found := use.proofs.filter(file=file, name=name).first():
        return found
    if use.proofs.count() >= MOST_PROOFS:
        raise ValidationError({"upload": f"一笔使用最多保存 {MOST_PROOFS} 份票据。"})
    proof = DuesUseProof.objects.create(use=use, file=file, name=name, added_at=clock.now(), added_by_id=by.user_id)
    audit.record(by=by, verb="添加党费使用票据", obj=use, organization=use.organization, detail={"note": name})
    return proof


@transaction.atomic
def remove_proof(*, by: Actor, proof: DuesUseProof) -> None:
    """Take a receipt off its use that was added by mistake."""
    use = _held(proof.use)
    proof.delete()
    forget_file(file=proof.file)
    audit.record(by=by, verb="移除党费使用票据", obj=use, organization=use.organization, detail={"note": proof.name})


def _held(use: DuesUse) -> DuesUse:
    """The use under a lock; what was struck out stays as it is."""
    use = DuesUse.objects.select_for_update(of=("self",)).select_related("organization").get(pk=use.pk)
    if use.void_reason:
        raise ValidationError("该笔使用已作废。")
    return use
