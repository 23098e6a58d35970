"""Clean-ups (专项整治): whom they address, how far each organisation and each class is, the closing report (R06)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from branches.models import Organization
from branches.permissions import Permission, Scope
from campaigns.models import Cleanup, CleanupCheck, Problem
from campaigns.models.cleanup import CleanupQuerySet
from campaigns.rules.cleanups import CleanupState, coverage
from campaigns.rules.problems import RUNNING, State
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.official import Block, Heading, OfficialDocument, Paragraph, Table


@dataclass(frozen=True)
class ClassLine:
    """One class of problem: organisations that found some and none, problems, those that are closed."""

    name: str
    found: int = 0
    clear: int = 0
    raised: int = 0
    closed: int = 0


@dataclass(frozen=True)
class PlaceLine:
    """One organisation: classes checked, problems found, closed; its state in the words of the portal."""

    organization: Organization
    checked: int
    raised: int
    closed: int
    state: str


@dataclass(frozen=True)
class OwnLine:
    """One class with the self-check of one's own organisation and the problems that it led to."""

    name: str
    check: CleanupCheck | None = None
    problems: list[Problem] = field(default_factory=list)


def cleanup_list(scope: Scope, *, state: str = "") -> CleanupQuerySet:
    """Clean-ups in reach and those that a superior has begun, with the number of problems found in reach."""
    found = Cleanup.objects.visible_to(scope).select_related("issuer")
    if state:
        found = found.filter(state=state)
    seen = Problem.objects.visible_to(scope).valid().order_by().values("pk")
    return found.annotate(
        raised=Count("problems", filter=Q(problems__in=seen)),
        closed=Count("problems", filter=Q(problems__in=seen, problems__state=State.CLOSED)),
    ).order_by("-starts_on", "-pk")


def export_rows(cleanups: Iterable[Cleanup]) -> Iterator[list[object]]:
    """Rows of the workbook."""
    for number, row in enumerate(cleanups, 1):
        yield [
            number, row.name, row.issuer.name, row.source, "、".join(row.classes), row.starts_on, row.check_by,
            row.ends_on, row.raised, row.closed, row.get_state_display(), row.ended_on,  # type: ignore[attr-defined]
        ]  # fmt: skip


def organizations_of(cleanup: Cleanup) -> QuerySet[Organization]:
    """The organisations that it addresses, those of its kinds below the issuer."""
    below = Organization.objects.below(cleanup.issuer).in_force(clock.today()).exclude(pk=cleanup.issuer_id)
    return below.filter(kind__in=cleanup.audience_kinds).order_by("path")


def class_lines(scope: Scope, cleanup: Cleanup) -> list[ClassLine]:
    """Progress by class, of the organisations in reach; two queries."""
    checks = CleanupCheck.objects.visible_to(scope).filter(cleanup=cleanup).order_by()
    said = Counter(checks.values_list("name", "is_found"))
    problems = Problem.objects.visible_to(scope).valid().filter(cleanup=cleanup).order_by()
    raised: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    for name, state in problems.values_list("cleanup_class", "state"):
        raised[name] += 1
        closed[name] += state == State.CLOSED
    return [
        ClassLine(name, said[name, True], said[name, False], raised[name], closed[name]) for name in cleanup.classes
    ]


def place_lines(scope: Scope, cleanup: Cleanup) -> list[PlaceLine]:
    """Progress by organisation in reach, those that have not checked themselves first; three queries."""
    reached = Organization.objects.visible_to(scope, Permission.VIEW_WORK).values("pk")
    places = list(organizations_of(cleanup).filter(pk__in=reached))
    checked = Counter(CleanupCheck.objects.filter(cleanup=cleanup).order_by().values_list("organization", flat=True))
    raised: Counter[int] = Counter()
    closed: Counter[int] = Counter()
    for pk, state in cleanup.problems.valid().order_by().values_list("organization", "state"):
        raised[pk] += 1
        closed[pk] += state == State.CLOSED
    lines = [
        PlaceLine(each, checked[each.pk], raised[each.pk], closed[each.pk],
                  coverage(checked[each.pk], len(cleanup.classes)))
        for each in places
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line.checked)


def unfinished(scope: Scope, cleanup: Cleanup) -> list[tuple[str, str]]:
    """What is still open of a clean-up that is to be ended: who has not checked himself whole, problems not closed."""
    lines = place_lines(scope, cleanup)
    late = [line.organization.label for line in lines if line.checked < len(cleanup.classes)]
    still = sum(line.raised - line.closed for line in lines)
    return [
        ("尚未自查完的党组织", "、".join(late) or "没有"),
        ("尚未销号的问题", f"{still} 个"),
    ]


def own_lines(cleanup: Cleanup, organization: Organization) -> list[OwnLine]:
    """The classes with what one organisation found; two queries."""
    checks = {check.name: check for check in cleanup.checks.filter(organization=organization)}
    problems: dict[str, list[Problem]] = defaultdict(list)
    for problem in cleanup.problems.valid().filter(organization=organization).order_by("pk"):
        problems[problem.cleanup_class].append(problem)
    return [OwnLine(name, checks.get(name), problems[name]) for name in cleanup.classes]


def is_addressed(cleanup: Cleanup, organization: Organization) -> bool:
    """Whether the organisation is asked to check itself."""
    return organization.kind in cleanup.audience_kinds and (
        organization.path.startswith(cleanup.issuer.path) and organization.pk != cleanup.issuer_id
    )


def cleanups_to_check(scope: Scope) -> int:
    """Running clean-ups in which one's own organisation has not checked every class."""
    if scope.grant is None:
        return 0
    own = Organization.objects.filter(pk=scope.grant.organization_id).first()
    running = Cleanup.objects.visible_to(scope).running().select_related("issuer")
    if own is None or not running:
        return 0
    checked = Counter(CleanupCheck.objects.filter(organization=own).order_by().values_list("cleanup", flat=True))
    return sum(is_addressed(each, own) and checked[each.pk] < len(each.classes) for each in running)


def report_of(scope: Scope, cleanup: Cleanup) -> OfficialDocument:
    """The closing report: what was done, class by class, organisation by organisation."""
    classes, places = class_lines(scope, cleanup), place_lines(scope, cleanup)
    raised, closed = sum(line.raised for line in classes), sum(line.closed for line in classes)
    done = sum(line.state == "已自查" for line in places)
    left = cleanup.problems.filter(state__in=RUNNING).count()
    span = f"{day_text(cleanup.starts_on)}至{day_text(cleanup.ends_on)}"
    blocks: list[Block] = [
        Heading(1, "基本情况"),
        Paragraph(
            f"{span}，{cleanup.issuer.name}组织开展{cleanup.name}，应自查党组织 {len(places)} 个，完成自查 {done} 个，"
            f"查出问题 {raised} 个，已销号 {closed} 个，仍在整改 {left} 个。"
        ),
        *([Paragraph(cleanup.requirement)] if cleanup.requirement else []),
        Heading(1, "分类整治情况"),
        Table(
            "分类整治情况", ("问题类型", "查出问题的党组织", "未查出的党组织", "问题数", "已销号"),
            [[line.name, str(line.found), str(line.clear), str(line.raised), str(line.closed)] for line in classes],
        ),
        Heading(1, "各党组织整治情况"),
        Table(
            "各党组织整治情况", ("党组织", "自查", "问题数", "已销号"),
            [[str(line.organization), line.state, str(line.raised), str(line.closed)] for line in places],
        ),
        *([Heading(1, "整治小结")] if cleanup.summary else []),
        *(Paragraph(line) for line in cleanup.summary.splitlines()),
    ]  # fmt: skip
    return OfficialDocument(
        kind="report",
        mark=cleanup.issuer.name,
        title=f"关于{cleanup.name}情况的报告",
        date=cleanup.ended_on or clock.today(),
        blocks=blocks,
        signer=cleanup.issuer.name,
    )


def can_lead(scope: Scope, cleanup: Cleanup) -> bool:
    """Whether the clean-up is this person's to begin and to end."""
    return scope.allows(Permission.LEAD_WORK, cleanup.issuer)


def is_running(cleanup: Cleanup) -> bool:
    """Begun and not ended."""
    return cleanup.state == CleanupState.RUNNING
