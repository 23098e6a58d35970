"""Rounds: opened, scored anew, led from stage to stage, published. Source: SX 三（三）, A02, Y03."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.actions import scoring
from assessments.actions.schemes import make_scheme
from assessments.enums import RoundStatus
from assessments.models import Round, Scheme, Submission
from assessments.queries.rules import rules_of
from assessments.queries.sealing import seal_of
from assessments.rules import rounds as rules
from assessments.rules.rounds import RoundVerb, StageDays
from branches.actions import audit
from branches.permissions import Actor
from campaigns.enums import CampaignStatus
from campaigns.models import Campaign, Target
from office.queries.calendar import workday_checker
from office.queries.rules import rule_table
from partybuild.lib import clock, periods
from partybuild.lib.periods import Period

MIDYEAR_METRIC = "evaluation.midyear"


@transaction.atomic
def open_round(*, by: Actor, scheme: Scheme, key: str, days: StageDays) -> Round:
    """Open a round over the period of ``key`` (2026H1, 2026): a sheet for every organisation that the campaign asked
    something of, with the metered points filled in. The same round when it is there already.

    It is scored by the rule table of the day on which it was opened, whatever changes later.
    """
    scheme = Scheme.objects.select_for_update(of=("self",)).select_related("campaign__issuer").get(pk=scheme.pk)
    campaign = scheme.campaign
    period = _period(key, campaign)
    found = Round.objects.filter(scheme=scheme, key=key).first()
    if found is not None:
        return found
    if campaign.status != CampaignStatus.PUBLISHED:
        raise ValidationError("该活动尚未发布或已经结束，不能开展评估。")
    round_ = Round.objects.create(
        scheme=scheme,
        key=key,
        name=f"{campaign.name}{periods.label(period)}评估",
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        opens_on=days.opens_on,
        self_check_by=days.self_check_by,
        check_by=days.check_by,
        final_by=days.final_by,
        rule_version=rule_table(clock.today()).version,
    )
    _score(round_)
    sheets = round_.submissions.count()
    if not sheets:
        raise ValidationError("评估期内还没有下发该活动的任务，没有可以评估的党组织。请先下发任务。")
    _audit(by, "开展评估", round_, {"sheets": sheets})
    return round_


@transaction.atomic
def open_for_campaign(*, by: Actor, campaign: Campaign, key: str, days: StageDays) -> Round:
    """Open a round of a campaign, with its scheme when it has none yet."""
    return open_round(by=by, scheme=make_scheme(by=by, campaign=campaign), key=key, days=days)


def open_midyear(year: int, by: Actor) -> list[Round]:
    """The mid-year rounds of a year (``run_cycle midyear 2026H1``); asked for again, they are the same ones.

    A campaign has one when its plan asks for a mid-year evaluation (SX 三（三）: 6月底前); it ends on the day that the
    plan gives, and its opening is the day on which staff starts it.
    """
    targets = (
        Target.objects.in_force()
        .filter(metric=MIDYEAR_METRIC, task__campaign__year=year, task__campaign__status=CampaignStatus.PUBLISHED)
        .select_related("task__campaign")
        .order_by("task__campaign", "pk")
    )
    due_days = {target.task.campaign: target.due_day or "06-30" for target in targets}
    return [_open_midyear(campaign, day, by) for campaign, day in due_days.items()]


def _open_midyear(campaign: Campaign, due_day: str, by: Actor) -> Round:
    month, day = (int(part) for part in due_day.split("-"))
    days = rules.stage_days(date(campaign.year, month, day), clock.today(), workday_checker())
    return open_for_campaign(by=by, campaign=campaign, key=f"{campaign.year}H1", days=days)


@transaction.atomic
def rescore(*, by: Actor, round_: Round) -> int:
    """Compute the metered points anew; what the stage has fixed and what was changed by hand stays. How many rows of
    points changed; a published round refuses."""
    round_ = _locked(round_, RoundVerb.RESCORE)
    changed = _score(round_)
    _audit(by, RoundVerb.RESCORE.label, round_, {"changed": changed})
    return changed


@transaction.atomic
def advance(*, by: Actor, round_: Round) -> Round:
    """Lead the round into its next stage, which starts from the points of this one.

    As long as sheets are missing this waits for the last day of the stage; then those go on as they are.
    """
    round_ = _locked(round_, RoundVerb.ADVANCE)
    next_status = rules.ROUND_TRANSITIONS[RoundStatus(round_.status), RoundVerb.ADVANCE]
    if refused := refusal_to_advance(round_):
        raise ValidationError(refused)
    scoring.carry_on(round_, next_status)
    round_.status = next_status
    round_.save(update_fields=["status"])
    _score(round_)
    _audit(by, f"进入{next_status.label}", round_)
    return round_


def refusal_to_advance(round_: Round) -> str:
    """Why the round cannot go on yet; empty when it can."""
    field, last_day = {
        RoundStatus.SELF_CHECK: ("self_checked_at", round_.self_check_by),
        RoundStatus.CHECK: ("checked_at", round_.check_by),
    }[RoundStatus(round_.status)]
    missing = Submission.objects.filter(round=round_, **{field: None}).count()
    if not missing or clock.today() > last_day:
        return ""
    return f"还有 {missing} 个党组织的评分表未提交，本阶段到 {last_day:%-m月%-d日} 截止，截止后方可进入下一阶段。"


@transaction.atomic
def publish(*, by: Actor, round_: Round) -> Round:
    """Publish: totals, ranks and grades are fixed as they stand and sealed with a hash; nothing moves them again.

    Refused while an indicator that applies has no points.
    """
    round_ = _locked(round_, RoundVerb.PUBLISH)
    scoring.total(round_)
    ungraded = Submission.objects.filter(round=round_, ungraded__gt=0).count()
    if ungraded:
        raise ValidationError(f"还有 {ungraded} 个党组织的评分表有指标未评分，请评完后再公布。")
    scoring.fix_results(round_, rules_of(round_))
    round_.result_hash = seal_of(round_)
    round_.status, round_.published_at = RoundStatus.PUBLISHED, clock.now()
    round_.save(update_fields=["result_hash", "status", "published_at"])
    _audit(by, "公布评估结果", round_, {"results": round_.results.count(), "hash": round_.result_hash})
    return round_


def _period(key: str, campaign: Campaign) -> Period:
    try:
        period = periods.parse(key)
    except periods.PeriodError as error:
        raise ValidationError({"key": "请选择评估期，如 2026H1（上半年）、2026（全年）。"}) from error
    if not period.is_bounded or period.ends_on.year != campaign.year:
        raise ValidationError({"key": f"评估期应在活动年度（{campaign.year}年）之内。"})
    return period


def _score(round_: Round) -> int:
    """Sheets for organisations that have come in, and the metered points of all that are open."""
    if round_.status == RoundStatus.SELF_CHECK:
        scoring.open_sheets(round_, clock.today())
    changed = scoring.score(round_, rules_of(round_))
    round_.computed_at = clock.now()
    round_.save(update_fields=["computed_at"])
    return changed


def _locked(round_: Round, verb: RoundVerb) -> Round:
    found = Round.objects.select_for_update(of=("self",)).select_related("scheme__campaign__issuer").get(pk=round_.pk)
    if refused := rules.refusal(found.status, verb):
        raise ValidationError(refused)
    return found


def _audit(by: Actor, verb: str, round_: Round, detail: dict[str, object] | None = None) -> None:
    audit.record(by=by, verb=verb, obj=round_, organization=round_.scheme.campaign.issuer, detail=detail)
