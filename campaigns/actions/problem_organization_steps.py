"""What happens to problems when organisations change. Single steps: only compositions may import them."""

from django.db import transaction

from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.problem_rows import note
from campaigns.models import Problem, Snapshot
from campaigns.rules.problems import Verb


@transaction.atomic
def hand_on_problems(*, by: Actor, organization: Organization, successor: Organization) -> int:
    """What an organisation that is no more has not put right follows its successor, reports of members with it.

    What was closed stays where it was. How many problems went over.
    """
    rows = Problem.objects.running().filter(organization=organization).order_by("pk").select_for_update(of=("self",))
    problems = list(rows)
    for problem in problems:
        problem.organization = successor
        problem.save(update_fields=["organization"])
        note(by, problem, Verb.HAND_ON, f"由{organization.name}移交")
    Snapshot.objects.waiting().filter(organization=organization).update(organization=successor)
    return len(problems)
