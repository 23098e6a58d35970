"""Votes of the branch meeting and decisions of the superior: what they change in what somebody is."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.permissions import Actor
from members.actions.development.files import end, held, settle
from members.actions.development.quotas import refuse_beyond_quota
from members.actions.development.steps import Paper, cancel, change_kind, record_step
from members.actions.steps import end_membership, open_membership
from members.enums import DecisionKind, DevelopmentOutcome, MemberKind, Resolution
from members.models import BranchVote, DevelopmentFile, PreReview
from members.queries.development import progress_of, terms_on
from members.rules.development import BY_CODE
from members.rules.development_dues import RESOLUTIONS, Ballot, extension_problem
from office.queries.rules import rule_table
from partybuild.lib import clock


@transaction.atomic
def record_vote(
    *,
    by: Actor,
    file: DevelopmentFile,
    code: str,
    held_on: date,
    ballot: Ballot,
    people: str,
    resolution: str = Resolution.ADMIT,
    months: int = 0,
    notes: str = "",
    papers: Sequence[Paper] = (),
) -> BranchVote:
    """The branch meeting votes (step 15 or 23): valid with more than half of those entitled present, passed with more
    than half of all entitled. Passed on the intake, the person is a probationary member from that day and on the
    branch's roster; the conversion waits for the superior. What is not passed is kept and leaves the step open.
    """
    file = held(file)
    step = BY_CODE[code]
    if resolution not in RESOLUTIONS[code]:
        raise ValidationError({"resolution": "表决事项与步骤不符。"})
    table = rule_table(held_on)
    if problems := dict(ballot.problems(table.fraction("quorum.assembly_present"))):
        raise ValidationError(problems)
    if resolution == Resolution.EXTEND and (text := extension_problem(months, file.extension, terms_on(held_on))):
        raise ValidationError({"months": text})
    is_passed = ballot.is_passed(table.fraction("quorum.assembly_vote"))
    # A meeting that does not pass is held to the same order and days.
    made = record_step(by=by, file=file, step=step, done_on=held_on, people=people, notes=notes, papers=papers)
    vote = BranchVote.objects.create(
        development=file, resolution=resolution, held_on=held_on, is_passed=is_passed,
        months=months if resolution == Resolution.EXTEND else 0, recorded_at=clock.now(), recorded_by_id=by.user_id,
        **asdict(ballot),
    )  # fmt: skip
    note = f"应到{ballot.entitled} 到会{ballot.present} 赞成{ballot.in_favour} {'通过' if is_passed else '未通过'}"
    verb = f"票决{Resolution(resolution).label}"
    audit.record(by=by, verb=verb, obj=file, organization=file.organization, detail={"note": note})
    if not is_passed:
        cancel(by=by, file=file, codes=[made.code], reason="表决未通过")
    elif code == "vote":
        _take_in(by, file, held_on)
    settle(file)
    return vote


@transaction.atomic
def decide(
    *,
    by: Actor,
    file: DevelopmentFile,
    kind: str,
    is_agreed: bool,
    decided_on: date,
    people: str,
    opinion: str,
    quota_note: str = "",
    papers: Sequence[Paper] = (),
) -> PreReview:
    """The superior decides: 预审 (step 13), approval (17), approval of the conversion (24).

    Not agreed: 预审 goes back to the branch's review; an intake is undone and the file closed; a resolution on the
    conversion goes back to the branch meeting.
    """
    file = held(file)
    if not opinion.strip():
        raise ValidationError({"opinion": "请填写意见。"})
    record_step(by=by, file=file, step=BY_CODE[kind], done_on=decided_on, people=people, notes=opinion, papers=papers)
    decision = PreReview.objects.create(
        development=file, kind=kind, is_agreed=is_agreed, decided_on=decided_on, opinion=opinion.strip(),
        quota_note=quota_note.strip(), organization_id=by.organization_id, recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )  # fmt: skip
    verb = f"{decision.get_kind_display()}{'同意' if is_agreed else '不同意'}"
    audit.record(by=by, verb=verb, obj=file, organization=file.organization, detail={"note": decision.opinion})
    if is_agreed:
        _carry_out(by, file, kind, decided_on)
    else:
        _turn_down(by, file, kind, decided_on, decision.opinion)
    if file.is_open:
        settle(file)
    return decision


def _take_in(by: Actor, file: DevelopmentFile, on: date) -> None:
    refuse_beyond_quota(file, on.year)
    change_kind(by, file, MemberKind.PROBATIONARY, on, joined_on=on)
    open_membership(by=by, member=file.member, organization=file.organization, starts_on=on)


def _carry_out(by: Actor, file: DevelopmentFile, kind: str, on: date) -> None:
    """What follows from the superior's consent; on a conversion from the resolution that the branch passed."""
    if kind != DecisionKind.CONVERSION:
        return
    vote = file.votes.filter(is_passed=True).exclude(resolution=Resolution.ADMIT).latest("held_on", "pk")
    if vote.resolution == Resolution.CONVERT:
        ends_on = progress_of(file, terms_on(on)).probation_ends_on(terms_on(on))
        change_kind(by, file, MemberKind.FULL, on, converted_on=ends_on)
    elif vote.resolution == Resolution.EXTEND:
        file.extension = vote.months
        _again(by, file, "延长预备期")
    else:
        _take_out(by, file, on, DevelopmentOutcome.CANCELLED, "支部大会表决取消预备党员资格")


def _turn_down(by: Actor, file: DevelopmentFile, kind: str, on: date, opinion: str) -> None:
    if kind == DecisionKind.PRE_REVIEW:
        cancel(by=by, file=file, codes=[kind, "committee_review"], reason=f"预审未通过：{opinion}"[:255])
    elif kind == DecisionKind.APPROVAL:
        cancel(by=by, file=file, codes=[kind], reason=f"未批准：{opinion}"[:255])
        _take_out(by, file, on, DevelopmentOutcome.REFUSED, opinion)
    else:
        cancel(by=by, file=file, codes=[kind, "conversion_vote"], reason=f"未批准：{opinion}"[:255])


def _again(by: Actor, file: DevelopmentFile, reason: str) -> None:
    """The conversion is applied for and discussed once more; observation goes on."""
    codes = [DecisionKind.CONVERSION, "conversion_vote", "conversion_apply", "probation"]
    cancel(by=by, file=file, codes=codes, reason=reason)


def _take_out(by: Actor, file: DevelopmentFile, on: date, outcome: DevelopmentOutcome, reason: str) -> None:
    """Somebody is no probationary member any more: off the roster, the file closed."""
    place = file.member.memberships.filter(ends_on=None).select_related("organization", "member").first()
    if place is not None:
        end_membership(by=by, membership=place, ends_on=max(on, place.starts_on))
    change_kind(by, file, MemberKind.APPLICANT, on, joined_on=None)
    end(by=by, file=file, outcome=outcome, on=on, reason=reason)
