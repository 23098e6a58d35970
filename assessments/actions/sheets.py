"""Score sheets: points and reasons entered, handed in, taken back. Source: SX 三（三）, A02.

Views check the right of the stage (``rules.rounds.STAGE_RIGHTS``); that nobody scores his own organisation is checked
here again.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.actions import scoring
from assessments.enums import IndicatorKind, RoundStatus, StageName
from assessments.models import Round, StageScore, Submission
from assessments.queries.rules import rules_of
from assessments.queries.sheets import refusal, row_rule, rows_of
from assessments.rules import rounds as rules
from assessments.rules import sheets as sheet_rules
from assessments.rules.rounds import SheetVerb
from assessments.rules.sheets import Entry
from branches.actions import audit
from branches.permissions import Actor
from partybuild.lib import clock

_COMMENTS = {
    RoundStatus.SELF_CHECK: "self_comment",
    RoundStatus.CHECK: "check_comment",
    RoundStatus.FINAL: "final_comment",
}
_HANDED_IN = {
    RoundStatus.SELF_CHECK: ("self_checked_at", "self_checked_by_id"),
    RoundStatus.CHECK: ("checked_at", "checked_by_id"),
}


@transaction.atomic
def save(*, by: Actor, sheet: Submission, entries: Mapping[int, Entry], comment: str) -> Submission:
    """Keep what was entered for the stage, by indicator; points that are changed need a reason.

    The self-check enters only what is graded by hand; later stages may change any points.
    """
    sheet = _locked(sheet, by, SheetVerb.SAVE)
    _write(sheet, by, entries, comment)
    _audit(by, f"保存{_stage(sheet).label}", sheet)
    return sheet


@transaction.atomic
def hand_in(*, by: Actor, sheet: Submission, entries: Mapping[int, Entry], comment: str) -> Submission:
    """Keep what was entered and fix the stage on this sheet. All indicators that apply must have points; the metered
    ones are computed a last time before."""
    sheet = _locked(sheet, by, SheetVerb.HAND_IN)
    _write(sheet, by, entries, comment)
    scoring.score(sheet.round, rules_of(sheet.round), [sheet.pk])
    sheet.refresh_from_db(fields=["ungraded"])
    if sheet.ungraded:
        raise ValidationError(f"还有 {sheet.ungraded} 项指标未评分，请评完后再提交。")
    at, user = _HANDED_IN[RoundStatus(sheet.round.status)]
    setattr(sheet, at, clock.now())
    setattr(sheet, user, by.user_id)
    sheet.save(update_fields=[at, user.removesuffix("_id")])
    _audit(by, f"提交{_stage(sheet).label}", sheet)
    return sheet


@transaction.atomic
def take_back(*, by: Actor, sheet: Submission) -> Submission:
    """Open a sheet that was handed in, as long as the round is in the same stage."""
    sheet = _locked(sheet, by, SheetVerb.TAKE_BACK)
    at, user = _HANDED_IN[RoundStatus(sheet.round.status)]
    setattr(sheet, at, None)
    setattr(sheet, user, None)
    sheet.save(update_fields=[at, user.removesuffix("_id")])
    scoring.score(sheet.round, rules_of(sheet.round), [sheet.pk])
    _audit(by, f"撤回{_stage(sheet).label}", sheet)
    return sheet


@transaction.atomic
def rescore(*, by: Actor, sheet: Submission) -> Submission:
    """Compute the metered points of one sheet anew, from what has been recorded since."""
    sheet = _locked(sheet, by, SheetVerb.SAVE)
    scoring.score(sheet.round, rules_of(sheet.round), [sheet.pk])
    _audit(by, "重新计分", sheet)
    return sheet


def _write(sheet: Submission, by: Actor, entries: Mapping[int, Entry], comment: str) -> None:
    status = RoundStatus(sheet.round.status)
    scores = rows_of(sheet, _stage(sheet))
    found: dict[str, str] = {}
    changed = []
    for indicator_id, entry in entries.items():
        score = scores.get(indicator_id)
        if score is None or not sheet_rules.is_open_to_points(status, score.indicator.kind):
            continue
        if problem := sheet_rules.problem(status, row_rule(score), entry):
            found[f"{problem[0]}-{indicator_id}"] = f"{score.indicator.name}：{problem[1]}。"
        elif _apply(score, entry, status):
            score.scored_by_id, score.scored_at = by.user_id, clock.now()
            changed.append(score)
    if found:
        raise ValidationError(found)
    fields = ["points", "by_hand", "note", "evidence", "reason", "scored_by", "scored_at"]
    StageScore.objects.bulk_update(changed, fields)
    setattr(sheet, _COMMENTS[status], comment)
    sheet.save(update_fields=[_COMMENTS[status]])
    scoring.total(sheet.round, [sheet.pk])


def _apply(score: StageScore, entry: Entry, status: RoundStatus) -> bool:
    """Put the entry into the row; whether that changed anything. A metered field left empty goes back to its start."""
    before = (score.points, score.note, score.evidence, score.reason)
    points = entry.points
    if points is None and score.indicator.kind == IndicatorKind.METERED:
        points = score.start
    is_change = points is not None and sheet_rules.needs_reason(status, row_rule(score), points)
    score.points, score.reason = points, entry.reason.strip() if is_change else ""
    score.note, score.evidence = entry.note.strip(), entry.evidence.strip()
    if score.points != before[0]:
        score.by_hand = score.points != score.computed
    return (score.points, score.note, score.evidence, score.reason) != before


def _stage(sheet: Submission) -> StageName:
    return rules.stage_of(sheet.round.status)


def _locked(sheet: Submission, by: Actor, verb: SheetVerb) -> Submission:
    """Round first, then sheet: the round may not move on meanwhile, and two people do not write at once."""
    round_ = Round.objects.select_for_update(of=("self",), no_key=True).filter(pk=sheet.round_id)
    locked_round = round_.select_related("scheme__campaign__issuer").get()
    found = Submission.objects.select_for_update(of=("self",)).select_related("organization").get(pk=sheet.pk)
    found.round = locked_round
    if refused := refusal(found, by, verb):
        raise ValidationError(refused)
    return found


def _audit(by: Actor, verb: str, sheet: Submission) -> None:
    detail = {"round": sheet.round.key, "total": str(sheet.total) if sheet.total is not None else None}
    audit.record(by=by, verb=verb, obj=sheet, organization=sheet.organization, detail=detail)
