"""What a monthly bulletin reports: the closed figures of a month below an issuer, in its own campaigns."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Count

from branches.models import Organization
from campaigns.enums import CampaignStatus, Outcome
from campaigns.models import Campaign, Milestone, Tally
from campaigns.queries.terms import due_targets
from desk.queries import figures
from desk.queries.figures import Line, Selection
from desk.rules.boards import sorted_lines
from desk.rules.bulletins import MissingRow, NextItem, Report, Row, SideRow
from desk.rules.figures import total
from desk.rules.windows import Window
from office.queries.calendar import workday_checker
from office.queries.rules import rule_table
from partybuild.lib import periods
from partybuild.lib.periods import Period, PeriodKind

MISSING_SHOWN = 15
TITLES_SHOWN = 3


def is_unclosed(issuer: Organization, month: Period) -> bool:
    """Whether there is something to report of the month, and nothing of it is closed."""
    tallies = Tally.objects.filter(due_month=month.key, campaign__issuer=issuer)
    return tallies.exists() and not tallies.filter(frozen_at__isnull=False).exists()


def report_of(issuer: Organization, month: Period, today: date) -> Report:
    """Everything that the bulletin says; the number of queries follows that of the campaigns, not of the branches."""
    selection = Selection(issuer.path, Window(month, today), issuer_id=issuer.pk, is_closed=True)
    units = [line if line.id else replace(line, name=f"{issuer.label}本级") for line in figures.by_unit(selection)]
    campaigns = [line for line in figures.by_campaign(selection) if line.figures.expected]
    return Report(
        issuer=issuer.name,
        issuer_short=issuer.label,
        month=periods.label(month),
        short_month=_short(month),
        last_month=_short(periods.previous(month)),
        next_month=_short(periods.next(month)),
        now=total(line.figures for line in units),
        before=total(line.previous for line in units),
        units=_rows(sorted_lines(figures.ranked(units), "-rate")),
        campaigns=_rows(campaigns),
        sides=_sides(selection, campaigns),
        missing=_missing(selection),
        next_items=next_items(issuer, periods.next(month), today),
    )


def next_items(issuer: Organization, month: Period, today: date) -> list[NextItem]:
    """The targets and milestones of the issuer's campaigns that fall due in the month, by day."""
    campaigns = list(Campaign.objects.filter(issuer=issuer, status=CampaignStatus.PUBLISHED).select_related("issuer"))
    due = due_targets(campaigns, month, rule_table(today), workday_checker())
    items = [
        NextItem(each.target.title, each.campaign.name, each.dates.due_on, each.dates.period.kind == PeriodKind.MONTH)
        for each in due
        if each.dates.due_month == month.key and not each.dates.exempt_reason
    ]
    milestones = Milestone.objects.filter(campaign__in=campaigns, due_on__range=(month.starts_on, month.ends_on))
    items += [NextItem(each.title, each.campaign.name, each.due_on, False)
              for each in milestones.select_related("campaign") if each.due_on]  # fmt: skip
    return sorted(dict.fromkeys(items), key=lambda item: item.due_on)


def _short(month: Period) -> str:
    return f"{month.starts_on.month}月"


def _rows(lines: Sequence[Line]) -> list[Row]:
    return [Row(line.name, line.figures, line.previous, line.rank) for line in lines if line.figures.expected]


def _sides(selection: Selection, campaigns: Sequence[Line]) -> list[SideRow]:
    return [
        SideRow(campaign.name, line.name, line.figures)
        for campaign in campaigns
        for line in figures.by_dimension(replace(selection, campaign_id=campaign.id))
    ]


def _missing(selection: Selection) -> list[MissingRow]:
    """The organisations with most left undone, with the first few of their tasks. Two queries."""
    missing = figures.assignments(selection).filter(outcome=Outcome.MISSING)
    counts = list(
        missing.values_list("organization_id", "organization__name", "organization__short_name", "unit__name",
                            "unit__short_name")
        .annotate(count=Count("pk"))
        .order_by("-count", "organization__path")[:MISSING_SHOWN]
    )  # fmt: skip
    titles: dict[int, list[str]] = {}
    rows = missing.filter(organization__in=[row[0] for row in counts]).order_by("due_on", "pk")
    for organization_id, title in rows.values_list("organization_id", "target__title"):
        titles.setdefault(organization_id, []).append(title)
    return [
        MissingRow(short or name, unit_short or unit, count, _named(titles[organization_id]))
        for organization_id, name, short, unit, unit_short, count in counts
    ]


def _named(titles: Sequence[str]) -> list[str]:
    different = list(dict.fromkeys(titles))
    more = [f"等{len(different)}项"] if len(different) > TITLES_SHOWN else []
    return [*different[:TITLES_SHOWN], *more]
