"""One score sheet: what may be done with it, and its rows for the actions and forms that fill them."""

from assessments.enums import RoundStatus, StageName
from assessments.models import StageScore, Submission
from assessments.queries.rounds import state_of
from assessments.rules import rounds as rules
from assessments.rules.rounds import SheetVerb, Viewer
from assessments.rules.sheets import Row
from branches.permissions import Actor, Permission, Scope
from campaigns.queries.reviews import own_organization_ids
from partybuild.lib import clock


def rows_of(sheet: Submission, stage: StageName) -> dict[int, StageScore]:
    """The points of the indicators that apply at a stage, by indicator in the order of the scheme."""
    rows = StageScore.objects.filter(submission=sheet, stage=stage, applies=True).select_related("indicator")
    return {row.indicator_id: row for row in rows.order_by("indicator__position")}


def row_rule(score: StageScore) -> Row:
    """The plain values of a row that the rules of entry need."""
    indicator = score.indicator
    return Row(indicator.pk, indicator.name, indicator.kind, indicator.points, score.start)


def refusal(sheet: Submission, by: Actor, verb: SheetVerb) -> str:
    """Why this person may not do this to the sheet now; empty when he may. The right of the stage apart."""
    round_ = sheet.round
    if refused := rules.sheet_refusal(round_.status, state_of(round_, sheet), verb):
        return refused
    today = clock.today()
    if round_.status == RoundStatus.SELF_CHECK:
        return f"自评从 {round_.opens_on:%-m月%-d日} 开始。" if today < round_.opens_on else ""
    own = own_organization_ids(by.user_id, by.member_id, today, by.acting_for_id)
    if by.user_id is not None and sheet.organization_id in own:
        return rules.OWN_SHEET
    return ""


def has_right(sheet: Submission, scope: Scope) -> bool:
    """Whether the right that the round's stage asks for holds: at the organisation, in the last stage at the issuer."""
    permission = rules.STAGE_RIGHTS.get(RoundStatus(sheet.round.status))
    if permission is None:
        return False
    is_final = sheet.round.status == RoundStatus.FINAL
    return scope.allows(permission, sheet.round.scheme.campaign.issuer if is_final else sheet.organization)


def verbs(sheet: Submission, scope: Scope, by: Actor) -> frozenset[SheetVerb]:
    """What this person may do with the sheet now: exactly what the table, the rights and the rule allow."""
    if not has_right(sheet, scope):
        return frozenset()
    return frozenset(
        verb
        for verb in rules.sheet_verbs(sheet.round.status, state_of(sheet.round, sheet))
        if not refusal(sheet, by, verb)
    )


def viewer_of(sheet: Submission, scope: Scope) -> Viewer:
    """How somebody stands to the sheet, for what he is shown."""
    return Viewer(
        can_score=scope.allows(Permission.SCORE, sheet.organization)
        and not (scope.grant and scope.grant.organization_id == sheet.organization_id),
        can_manage=scope.allows(Permission.MANAGE_ROUND, sheet.round.scheme.campaign.issuer),
    )
