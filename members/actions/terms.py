"""Terms written down, and requests to put an election off."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from members.enums import ExtensionState
from members.models import Term, TermExtension
from members.rules.terms import YEARS_RULE, due_day, extension_refusal
from office.actions.notices import tell
from office.queries.notices import people_at
from office.queries.rules import rule_table
from office.rules.table import RuleTable
from partybuild.lib import clock
from partybuild.lib.dates import day_text


def years_of(organization: Organization, table: RuleTable) -> int:
    """The years of a term by the rule for this kind of organisation; refuses a kind that elects no committee."""
    code = YEARS_RULE.get(organization.kind)
    if code is None:
        raise ValidationError(f"{organization.get_kind_display()}不实行换届选举，不登记任期。")
    return table.int(code)


@transaction.atomic
def record_term(
    *,
    by: Actor,
    organization: Organization,
    elected_on: date,
    years: int | None = None,
    committee_size: int | None = None,
    remark: str = "",
) -> Term:
    """Write down the term in force of an organisation, or correct it. Without years those of the rule table."""
    organization = lock(organization)
    years = years or years_of(organization, rule_table(clock.today()))
    years_of(organization, rule_table(clock.today()))
    refuse_election_day(organization, elected_on)
    term = Term.objects.live().select_for_update().filter(organization=organization).first() or Term(
        organization=organization
    )
    last = Term.objects.filter(organization=organization, ended_on__isnull=False).order_by("-ended_on").first()
    if last and last.ended_on and elected_on < last.ended_on:
        raise ValidationError({"elected_on": f"当选日期不能早于上一届的换届时间（{day_text(last.ended_on)}）。"})
    before = (term.elected_on, term.years, term.committee_size, term.remark)
    term.elected_on, term.years, term.due_on = elected_on, years, due_day(elected_on, years)
    term.committee_size, term.remark = committee_size, remark
    if term.extended_to and term.extended_to <= term.due_on:
        raise ValidationError({"years": f"已批准延期至{day_text(term.extended_to)}，应换届时间不能晚于这一天。"})
    if term.pk and before == (elected_on, years, committee_size, remark):
        return term
    verb = "更正任期" if term.pk else "登记任期"
    term.full_clean()
    term.save()
    audit.record(
        by=by, verb=verb, obj=term, organization=organization,
        detail={"on": elected_on.isoformat(), "years": years},
    )  # fmt: skip
    return term


@transaction.atomic
def ask_extension(*, by: Actor, term: Term, reason: str, asked_to: date) -> TermExtension:
    """An organisation asks to put its election off; the rule table limits by how much. The superior is told."""
    organization = lock(term.organization)
    term = Term.objects.select_for_update().get(pk=term.pk)
    if term.ended_on is not None:
        raise ValidationError("这一届已经换届，不能申请延期。")
    if term.extensions.filter(state=ExtensionState.ASKED).exists():
        raise ValidationError("已有一份延期申请在等待批复。")
    years = rule_table(clock.today()).int("term.extension_years")
    if refusal := extension_refusal(term.due_on, term.extended_to or term.due_on, asked_to, years):
        raise ValidationError({"asked_to": refusal})
    if asked_to < clock.today():
        raise ValidationError({"asked_to": "延期后的时间不能早于今天。"})
    extension = TermExtension(
        term=term, reason=reason.strip(), asked_to=asked_to, asked_at=clock.now(), asked_by_id=by.user_id
    )
    extension.full_clean(exclude=["asked_by"])
    extension.save()
    audit.record(
        by=by, verb="申请延期换届", obj=extension, organization=organization, detail={"on": asked_to.isoformat()}
    )
    above = organization.parent_id or organization.pk
    tell(
        people=people_at([above], [Role.STAFF]).get(above, []),
        key=f"term_extension:{extension.pk}:asked",
        text=f"{organization}申请延期换届至{day_text(asked_to)}，请批复。",
        url=page_of(organization),
    )
    return extension


@transaction.atomic
def answer_extension(*, by: Actor, extension: TermExtension, approve: bool, remark: str = "") -> TermExtension:
    """The superior agrees or refuses, once. Nobody answers his own organisation; at the top a second person does."""
    organization = lock(extension.term.organization)
    extension = TermExtension.objects.select_for_update().get(pk=extension.pk)
    if extension.state != ExtensionState.ASKED:
        raise ValidationError("这份延期申请已经批复。")
    _refuse_own(by, organization, extension)
    if not approve and not remark.strip():
        raise ValidationError({"remark": "不同意延期的，请写明意见。"})
    extension.state = ExtensionState.APPROVED if approve else ExtensionState.REFUSED
    extension.answered_at, extension.answered_by_id, extension.remark = clock.now(), by.user_id, remark.strip()
    extension.save(update_fields=["state", "answered_at", "answered_by", "remark"])
    if approve:
        term = Term.objects.select_for_update().get(pk=extension.term_id)
        if term.ended_on is not None:
            raise ValidationError("这一届已经换届，不再批准延期。")
        term.extended_to = extension.asked_to
        term.save(update_fields=["extended_to"])
    audit.record(
        by=by, verb="同意延期换届" if approve else "不同意延期换届", obj=extension, organization=organization,
        detail={"on": extension.asked_to.isoformat(), "note": extension.remark},
    )  # fmt: skip
    words = f"已同意，延期至{day_text(extension.asked_to)}" if approve else "未获同意，请抓紧换届"
    tell(
        people=people_at([organization.pk], [Role.STAFF, Role.SECRETARY]).get(organization.pk, []),
        key=f"term_extension:{extension.pk}:answered",
        text=f"{organization}的延期换届申请{words}。",
        url=page_of(organization),
    )
    return extension


def _refuse_own(by: Actor, organization: Organization, extension: TermExtension) -> None:
    if by.is_system or by.organization_id != organization.pk:
        return
    if organization.parent_id is not None:
        raise ValidationError("本组织的延期申请由上级党组织批复。")
    if extension.asked_by_id == by.user_id:
        raise ValidationError("延期申请应由申请人以外的另一名同志批复。")


def lock(organization: Organization) -> Organization:
    """Terms and offices of an organisation change under its lock."""
    return Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)


def refuse_election_day(organization: Organization, elected_on: date) -> None:
    """An election lies not in the future and not before the organisation was founded."""
    if elected_on > clock.today():
        raise ValidationError({"elected_on": "当选日期晚于今天。"})
    if organization.founded_on and elected_on < organization.founded_on:
        raise ValidationError({"elected_on": f"当选日期早于党组织成立时间（{day_text(organization.founded_on)}）。"})


def page_of(organization: Organization) -> str:
    """The address of the page of an organisation's terms."""
    return f"/members/terms/organizations/{organization.pk}/"
