"""Fixed vocabularies of the desk."""

from enum import StrEnum


class TaskName(StrEnum):
    """Names of the worker's tasks: actions queue work by name and never import tasks."""

    TICK = "desk.tick"
    DO_RUN = "desk.do_run"
    COUNT_FACTS = "desk.count_facts"
