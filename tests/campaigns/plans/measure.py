"""Compares a plan as the reader gives it out with what a careful person finds in the same document.

The draft is the public form (``draft_campaign --json``). What a truth file marks ``open`` may be found or left alone:
it is neither a miss nor a wrong finding. Run it on files of drafts, one JSON object each:
``python -m tests.campaigns.plans.measure 01-quality.json …``.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
Entry = dict[str, Any]

# Words for one and the same thing: a lecture is a time, a head is a person.
_SAME_UNITS = {"场": "次", "场次": "次", "堂": "次", "节": "次", "轮": "次", "遍": "次", "期": "次", "名": "人",
               "位": "人", "处": "个", "间": "个", "个工作日": "天", "日": "天", "％": "%"}  # fmt: skip
_NOISE = re.compile(r"[\s“”\"'‘’《》「」【】（）()，,。；;：:、．.·—\-－~～]+")
_DEADLINE_KEYS = ("due", "by_day", "before_term_end_months")


@dataclass
class Score:
    """How many were to be found, were given out, and were given out rightly; ``missed`` and ``wrong`` in words."""

    wanted: int = 0
    given: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean; 1 where nothing was to be found and nothing was given out."""
        both = self.wanted + self.given
        return 2 * self.right / both if both else 1.0

    def __str__(self) -> str:
        return f"F1 {self.f1:.3f} (P {self.precision:.3f}, R {self.recall:.3f}; {self.right} of {self.wanted})"


@dataclass
class Measured:
    """One plan measured; ``subjects`` and ``places`` are shares of the rightly found targets."""

    targets: Score
    deadlines: Score
    structure: Score
    stages: Score
    cadences: Score
    group: Score
    subjects: float
    metrics: float
    places: float


def truths() -> dict[str, Entry]:
    """The truth of every plan of this folder by its document's file name."""
    found = {}
    for path in sorted(HERE.glob("*.yaml")):
        document = next(HERE / f"{path.stem}{suffix}" for suffix in (".docx", ".txt")
                        if (HERE / f"{path.stem}{suffix}").exists())  # fmt: skip
        found[document.name] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def measure(draft: Entry, truth: Entry) -> Measured:
    """Every part of a draft against the truth."""
    tasks = drafted_tasks(draft)
    stated = stated_targets(tasks)
    pairs, targets = _score(truth["targets"], stated, _same_target, _target_text)
    return Measured(
        targets=targets,
        deadlines=_score(truth["deadlines"], drafted_deadlines(draft, tasks), _same_deadline, _deadline_text)[1],
        structure=_structure(truth, tasks),
        stages=_score(truth["stages"], draft.get("stages", []), _same_stage, _name_text)[1],
        cadences=_score(truth["cadences"], draft.get("cadences", []), _same_cadence, _title_text)[1],
        group=_score(truth["leading_group"], draft.get("leading_group", []), _same_seat, _seat_text)[1],
        subjects=_share(pairs, lambda wanted, given: wanted["subject"] == given["subject"]),
        metrics=_share(pairs, lambda wanted, given: wanted["metric"] == given["metric"]),
        places=_share(pairs, lambda wanted, given: wanted.get("task") in (None, given["task"])),
    )


def drafted_tasks(draft: Entry) -> list[Entry]:
    """The draft's tasks with their dimension's name."""
    return [
        {**task, "dimension": dimension["name"]}
        for dimension in draft.get("dimensions", [])
        for task in dimension.get("tasks", [])
    ]


def stated_targets(tasks: Iterable[Entry]) -> list[Entry]:
    """The targets whose figure the plan states, each with the number of its task."""
    return [
        {**target, "task": task["number"]}
        for task in tasks
        for target in task.get("targets", [])
        if target.get("basis", "stated") == "stated"
    ]


def drafted_deadlines(draft: Entry, tasks: Iterable[Entry]) -> list[Entry]:
    """Days of milestones and of targets; one day of one sentence counts once."""
    entries = [{**each, "task": None} for each in draft.get("milestones", [])] + stated_targets(tasks)
    found: dict[tuple[str, object, str], Entry] = {}
    for entry in entries:
        for key in _DEADLINE_KEYS:
            if entry.get(key):
                sentence = _plain(entry.get("sentence") or entry.get("phrase") or entry.get("title") or "")
                found.setdefault((key, entry[key], sentence), {**entry, "key": key, "value": entry[key]})
    return list(found.values())


def _structure(truth: Entry, tasks: Sequence[Entry]) -> Score:
    return _score(truth["tasks"], tasks, _same_task, lambda each: f"{each['number']} {each.get('title', '')}")[1]


def _score(
    wanted: Sequence[Entry],
    given: Sequence[Entry],
    same: Callable[[Entry, Entry], int],
    text: Callable[[Entry], str],
) -> tuple[list[tuple[Entry, Entry]], Score]:
    """Pairs each wanted entry with at most one given; the likeliest pairs are taken first."""
    likely = sorted(
        (
            (same(one, other), -i, -j)
            for i, one in enumerate(wanted)
            for j, other in enumerate(given)
            if same(one, other)
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for _, i, j in likely:
        if -i not in taken and -j not in taken.values():
            taken[-i] = -j
    free = {j for i, j in taken.items() if wanted[i].get("open")}
    score = Score(
        wanted=sum(1 for each in wanted if not each.get("open")),
        given=len(given) - len(free),
        right=sum(1 for i in taken if not wanted[i].get("open")),
        missed=[text(each) for i, each in enumerate(wanted) if i not in taken and not each.get("open")],
        wrong=[text(each) for j, each in enumerate(given) if j not in taken.values()],
    )
    return [(wanted[i], given[j]) for i, j in taken.items() if not wanted[i].get("open")], score


def _same_target(wanted: Entry, given: Entry) -> int:
    """Figure, unit and period must be the same; phrase, task and then metric decide between several of the same."""
    if not _same_figure(wanted, given) or given["period"] not in _listed(wanted["period"]):
        return 0
    same_task = wanted.get("task") == given["task"]
    return 1 + 8 * _is_quoted(wanted, given) + 4 * same_task + 2 * (wanted.get("metric") == given.get("metric"))


def _same_figure(wanted: Entry, given: Entry) -> bool:
    return all(_figure(wanted, key) == _figure(given, key) for key in ("at_least", "at_most"))


def _figure(each: Entry, key: str) -> tuple[Decimal, str]:
    """Amount and unit; 50 万元 are 500,000 元."""
    amount, unit = Decimal(str(each.get(key) or 0)), _SAME_UNITS.get(each["unit"], each["unit"])
    return (amount * 10_000, unit[1:]) if unit.startswith("万") else (amount, unit)


def _same_deadline(wanted: Entry, given: Entry) -> int:
    key = given["key"]
    if key not in wanted or _month_day(wanted[key]) != _month_day(given["value"]):
        return 0
    if not _same_year(str(wanted[key]), str(given["value"])):
        return 0
    return 1 + 4 * _is_quoted(wanted, given) + 2 * (wanted.get("task") is not None and wanted["task"] == given["task"])


def _same_task(wanted: Entry, given: Entry) -> int:
    if wanted["number"] != given["number"] or not _is_alike(wanted.get("title", ""), given["title"]):
        return 0
    return 1 if _is_alike(wanted.get("dimension", ""), given["dimension"]) else 0


def _same_stage(wanted: Entry, given: Entry) -> int:
    same = all(_same_day(wanted[key], given.get(key)) for key in ("from", "to"))
    return 1 if same and _is_alike(wanted["name"], given["name"]) else 0


def _same_cadence(wanted: Entry, given: Entry) -> int:
    return 1 if wanted["period"] == given["period"] and _is_alike(wanted["title"], given["title"]) else 0


def _same_seat(wanted: Entry, given: Entry) -> int:
    return 1 if wanted["role"] == given["role"] and _is_alike(wanted["holder"], given["holder"]) else 0


def _is_quoted(wanted: Entry, given: Entry) -> bool:
    said = _plain(str(given.get("phrase", "")) + str(given.get("sentence", "")))
    return bool(wanted.get("phrase")) and _plain(wanted["phrase"]) in said


def _is_alike(one: str, other: str) -> bool:
    one, other = _plain(one), _plain(other)
    return one in other or other in one


def _plain(text: str) -> str:
    return _NOISE.sub("", text)


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _month_day(value: object) -> object:
    return value[-5:] if isinstance(value, str) else value


def _same_year(one: str, other: str) -> bool:
    """A year that only one of both names is no difference."""
    return len(one) != len(other) or one == other


def _same_day(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return not one and not other
    return _month_day(one) == _month_day(other) and _same_year(one, other)


def _share(pairs: Sequence[tuple[Entry, Entry]], holds: Callable[[Entry, Entry], bool]) -> float:
    return sum(holds(*pair) for pair in pairs) / len(pairs) if pairs else 1.0


def _target_text(each: Entry) -> str:
    figure = f"{each['at_least']}{each['unit']}/{each['period']}"
    return f"{each.get('task') or '-'} {figure} {each.get('phrase') or each.get('sentence', '')}"


def _deadline_text(each: Entry) -> str:
    day = next((str(each[key]) for key in _DEADLINE_KEYS if each.get(key)), "")
    return f"{day} {each.get('phrase') or each.get('sentence') or each.get('title', '')}"


def _name_text(each: Entry) -> str:
    return f"{each['name']} {each.get('from')}–{each.get('to')}"


def _title_text(each: Entry) -> str:
    return f"{each['period']} {each['title']}"


def _seat_text(each: Entry) -> str:
    return f"{each['role']} {each['holder']}"


def report(name: str, measured: Measured) -> str:
    """One plan in lines: each part's score, what was missed and what was found wrongly."""
    lines = [f"{name}: subjects {measured.subjects:.2f}, metrics {measured.metrics:.2f}, places {measured.places:.2f}"]
    for part in ("targets", "deadlines", "structure", "stages", "cadences", "group"):
        score: Score = getattr(measured, part)
        lines.append(f"  {part}: {score}")
        lines.extend(f"    - missed {text}" for text in score.missed)
        lines.extend(f"    + wrong  {text}" for text in score.wrong)
    return "\n".join(lines)


def main(paths: Sequence[str]) -> None:
    """Prints the report of each draft, found by the stem of its file's name."""
    known = {Path(name).stem: truth for name, truth in truths().items()}
    for path in map(Path, paths):
        draft = json.loads(path.read_text(encoding="utf-8"))
        sys.stdout.write(report(path.stem, measure(draft, known[path.stem])) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
