"""The registers of party work in the demonstration, filled one after the other when the year has been lived through."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from branches.permissions import Actor
from campaigns.actions import fact_watch
from desk.actions.demo.development import fill_development
from desk.actions.demo.dues import fill_dues
from desk.actions.demo.honours import fill_honours
from desk.actions.demo.matters import fill_matters
from desk.actions.demo.organizations import fill_organizations
from desk.actions.demo.plans_and_links import fill_plans_and_links
from desk.actions.demo.premises import fill_premises
from desk.actions.demo.problems import fill_problems
from desk.actions.demo.restricted import fill_restricted
from desk.actions.demo.roster import fill_roster
from desk.actions.demo.sit_ins import fill_sit_ins
from desk.actions.demo.standards import fill_standards
from desk.actions.demo.terms import fill_terms
from desk.actions.demo.transfers import fill_transfers
from desk.actions.demo.tree import Tree
from partybuild.lib import clock
from partybuild.lib.periods import Period

CHANGED_AFTER = timedelta(days=9)
# Trees with more branches than this keep the dues of the last months only.
MANY, FEW_MONTHS = 200, 3


def fill_registers(seed: str, tree: Tree, months: Sequence[Period], end: datetime) -> None:
    """Fill each register as of ``end``; every one draws its own chances, so that a new one changes no other."""
    today = end.date()
    running = [month.starts_on for month in months if month.starts_on.year == today.year]
    dues = running[-FEW_MONTHS:] if len(tree.branches) > MANY else running
    changed_on = min(months[-1].starts_on + CHANGED_AFTER, today)
    steps: tuple[tuple[str, Callable[[Random], object]], ...] = (
        ("terms", lambda random: fill_terms(random, tree)),
        ("sit-ins", fill_sit_ins),
        ("development", lambda random: fill_development(random, tree, today)),
        ("premises", lambda random: fill_premises(random, tree, today)),
        ("standards", lambda random: fill_standards(random, tree, today)),
        ("matters", lambda random: fill_matters(random, tree, today)),
        ("honours", lambda random: fill_honours(random, tree, today)),
        ("problems", lambda random: fill_problems(random, tree, today)),
        ("plans and links", lambda random: fill_plans_and_links(random, tree, today)),
        ("restricted", lambda random: fill_restricted(random, tree, today)),
        ("roster", lambda random: fill_roster(seed=random.getrandbits(32), today=today)),
        ("dues", lambda random: fill_dues(random, tree, dues, today)),
        ("transfers", lambda random: fill_transfers(random, tree)),
        ("organizations", lambda random: fill_organizations(random, tree.root, changed_on)),
    )
    with clock.pretending(end):
        for name, step in steps:
            with transaction.atomic():
                step(Random(f"{seed}-{name}"))
        fact_watch.recount_open(by=Actor.system())
        fact_watch.refresh_changed(by=Actor.system())
