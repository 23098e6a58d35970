"""What a record that is being written will do, in words: for which tasks it counts, and what happens to it then."""

from collections.abc import Sequence
from dataclasses import dataclass

from branches.models import Organization
from campaigns.enums import ReviewPolicy
from campaigns.models import Activity
from campaigns.queries.crediting import PreviewLine, preview
from campaigns.queries.reviews import checks_of, policies_of
from campaigns.queries.units import unit_of
from campaigns.rules.content import RecordContent
from campaigns.rules.reviews import mild
from campaigns.rules.standing import title_text
from campaigns.rules.targets import PERCENT, amount_text, number_text
from office.queries.rules import rule_table
from partybuild.lib import clock

_AFTERWARDS = {
    ReviewPolicy.EVERY: "由{unit}审核。",
    ReviewPolicy.SAMPLE: "由{unit}抽查审核。",
    ReviewPolicy.FLAGGED: "提交后即计入，有提示的由{unit}审核。",
}
_CORRECTED = "更正通过后按新内容计入"
_STRICTEST_FIRST = (ReviewPolicy.EVERY, ReviewPolicy.SAMPLE, ReviewPolicy.FLAGGED)


@dataclass(frozen=True)
class PanelLine:
    """One task: counted, with the progress after it, or not, with what is lacking."""

    assignment_id: int
    title: str
    source: str
    counted: bool
    words: str


@dataclass(frozen=True)
class Panel:
    """What stands beside the form."""

    lines: Sequence[PanelLine]
    missing: Sequence[str]
    afterwards: str
    hints: Sequence[str] = ()

    @property
    def counted(self) -> int:
        """For how many tasks the record will count."""
        return sum(line.counted for line in self.lines)


def panel(
    organization: Organization,
    content: RecordContent,
    *,
    missing: Sequence[str],
    activity: Activity | None = None,
    title: str = "",
) -> Panel:
    """What this content would count for if it were filed now, and what its writer may want to look at again."""
    lines = preview(organization, content)
    hints = () if missing else _hints(organization, content, activity, title)
    is_correction = activity is not None and activity.is_correction
    was_returned = activity is not None and activity.returned_at is not None
    afterwards = _afterwards(organization, lines, was_returned, is_correction)
    return Panel([_line(each, is_correction) for each in lines], missing, afterwards, hints)


def _hints(organization: Organization, content: RecordContent, activity: Activity | None, title: str) -> Sequence[str]:
    """Hints in mild words on what is typed; none before there is everything that filing needs."""
    typed = Activity(
        pk=activity.pk if activity else None,
        corrects_id=activity.corrects_id if activity else None,
        organization=organization,
        title=title,
        minutes=content.minutes,
        held_on=content.held_on,
    )
    return mild(checks_of(typed, rule_table(clock.today()), content=content))


def _line(line: PreviewLine, is_correction: bool) -> PanelLine:
    """A correction takes the place of what counts already: the figure with it is not one more."""
    words = line.detail or (_CORRECTED if is_correction else _figure(line))
    return PanelLine(
        assignment_id=line.assignment_id,
        title=title_text(line.title, line.period, clock.today().year),
        source=f"{line.campaign_name} {line.number}",
        counted=line.counted,
        words=words if line.counted else line.reason,
    )


def _figure(line: PreviewLine) -> str:
    if line.unit == PERCENT:
        return amount_text(line.after, PERCENT)
    return f"{number_text(line.after)} / {amount_text(line.goal, line.unit)}"


def _afterwards(
    organization: Organization, lines: Sequence[PreviewLine], was_returned: bool, is_correction: bool
) -> str:
    unit = Organization.objects.get(pk=unit_of(organization))
    if unit.pk == organization.pk:
        return "须经审核的，由本组织的另一名工作人员确认。"
    if is_correction:
        return f"由{unit.label}审核。审核通过前，以原记录的内容计入任务。"
    if was_returned:
        return f"由{unit.label}再次审核。"
    policies = {policy for policy, _ in policies_of({line.assignment_id for line in lines if line.is_asked})}
    strictest = next((policy for policy in _STRICTEST_FIRST if policy in policies), ReviewPolicy.FLAGGED)
    return f"{_AFTERWARDS[strictest].format(unit=unit.label)}被退回会提醒您，按期补正不计迟报。"
