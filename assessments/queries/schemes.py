"""What a campaign asks, as the lines that its scheme will have."""

from collections import defaultdict
from collections.abc import Sequence

from assessments.rules.schemes import BY_HAND, HAND_METRIC, Ask
from assessments.rules.scoring import standard
from campaigns.enums import AudienceGroup
from campaigns.models import Campaign, Target, Task
from campaigns.rules.targets import asked_text


def asks_of(campaign: Campaign) -> list[tuple[int, list[Ask]]]:
    """Dimension id → what it asks of those who are scored, in the order of the plan; three queries.

    Each target in force is one line, and so is a task that has neither targets nor child tasks. What only the issuer
    owes is left out: it holds the round and is not scored in it.
    """
    targets: dict[int, list[Target]] = defaultdict(list)
    for target in Target.objects.in_force().filter(task__campaign=campaign).order_by("position", "pk"):
        targets[target.task_id].append(target)
    dimensions = campaign.dimensions.order_by("position").values_list("pk", flat=True)
    found: dict[int, list[Ask]] = {pk: [] for pk in dimensions}
    tasks = list(campaign.tasks.order_by("position", "pk"))
    parents = {task.parent_id for task in tasks}
    for task in tasks:
        found[task.dimension_id] += _asks_of_task(task, targets[task.pk], is_parent=task.pk in parents)
    return list(found.items())


def _asks_of_task(task: Task, targets: Sequence[Target], is_parent: bool) -> list[Ask]:
    if not targets:
        return [] if is_parent else [Ask(task.pk, None, task.title, BY_HAND)]
    return [_ask_of(task, target) for target in targets if target.audience_group != AudienceGroup.ISSUER]


def _ask_of(task: Task, target: Target) -> Ask:
    if target.metric == HAND_METRIC:
        return Ask(task.pk, target.pk, task.title, BY_HAND)
    return Ask(task.pk, target.pk, target.title, standard(asked_text(target.demand)), target.metric)
