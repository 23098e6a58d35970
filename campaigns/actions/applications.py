"""Applications in contests (C12): handed in, recommended, verified, awarded, taken back.

O15: no award to a person goes on without the favourable word of his branch.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions import fact_credits
from campaigns.actions.work_notes import check_move, write_note
from campaigns.models import Application, Award, Contest, CriterionAnswer
from campaigns.queries.award_bars import bars_to_award
from campaigns.queries.supervisors import doers_of, supervisors_of
from campaigns.rules.contests import (
    APPLICATION_MOVES,
    MODEL_POST,
    OPEN_APPLICATION,
    ApplicationState,
    ContestState,
    ContestSubject,
    first_state,
    lacks_evidence,
    verdict,
)
from members.actions.opinions import ask_opinion
from members.enums import OpinionPurpose
from members.models import Member
from members.queries.opinions import has_favourable_opinion
from members.queries.roster import roster_on
from office.actions.notices import tell
from partybuild.lib import clock

METRIC = "coverage.model_post"


@transaction.atomic
def apply(
    *,
    by: Actor,
    contest: Contest,
    organization: Organization,
    statement: str,
    evidence: Mapping[int, str],
    member: Member | None = None,
    post_name: str = "",
    by_branch: bool = True,
    files: Iterable[Any] = (),
) -> Application:
    """Hand an application in, with what proves each criterion (by its id). The same one under way is one."""
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    contest = Contest.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=contest.pk)
    post_name = post_name.strip() if contest.subject == ContestSubject.POST else ""
    known = Application.objects.filter(
        contest=contest, organization=organization, member=member, post_name=post_name,
        state__in=[*OPEN_APPLICATION, ApplicationState.AWARDED],
    )  # fmt: skip
    if found := known.first():
        return found
    _check_applicant(contest, organization, member, post_name)
    criteria = list(contest.criteria.all())
    if missing := lacks_evidence([(one.pk, one.evidence) for one in criteria], evidence):
        raise ValidationError({f"evidence_{pk}": "请填写佐证。" for pk in missing})
    application = Application(
        contest=contest, organization=organization, member=member, post_name=post_name, statement=statement.strip(),
        state=first_state(contest.subject, by_branch=by_branch), applied_at=clock.now(),
    )  # fmt: skip
    application.full_clean()
    application.save()
    CriterionAnswer.objects.bulk_create(
        CriterionAnswer(application=application, criterion=one, evidence=evidence.get(one.pk, "").strip())
        for one in criteria
    )
    write_note(by=by, about=application, organization=organization, verb="apply", label="申报", uploads=files)
    _tell_next(application, "apply")
    _count(application)
    return application


@transaction.atomic
def move_application(
    *, by: Actor, application: Application, verb: str, text: str = "", files: Iterable[Any] = ()
) -> Application:
    """The branch recommends or does not, or the applicant withdraws."""
    application = _held(application)
    if verb not in ("recommend", "decline", "withdraw"):
        raise ValidationError("没有这项操作。")
    if verb == "recommend" and by.member_id is not None and by.member_id == application.member_id:
        raise ValidationError("不能推荐本人，请由支部其他负责人推荐。")
    _step(by, application, verb, text, files)
    return application


@transaction.atomic
def verify_application(
    *, by: Actor, application: Application, marks: Mapping[int, bool], remarks: Mapping[int, str], text: str = ""
) -> Application:
    """The superior says of each criterion (by its id) whether it is met; all of them make the standard."""
    application = _held(application)
    answers = list(application.answers.select_related("criterion"))
    for answer in answers:
        if answer.criterion_id not in marks:
            raise ValidationError({f"met_{answer.criterion_id}": "请选择是否达标。"})
        answer.is_met = marks[answer.criterion_id]
        answer.remark = remarks.get(answer.criterion_id, "").strip()
        if not answer.is_met and not answer.remark:
            raise ValidationError({f"remark_{answer.criterion_id}": "未达标的条件请写明原因。"})
    found = verdict(marks.values())
    check_move(
        by=by, moves=APPLICATION_MOVES, verb="verify", state=application.state, text=text,
        organization=application.organization,
    )  # fmt: skip
    application.state, application.verified_at = found, clock.now()
    application.save(update_fields=["state", "verified_at"])
    CriterionAnswer.objects.bulk_update(answers, ["is_met", "remark"])
    write_note(
        by=by, about=application, organization=application.organization, verb="verify", label=found.label, text=text
    )
    _tell_next(application, "verify")
    _count(application)
    return application


@transaction.atomic
def award(
    *, by: Actor, application: Application, level: str = "", number: str = "", awarded_on: date | None = None
) -> Award:
    """The issuer gives the title: verified, within the quota, with the branch's word, nothing in the way."""
    contest = Contest.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=application.contest_id)
    application = _held(application)
    if application.state == ApplicationState.AWARDED:
        return application.award
    if by.organization_id != contest.issuer_id:
        raise ValidationError("称号由发布争创活动的党组织授予。")
    if contest.levels and level not in contest.levels:
        raise ValidationError({"level": "请选择等次。"})
    if awarded_on and awarded_on > clock.today():
        raise ValidationError({"awarded_on": "授予日期不能晚于今天。"})
    _check_award(contest, application)
    _step(by, application, "award", level)
    given = Award(
        application=application, issuer=contest.issuer, organization=application.organization,
        member=application.member, post_name=application.post_name, title=contest.title, level=level,
        number=number.strip(), awarded_on=awarded_on or clock.today(),
    )  # fmt: skip
    given.full_clean()
    given.save()
    return given


@transaction.atomic
def revoke(*, by: Actor, application: Application, reason: str) -> Award:
    """Take a title back with its reason; the row stays in the roll."""
    application = _held(application)
    if by.organization_id != application.contest.issuer_id:
        raise ValidationError("称号由授予的党组织撤销。")
    _step(by, application, "revoke", reason)
    given = Award.objects.select_for_update().get(application=application)
    given.revoked_on, given.reason = clock.today(), reason.strip()
    given.full_clean()
    given.save(update_fields=["revoked_on", "reason"])
    return given


@transaction.atomic
def ask_branch(*, by: Actor, application: Application) -> None:
    """Ask the branch for its opinion on the member before he is honoured (O15)."""
    application = _held(application)
    if application.member is None:
        raise ValidationError("对党组织的争创不需要听取党支部意见。")
    asker = Organization.objects.get(pk=by.organization_id or 0)
    ask_opinion(
        by=by, asker=asker, member=application.member, purpose=OpinionPurpose.AWARD, subject=subject_of(application)
    )


def subject_of(application: Application) -> str:
    """Under which words the branch's opinion is asked."""
    return f"{application.contest.year}年{application.contest.title}"


def page_of(application: Application) -> str:
    """Where the application is shown."""
    return reverse("campaigns:application_detail", args=[application.pk])


def _check_applicant(contest: Contest, organization: Organization, member: Member | None, post_name: str) -> None:
    today = clock.today()
    if contest.state != ContestState.PUBLISHED or not contest.starts_on <= today <= contest.ends_on:
        raise ValidationError("现在不在申报时间内。")
    if organization.kind not in contest.kinds or not organization.path.startswith(contest.issuer.path):
        raise ValidationError("该争创活动不面向本党组织。")
    if contest.is_personal != (member is not None):
        raise ValidationError(
            {"member": "请选择党员。"} if contest.is_personal else {"member": "该争创活动面向党组织。"}
        )
    if contest.subject == ContestSubject.POST and not post_name:
        raise ValidationError({"post_name": "请填写岗位。"})
    if member is not None and not roster_on(organization, today).filter(pk=member.pk).exists():
        raise ValidationError({"member": "应是本党组织名册中的党员。"})


def _check_award(contest: Contest, application: Application) -> None:
    given = Award.objects.in_force().filter(application__contest=contest).count()
    if contest.quota is not None and given >= contest.quota:
        raise ValidationError(f"名额 {contest.quota} 个，已经授予完毕。")
    member = application.member
    if member is not None and not has_favourable_opinion(member, subject_of(application)):
        raise ValidationError("尚未取得党支部同意的意见，请先听取党支部意见。")
    if bars := bars_to_award(application.organization, member):
        raise ValidationError([f"{reason}，不能授予。" for reason in bars])


def _step(by: Actor, application: Application, verb: str, text: str, files: Iterable[Any] = ()) -> None:
    """Move the state by the table, write it down, tell the other side, count anew."""
    application.state = check_move(
        by=by, moves=APPLICATION_MOVES, verb=verb, state=application.state, text=text,
        organization=application.organization,
    )  # fmt: skip
    application.save(update_fields=["state"])
    write_note(
        by=by, about=application, organization=application.organization, verb=verb,
        label=APPLICATION_MOVES[verb].label, text=text, uploads=files,
    )  # fmt: skip
    _tell_next(application, verb)
    _count(application)


def _tell_next(application: Application, verb: str) -> None:
    waits_above = application.state == ApplicationState.RECOMMENDED
    organization = application.organization
    people = supervisors_of(organization) if waits_above else doers_of(organization.pk)
    if not waits_above and application.member is not None and application.member.user_id:
        people = [*people, application.member.user_id]
    text = f"{application}：{ApplicationState(application.state).label}，请查看。"
    tell(people=people, key=f"application:{application.pk}:{verb}:{application.state}", text=text,
         url=page_of(application))  # fmt: skip


def _count(application: Application) -> None:
    """Taking part in 党员示范岗 is a figure of the branch (N25)."""
    if application.contest.preset == MODEL_POST:
        on = clock.in_zone(application.verified_at or application.applied_at).date()
        fact_credits.refresh([METRIC], [application.organization_id], on=on)


def _held(application: Application) -> Application:
    Organization.objects.select_for_update(no_key=True).get(pk=application.organization_id)
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related("organization", "member", "contest__issuer").get(pk=application.pk)
