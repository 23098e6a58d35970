"""What the campaigns floor reminds people of, once a day (Y05). Each reminder is told once for its occasion."""

from collections.abc import Callable
from datetime import date

from branches.permissions import Actor
from campaigns.actions.feedback import remind_feedback
from campaigns.actions.milestones import remind_milestones
from campaigns.actions.plan_reminders import remind_agreements, remind_calls, remind_planned, remind_plans
from campaigns.actions.problem_reminders import remind_problems
from campaigns.actions.work_reminders import (
    remind_claims,
    remind_contests,
    remind_needs,
    remind_pledges,
    remind_projects,
    remind_topics,
)

REMINDERS: tuple[Callable[..., int], ...] = (
    remind_problems,
    remind_topics,
    remind_projects,
    remind_claims,
    remind_contests,
    remind_needs,
    remind_pledges,
    remind_plans,
    remind_planned,
    remind_agreements,
    remind_calls,
    remind_feedback,
    remind_milestones,
)


def remind(*, by: Actor, on: date) -> dict[str, int]:
    """All reminders of the day; name of the reminder → notices that were new."""
    return {reminder.__name__: reminder(by=by, on=on) for reminder in REMINDERS}
