"""The whole of the demonstration, step by step; the same scale, seed and end give the same data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.campaigns import create_campaign, load_templates, publish_campaign
from campaigns.actions.fingerprints import keep_missing
from campaigns.models import Campaign, Template
from campaigns.queries.catalogue import load_catalogue_plans
from desk.actions.demo.accounts import make_accounts, write_accounts
from desk.actions.demo.history import live_through
from desk.actions.demo.registers import fill_registers
from desk.actions.demo.tree import Scale, make_tree
from members.models import Membership
from office.actions.defaults import load_defaults
from partybuild.lib import clock, periods
from partybuild.lib.periods import Period

SCALES = {
    "small": Scale(committees=2, branches=6, general_branches=0, direct_branches=1, with_groups=1),
    "district": Scale(committees=12, branches=60, general_branches=1, direct_branches=1, with_groups=10),
    "city": Scale(committees=50, branches=1000, general_branches=10, direct_branches=5, with_groups=150),
    "province": Scale(committees=300, branches=10000, general_branches=60, direct_branches=20, with_groups=1500),
}
PUBLISHED = (1, 4)
LOOKED_AT_DAYS = 92
Report = Callable[[str], None]


class DemoError(Exception):
    """The demonstration cannot be made; the message says why."""


@dataclass(frozen=True)
class Made:
    """What there is now."""

    organizations: int
    members: int
    activities: int
    assignments: int


def make_demo(*, scale: str, seed: int, until: Period, accounts_file: Path, report: Report = lambda _: None) -> Made:
    """Invent a tree with people and accounts, publish the five campaigns, and live through the year.

    Only into a database without organisations. The month that is running ends today, not in the future.
    """
    if Organization.objects.exists():
        raise DemoError("数据库中已有党组织，不能再生成演示数据。请换一个空的数据库。")
    key = f"{scale}-{seed}-{until.key}"
    random = Random(key)
    months = periods.overlapping("month", _eleven_months_before(until), until.ends_on)
    end = min(clock.end_of_day(until.ends_on), clock.now()) if until.contains(clock.today()) else _last_moment(until)
    with transaction.atomic():
        load_defaults(by=Actor.system())
        load_templates(by=Actor.system())
        with clock.pretending(clock.start_of_day(months[0].starts_on)):
            tree = make_tree(random, SCALES[scale], until.ends_on)
            make_accounts(tree, accounts_file)
    report(f"已建立 {len(tree.branches)} 个党支部、{len(tree.members)} 名党员")
    for year in sorted(
        {month.starts_on.year for month in months if month.starts_on.month == 1} or {until.ends_on.year}
    ):
        _publish_all(tree.root, year)
    counts = live_through(random, tree, months, end, report)
    fill_registers(key, tree, months, end)
    keep_missing(since=months[-1].starts_on - timedelta(days=LOOKED_AT_DAYS))
    report("已填写党务台账")
    audit.record(by=Actor.system(), verb="生成演示数据", organization=tree.root, detail={"scale": scale, "seed": seed})
    members = Membership.objects.on(end.date()).count()
    return Made(Organization.objects.count(), members, counts.activities, counts.assignments)


def _eleven_months_before(until: Period) -> date:
    month = until
    for _ in range(11):
        month = periods.previous(month)
    return month.starts_on


def _last_moment(until: Period) -> datetime:
    """A month that is not running is lived through to its end."""
    return clock.end_of_day(until.ends_on)


def _publish_all(root: Organization, year: int) -> list[Campaign]:
    published_on = date(year, *PUBLISHED)
    made = []
    with clock.pretending(clock.start_of_day(published_on) + timedelta(hours=9)), transaction.atomic():
        for plan in load_catalogue_plans():
            template = Template.objects.get(code=plan.code)
            campaign = create_campaign(by=Actor.system(), plan=plan, issuer=root, year=year, template=template)
            made.append(publish_campaign(by=Actor.system(), campaign=campaign, on=published_on))
    return made


__all__ = ["SCALES", "DemoError", "Made", "make_demo", "write_accounts"]
