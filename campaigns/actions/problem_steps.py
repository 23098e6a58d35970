"""Measures of a problem, notes of progress and evidence (R01, R03)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.permissions import Actor
from campaigns.actions import problem_rows as rows
from campaigns.models import Problem, ProblemPaper, Step
from campaigns.rules.problems import WORKABLE, ProblemError, State, Verb
from office.actions.files import store_upload
from partybuild.lib import clock

MOST_STEPS, MOST_PAPERS = 30, 30
_LONGEST_NAME = 255


@dataclass(frozen=True)
class Planned:
    """A measure as it is planned; without a day it has the day of its problem."""

    text: str
    person: str = ""
    due_on: date | None = None


def write_steps(problem: Problem, planned: Sequence[Planned]) -> list[Step]:
    """Add measures to a problem that is held; one that is there already takes the new person and day."""
    known = {step.text: step for step in problem.steps.all()}
    if len({*known, *(each.text.strip() for each in planned)}) > MOST_STEPS:
        raise ValidationError({"steps": f"一个问题最多 {MOST_STEPS} 项措施。"})
    written = []
    for place, each in enumerate(planned, len(known) + 1):
        text, due_on = each.text.strip(), each.due_on or problem.due_on
        if due_on > problem.due_on:
            raise ValidationError({"steps": f"措施“{text[:20]}”的完成时限晚于问题的整改时限。"})
        step = known.get(text) or Step(problem=problem, text=text, position=place)
        step.person, step.due_on = each.person.strip() or problem.responsible, due_on
        step.full_clean(validate_constraints=False)
        step.save()
        written.append(step)
    return written


@transaction.atomic
def add_step(*, by: Actor, problem: Problem, text: str, person: str = "", due_on: date | None = None) -> Step:
    """One more measure; the same text twice is one."""
    problem = _workable(problem)
    [step] = write_steps(problem, [Planned(text, person, due_on)])
    _record(by, problem, "添加整改措施", step.text)
    return step


@transaction.atomic
def complete_step(*, by: Actor, step: Step, done_on: date, note: str = "") -> Step:
    """A measure is carried out; again corrects day and words."""
    problem, step = _workable(step.problem), Step.objects.select_for_update().get(pk=step.pk)
    if done_on > clock.today():
        raise ValidationError({"done_on": "完成日期不能晚于今天。"})
    if done_on < problem.raised_on:
        raise ValidationError({"done_on": "完成日期不能早于问题登记日期。"})
    step.done_on, step.note = done_on, note.strip()
    step.full_clean(validate_constraints=False)
    step.save(update_fields=["done_on", "note"])
    _record(by, problem, "完成整改措施", step.text)
    return step


@transaction.atomic
def remove_step(*, by: Actor, step: Step) -> None:
    """Take away a measure that was not carried out; the last one stays."""
    problem = _workable(step.problem)
    found = Step.objects.filter(pk=step.pk).first()
    if found is None:
        return
    if found.done_on is not None:
        raise ProblemError("该措施已经完成，不能删除。")
    if problem.steps.count() == 1:
        raise ProblemError("至少保留一项整改措施。")
    _record(by, problem, "删除整改措施", found.text)
    found.delete()


@transaction.atomic
def note_progress(*, by: Actor, problem: Problem, text: str, shows_effect: bool = False) -> Problem:
    """Write down how far it is; for a longer one also that it shows its effect."""
    text = text.strip()
    if not text:
        raise ValidationError({"text": "请填写整改进展。"})
    problem = rows.hold(problem, Verb.EFFECT if shows_effect else Verb.PROGRESS)
    last = problem.events.order_by("-pk").first()
    if last is not None and last.text == text and last.happened_on == clock.today():
        return problem
    if shows_effect and problem.effect_on is None:
        problem.effect_on = clock.today()
        problem.save(update_fields=["effect_on"])
    rows.note(by, problem, Verb.EFFECT if shows_effect else Verb.PROGRESS, text)
    if shows_effect:
        rows.recount(problem)
    return problem


@transaction.atomic
def add_paper(*, by: Actor, problem: Problem, upload: Any, slot: str = ProblemPaper.Slot.EVIDENCE) -> ProblemPaper:
    """Keep evidence with a problem; the same one twice is one."""
    file = store_upload(upload)
    problem = _workable(problem, also=(State.REGISTERED,))
    name = upload.name[-_LONGEST_NAME:]
    found = problem.papers.filter(file=file, name=name, slot=slot).first()
    if found is not None and (problem.reopened_at is None or found.added_at >= problem.reopened_at):
        return found
    if found is not None:
        raise ValidationError({"paper": "这份材料是反弹以前上传的，请上传新的整改佐证。"})
    if problem.papers.count() >= MOST_PAPERS:
        raise ValidationError({"paper": f"一个问题最多保存 {MOST_PAPERS} 份材料。"})
    paper = ProblemPaper.objects.create(
        problem=problem, file=file, name=name, slot=slot, added_at=clock.now(), added_by_id=by.user_id
    )
    _record(by, problem, "添加整改材料", name)
    return paper


@transaction.atomic
def remove_paper(*, by: Actor, paper: ProblemPaper) -> None:
    """Take evidence away; what stood behind an earlier closing stays."""
    problem = _workable(paper.problem, also=(State.REGISTERED,))
    if problem.reopened_at is not None and paper.added_at < problem.reopened_at:
        raise ProblemError("该材料是此前销号的依据，不能移除。")
    _record(by, problem, "移除整改材料", paper.name)
    paper.delete()


def _workable(problem: Problem, also: Sequence[State] = ()) -> Problem:
    held = Problem.objects.select_for_update(of=("self",)).select_related("organization").get(pk=problem.pk)
    if held.state not in (*WORKABLE, *also):
        raise ProblemError(f"该问题现在是“{held.get_state_display()}”，不能修改措施和材料。")
    return held


def _record(by: Actor, problem: Problem, verb: str, words: str) -> None:
    audit.record(by=by, verb=verb, obj=problem, organization=problem.organization, detail={"note": words[:255]})
