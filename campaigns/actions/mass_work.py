"""Mass organisations with their activities; calls for contributions and pieces. C15; WX, TJ, TS, SX."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.works import attach, held, lock_organization, move, short, tell_place
from campaigns.models import Activity, Call, MassOrganization, Piece
from campaigns.rules.mass_work import CALL_STATES, MASS_ACTIVITIES, Audience, CallState, PieceState, refusal
from members.models import Member
from partybuild.lib import clock

FIELDS = ("kind", "name", "head", "members_count", "founded_on", "term_ends_on")
CALL_FIELDS = ("kind", "title", "text", "audience", "opens_on", "closes_on")


@transaction.atomic
def register_mass(*, by: Actor, organization: Organization, **values: Any) -> MassOrganization:
    """Register a mass organisation; ``values`` are those of ``FIELDS``. The same name twice is one."""
    organization = lock_organization(organization)
    if found := MassOrganization.objects.filter(organization=organization, name=values["name"]).first():
        return found
    mass = MassOrganization(organization=organization, **values)
    _check_mass(mass)
    mass.save()
    audit.record(by=by, verb="登记群团组织", obj=mass, organization=organization)
    return mass


@transaction.atomic
def change_mass(*, by: Actor, mass: MassOrganization, **values: Any) -> MassOrganization:
    """Correct what is known of it."""
    mass = _live(mass)
    changed = [field for field in values if getattr(mass, field) != values[field]]
    if not changed:
        return mass
    for field in changed:
        setattr(mass, field, values[field])
    _check_mass(mass)
    mass.save(update_fields=changed)
    audit.record(by=by, verb="修改群团组织", obj=mass, organization=mass.organization, detail={"fields": changed})
    return mass


@transaction.atomic
def end_mass(*, by: Actor, mass: MassOrganization, ended_on: date) -> MassOrganization:
    """It is no more."""
    mass = _live(mass)
    if ended_on > clock.today() or (mass.founded_on and ended_on < mass.founded_on):
        raise ValidationError({"ended_on": "撤销时间应在成立时间之后，且不晚于今天。"})
    mass.ended_on = ended_on
    mass.save(update_fields=["ended_on"])
    audit.record(by=by, verb="撤销群团组织", obj=mass, organization=mass.organization)
    return mass


@transaction.atomic
def link_activity(*, by: Actor, mass: MassOrganization, activity: Activity) -> None:
    """A record is (also) an activity of the mass organisation; a second time changes nothing."""
    mass = _live(mass)
    if activity.organization_id != mass.organization_id or activity.kind not in MASS_ACTIVITIES:
        raise ValidationError({"activity": "请选择本组织的群团活动、志愿服务或者主题宣传记录。"})
    if mass.activities.filter(pk=activity.pk).exists():
        return
    mass.activities.add(activity)
    audit.record(by=by, verb="关联群团活动", obj=mass, organization=mass.organization, detail={"note": str(activity)})


@transaction.atomic
def unlink_activity(*, by: Actor, mass: MassOrganization, activity: Activity) -> None:
    """It was not its activity; the record stays."""
    mass = _live(mass)
    if mass.activities.filter(pk=activity.pk).exists():
        mass.activities.remove(activity)
        audit.record(
            by=by, verb="取消关联群团活动", obj=mass, organization=mass.organization, detail={"note": str(activity)}
        )


@transaction.atomic
def write_call(*, by: Actor, issuer: Organization, **values: Any) -> Call:
    """Begin a call; ``values`` are those of ``CALL_FIELDS``. The same draft twice is one."""
    issuer = lock_organization(issuer)
    if found := Call.objects.filter(issuer=issuer, state=CallState.DRAFT, title=values["title"]).first():
        return change_call(by=by, call=found, **values)
    call = Call(issuer=issuer, created_at=clock.now(), **values)
    _check_call(call)
    call.save()
    audit.record(by=by, verb="起草征集", obj=call, organization=issuer)
    return call


@transaction.atomic
def change_call(*, by: Actor, call: Call, **values: Any) -> Call:
    """Change a draft."""
    call = _issued(by, call)
    move(call, CALL_STATES, "change", "修改")
    changed = [field for field in values if getattr(call, field) != values[field]]
    for field in changed:
        setattr(call, field, values[field])
    if changed:
        _check_call(call)
        call.save(update_fields=changed)
        audit.record(by=by, verb="修改征集", obj=call, organization=call.issuer)
    return call


@transaction.atomic
def publish_call(*, by: Actor, call: Call) -> Call:
    """Everybody below sees it; secretaries and staff are told."""
    call = _issued(by, call)
    move(call, CALL_STATES, "publish", "发布")
    call.save(update_fields=["state"])
    audit.record(by=by, verb="发布征集", obj=call, organization=call.issuer)
    below = Organization.objects.below(call.issuer).in_force(clock.today()).exclude(pk=call.issuer_id)
    text = f"{call.issuer}征集{call.get_kind_display()}“{short(call.title)}”，请组织报送。"
    roles = [Role.SECRETARY, Role.STAFF] + ([] if call.audience == Audience.ORGANIZATIONS else [Role.MEMBER])
    places = list(below.values_list("pk", flat=True))
    tell_place(places, f"call:{call.pk}:open", text, url=page_of_call(call), due_on=call.closes_on, roles=roles)
    return call


@transaction.atomic
def close_call(*, by: Actor, call: Call) -> Call:
    """No more pieces."""
    call = _issued(by, call)
    move(call, CALL_STATES, "close", "结束")
    call.save(update_fields=["state"])
    audit.record(by=by, verb="结束征集", obj=call, organization=call.issuer)
    return call


@transaction.atomic
def select_pieces(*, by: Actor, call: Call, chosen: Collection[int], remark: str = "") -> int:
    """These pieces are selected, all others are not; changed until they are shown. How many are selected."""
    call = _issued(by, call)
    if call.state not in (CallState.OPEN, CallState.CLOSED):
        raise ValidationError("该征集没有可以评选的作品。")
    picked = call.pieces.filter(pk__in=chosen)
    count = picked.update(state=PieceState.SELECTED, remark=remark.strip())
    call.pieces.exclude(pk__in=chosen).update(state=PieceState.PASSED_OVER)
    audit.record(by=by, verb="评选作品", obj=call, organization=call.issuer, detail={"note": f"入选 {count} 件"})
    return count


@transaction.atomic
def show_call(*, by: Actor, call: Call) -> Call:
    """The selected pieces are shown to everybody below; who sent them is told."""
    call = _issued(by, call)
    move(call, CALL_STATES, "show", "展示")
    selected = list(call.pieces.filter(state=PieceState.SELECTED))
    if not selected:
        raise ValidationError("还没有入选的作品，请先评选。")
    call.save(update_fields=["state"])
    audit.record(by=by, verb="展示作品", obj=call, organization=call.issuer)
    for piece in selected:
        text = f"作品“{short(piece.title)}”在“{short(call.title)}”中入选，已展示。"
        tell_place([piece.organization_id], f"piece:{piece.pk}:shown", text, url=page_of_call(call))
    return call


@transaction.atomic
def send_piece(
    *,
    by: Actor,
    call: Call,
    organization: Organization,
    title: str,
    text: str = "",
    member: Member | None = None,
    uploads: Iterable[Any] = (),
) -> Piece:
    """An organisation or one of its members sends a piece, while the call is open. The same title twice is one."""
    call = held(call, "issuer")
    if reason := refusal(call.state, call.opens_on, call.closes_on, clock.today()):
        raise ValidationError(reason)
    if not organization.path.startswith(call.issuer.path):
        raise ValidationError("该征集面向征集单位的下级党组织。")
    if call.audience == Audience.MEMBERS and member is None:
        raise ValidationError({"member": "该征集面向党员，请填写作者。"})
    if call.audience == Audience.ORGANIZATIONS and member is not None:
        raise ValidationError({"member": "该征集面向党组织，不填写作者。"})
    uploads, text = list(uploads), text.strip()
    if not text and not uploads:
        raise ValidationError({"text": "请填写内容或者添加文件。"})
    same = {"call": call, "organization": organization, "member": member, "title": title.strip()}
    if found := Piece.objects.filter(**same).first():
        return found
    piece = Piece(**same, text=text, sent_at=clock.now(), sent_by_id=by.user_id)
    piece.full_clean(exclude=["call", "organization", "member", "sent_by"])
    piece.save()
    for upload in uploads:
        attach(by=by, owner=piece, upload=upload)
    audit.record(by=by, verb="报送作品", obj=piece, organization=organization)
    return piece


def page_of_call(call: Call) -> str:
    """Where the call is shown."""
    return reverse("campaigns:call_detail", args=[call.pk])


def _live(mass: MassOrganization) -> MassOrganization:
    mass = held(mass, "organization")
    if mass.ended_on is not None:
        raise ValidationError("该群团组织已撤销，不能再修改。")
    return mass


def _check_mass(mass: MassOrganization) -> None:
    if mass.founded_on and mass.founded_on > clock.today():
        raise ValidationError({"founded_on": "成立时间不能晚于今天。"})
    if mass.founded_on and mass.term_ends_on and mass.term_ends_on < mass.founded_on:
        raise ValidationError({"term_ends_on": "任期届满不能早于成立时间。"})
    mass.full_clean(exclude=["organization"])


def _check_call(call: Call) -> None:
    if call.closes_on < call.opens_on:
        raise ValidationError({"closes_on": "截止日期不能早于开始日期。"})
    call.full_clean(exclude=["issuer"])


def _issued(by: Actor, call: Call) -> Call:
    call = held(call, "issuer")
    if by.organization_id != call.issuer_id:
        raise ValidationError("征集由征集单位管理。")
    return call
