"""Closing (销号) with evidence and the superior's check, and the look-back (回头看) that re-opens (R04)."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.permissions import Actor
from campaigns.actions import problem_rows as rows
from campaigns.actions.problems import default_due
from campaigns.models import Problem, ProblemPaper
from campaigns.rules.problems import ProblemError, State, Verb, lacking_for_closing
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text


@transaction.atomic
def ask_to_close(*, by: Actor, problem: Problem, text: str, regulation: str = "") -> Problem:
    """The organisation says what came of it and asks for the closing; measures done and evidence are compulsory."""
    text = text.strip()
    if not text:
        raise ValidationError({"text": "请填写完成情况。"})
    problem = rows.hold(problem, Verb.ASK)
    evidence = problem.papers.filter(slot=ProblemPaper.Slot.EVIDENCE)
    if problem.reopened_at is not None:
        evidence = evidence.filter(added_at__gte=problem.reopened_at)
    if missing := lacking_for_closing(problem.steps.values_list("done_on", flat=True), evidence.exists()):
        raise ProblemError(missing)
    problem.asked_on, problem.asked_by_id = clock.today(), by.user_id
    problem.regulation = regulation.strip() or problem.regulation
    problem.save(update_fields=["state", "asked_on", "asked_by", "regulation"])
    event = rows.note(by, problem, Verb.ASK, text)
    due_on = clock.today() + timedelta(days=rule_table(clock.today()).int("problem.check_days"))
    words = f"{problem.organization}申请销号：{rows.short(problem)}，请核验。"
    rows.tell_superior(problem, f"asked:{event.pk}", words, due_on)
    return problem


@transaction.atomic
def withdraw_asking(*, by: Actor, problem: Problem) -> Problem:
    """The organisation takes its asking back before anybody has decided."""
    problem = rows.hold(problem, Verb.WITHDRAW)
    problem.asked_on, problem.asked_by = None, None
    problem.save(update_fields=["state", "asked_on", "asked_by"])
    rows.note(by, problem, Verb.WITHDRAW)
    return problem


@transaction.atomic
def close_problem(*, by: Actor, problem: Problem, remark: str = "", on: date | None = None) -> Problem:
    """The superior has checked and strikes the problem off. Its day is the day on which the closing was asked for."""
    problem = rows.hold(problem, Verb.CLOSE)
    rows.refuse_own(by, problem)
    problem.closed_on = on or problem.asked_on
    problem.save(update_fields=["state", "closed_on"])
    event = rows.note(by, problem, Verb.CLOSE, remark)
    rows.tell_organization(problem, f"closed:{event.pk}", f"整改问题“{rows.short(problem)}”已经上级核验销号。")
    rows.recount(problem)
    return problem


@transaction.atomic
def return_problem(*, by: Actor, problem: Problem, remark: str) -> Problem:
    """The superior does not find it put right and says why."""
    remark = remark.strip()
    if not remark:
        raise ValidationError({"remark": "请写明退回的原因和要求。"})
    problem = rows.hold(problem, Verb.RETURN)
    rows.refuse_own(by, problem)
    problem.save(update_fields=["state"])
    event = rows.note(by, problem, Verb.RETURN, remark)
    words = f"销号申请已退回：{remark}。请继续整改后再申请销号。"
    rows.tell_organization(problem, f"returned:{event.pk}", words, problem.due_on)
    rows.recount(problem)
    return problem


@transaction.atomic
def look_back(*, by: Actor, problem: Problem, has_come_back: bool, text: str, due_on: date | None = None) -> Problem:
    """The superior looks again at what was closed: it holds, or it has come back and is opened anew (SX, MF)."""
    text, today = text.strip(), clock.today()
    if not text:
        raise ValidationError({"text": "请写明回头看的情况。"})
    problem = rows.hold(problem, Verb.BACK if has_come_back else Verb.HELD)
    rows.refuse_own(by, problem)
    problem.looked_back_on = today
    if not has_come_back:
        problem.save(update_fields=["looked_back_on"])
        rows.note(by, problem, Verb.HELD, text)
        return problem
    if due_on is not None and due_on < today:
        raise ValidationError({"due_on": "新的整改时限不能早于今天。"})
    _reopen(problem, due_on)
    event = rows.note(by, problem, Verb.BACK, f"{text}（整改时限{day_text(problem.due_on)}）")
    words = f"回头看发现问题反弹：{rows.short(problem)}。请补充措施重新整改。"
    rows.tell_organization(problem, f"back:{event.pk}", words, problem.due_on)
    rows.recount(problem)
    return problem


def _reopen(problem: Problem, due_on: date | None) -> None:
    """Evidence counts anew from here on, and without another day the days of its class run from today."""
    assert problem.state == State.REOPENED
    problem.due_on = due_on or default_due(problem, since=clock.today())
    problem.reopened, problem.reopened_at = problem.reopened + 1, clock.now()
    problem.closed_on = problem.asked_on = problem.asked_by = None
    problem.save(update_fields=["state", "due_on", "reopened", "reopened_at", "closed_on", "asked_on", "asked_by",
                                "looked_back_on"])  # fmt: skip
