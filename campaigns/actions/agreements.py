"""Responsibility agreements: drawn up, sent, signed by both sides. Source: TJ 三（一）; C08."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.fact_credits import refresh
from campaigns.actions.works import attach, held, lock_organization, move, tell_place
from campaigns.models import Agreement, WorkFile
from campaigns.queries.work_demands import demands_of
from campaigns.rules.agreements import AGREEMENT_STATES, AgreementState, Side, proposed_text, side_of
from campaigns.rules.contacts import PaperSlot
from campaigns.rules.works import placed
from partybuild.lib import clock

METRIC = "agreement.signed"
SIGNING = (Role.SECRETARY, Role.LEADER)


@transaction.atomic
def draw_up(*, by: Actor, superior: Organization, organizations: Iterable[Organization], year: int) -> list[Agreement]:
    """Draw up the agreements of a year with these organisations directly below; those that have one are left."""
    superior = lock_organization(superior)
    wanted = [one for one in organizations if one.parent_id == superior.pk]
    known = set(
        Agreement.objects.live().filter(year=year, organization__in=wanted).values_list("organization", flat=True)
    )
    demands = demands_of([one.pk for one in wanted], year)
    rows = [
        Agreement(
            superior=superior, organization=one, year=year, title=f"{year}年度机关党建工作目标责任书",
            text=proposed_text(year, superior.name, one.name, demands.get(one.pk, [])), created_at=clock.now(),
        )
        for one in wanted
        if one.pk not in known
    ]  # fmt: skip
    made = Agreement.objects.bulk_create(rows)
    for agreement in made:
        audit.record(by=by, verb="生成责任书", obj=agreement, organization=agreement.organization)
    return made


@transaction.atomic
def change_agreement(*, by: Actor, agreement: Agreement, title: str, text: str) -> Agreement:
    """Change the words before it is sent."""
    agreement = _ours(by, agreement)
    move(agreement, AGREEMENT_STATES, "change", "修改")
    if (agreement.title, agreement.text) == (title.strip(), text.strip()):
        return agreement
    agreement.title, agreement.text = title.strip(), text.strip()
    agreement.full_clean(exclude=["superior", "organization"])
    agreement.save(update_fields=["title", "text"])
    audit.record(by=by, verb="修改责任书", obj=agreement, organization=agreement.organization)
    return agreement


@transaction.atomic
def send_agreement(*, by: Actor, agreement: Agreement) -> Agreement:
    """Send it to be signed; both sides are told."""
    agreement = _ours(by, agreement)
    move(agreement, AGREEMENT_STATES, "send", "送签")
    agreement.sent_at = clock.now()
    agreement.save(update_fields=["state", "sent_at"])
    audit.record(by=by, verb="送签责任书", obj=agreement, organization=agreement.organization)
    text = f"{agreement.superior}与{agreement.organization}的“{agreement}”已送签，请阅读后签订。"
    places = [agreement.organization_id, agreement.superior_id]
    tell_place(places, f"agreement:{agreement.pk}:sent", text, url=page_of(agreement), roles=SIGNING)
    return agreement


@transaction.atomic
def sign_agreement(*, by: Actor, agreement: Agreement, role: str | None) -> Agreement:
    """Sign for one side; when both have, it is in force. Two people sign, and each side once."""
    agreement = held(agreement, "superior", "organization")
    side = side_of(role, by.organization_id, agreement.superior_id, agreement.organization_id)
    if side is None:
        raise ValidationError("由上级党组织和责任单位的负责人签订，当前岗位不能签订。")
    move(agreement, AGREEMENT_STATES, "sign", "签订")
    mine, other = ("superior", "own") if side == Side.SUPERIOR else ("own", "superior")
    if getattr(agreement, f"{mine}_signed_at") is not None:
        return agreement
    if by.user_id is None or getattr(agreement, f"{other}_signed_by_id") == by.user_id:
        raise ValidationError("同一人不能代表双方签订，请由另一方负责人签订。")
    setattr(agreement, f"{mine}_signed_at", clock.now())
    setattr(agreement, f"{mine}_signed_by_id", by.user_id)
    if getattr(agreement, f"{other}_signed_at") is not None:
        agreement.state, agreement.signed_on = AgreementState.SIGNED, clock.today()
    agreement.save(update_fields=["state", "signed_on", f"{mine}_signed_at", f"{mine}_signed_by"])
    audit.record(
        by=by, verb="签订责任书", obj=agreement, organization=agreement.organization, detail={"note": side.label}
    )
    if agreement.state == AgreementState.SIGNED:
        text = f"“{agreement}”双方均已签订，可以下载存档。"
        places = [agreement.organization_id, agreement.superior_id]
        tell_place(places, f"agreement:{agreement.pk}:signed", text, url=page_of(agreement))
        refresh([METRIC], [agreement.organization_id], on=placed(clock.today(), agreement.year))
    return agreement


@transaction.atomic
def void_agreement(*, by: Actor, agreement: Agreement, reason: str) -> Agreement:
    """Take it out of force, with a reason; another may then be drawn up for the year."""
    agreement = _ours(by, agreement)
    if not reason.strip():
        raise ValidationError({"reason": "请填写作废原因。"})
    move(agreement, AGREEMENT_STATES, "void", "作废")
    agreement.void_reason = reason.strip()
    agreement.save(update_fields=["state", "void_reason"])
    audit.record(
        by=by, verb="作废责任书", obj=agreement, organization=agreement.organization, detail={"note": reason.strip()}
    )
    text = f"“{agreement}”已作废：{agreement.void_reason}。"
    tell_place([agreement.organization_id], f"agreement:{agreement.pk}:void", text, url=page_of(agreement))
    if agreement.signed_on:
        refresh([METRIC], [agreement.organization_id], on=placed(agreement.signed_on, agreement.year))
    return agreement


@transaction.atomic
def add_scan(*, by: Actor, agreement: Agreement, upload: Any) -> WorkFile:
    """Keep the paper that was signed by hand; either side may."""
    agreement = held(agreement, "organization")
    if by.organization_id not in (agreement.superior_id, agreement.organization_id):
        raise ValidationError("由签订双方上传扫描件。")
    if agreement.state not in (AgreementState.SENT, AgreementState.SIGNED):
        raise ValidationError("责任书送签后才能上传扫描件。")
    return attach(by=by, owner=agreement, upload=upload, slot=PaperSlot.SCAN, field="upload")


def page_of(agreement: Agreement) -> str:
    """Where the agreement is shown."""
    return reverse("campaigns:agreement_detail", args=[agreement.pk])


def _ours(by: Actor, agreement: Agreement) -> Agreement:
    agreement = held(agreement, "superior", "organization")
    if by.organization_id != agreement.superior_id:
        raise ValidationError("责任书由上级党组织起草和管理。")
    return agreement
