"""Invented restricted records, due talks and care of the demonstration, by the actions that the portal itself uses."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from branches.models import Post
from branches.permissions import Actor
from desk.actions.demo.tree import Tree, Unit
from desk.rules.demo import restricted as texts
from members.actions.care import add_visit, open_case
from members.actions.custodians import name_custodian
from members.actions.duties import fulfil_duty, record_occasion
from members.actions.restricted import file_record
from members.enums import CareGroup, DisciplineForm, OccasionKind, RestrictedKind, Sanction
from members.models import Duty, Member

SYSTEM = Actor.system()
NAMED = {"gongwei": RestrictedKind.values, "lingdao": ["discipline", "form"], "dangwei01": ["talk", "thought", "care"]}
"""Login → kinds for which its post is named: among the staff one is, the other not."""
MOST = 16
DONE_SHARE = 0.7


def fill_restricted(random: Random, tree: Tree, today: date) -> None:
    """Name a few posts, and give some branches records, talks due and done, members cared for."""
    began = today - timedelta(days=300)
    for post in Post.objects.filter(user__login__in=NAMED).select_related("user").order_by("pk"):
        name_custodian(by=SYSTEM, post=post, kinds=NAMED[post.user.login], starts_on=began)
    units = random.sample(tree.branches, min(MOST, len(tree.branches)))
    for unit in units:
        _file_some(random, unit, today)
        _talk_some(random, unit, today)
        _care_some(random, unit, today)
    _answer_some(random, today)


def _file_some(random: Random, unit: Unit, today: date) -> None:
    kinds: Sequence[tuple[RestrictedKind, Sequence[str], float]] = (
        (RestrictedKind.TALK, texts.TALKS, 0.6), (RestrictedKind.THOUGHT, texts.THOUGHTS, 0.6),
        (RestrictedKind.INTEGRITY, texts.INTEGRITY, 0.5), (RestrictedKind.MATTER, texts.MATTERS, 0.4),
        (RestrictedKind.FORM, texts.FORMS, 0.2), (RestrictedKind.DISCIPLINE, texts.SANCTIONS, 0.15),
    )  # fmt: skip
    for kind, contents, share in kinds:
        if random.random() < share:
            happened_on = today - timedelta(days=random.randint(3, 280))
            file_record(
                by=SYSTEM, member=_somebody(random, unit), organization=unit.organization, kind=kind,
                happened_on=happened_on, content=random.choice(contents), basis=random.choice(texts.BASES),
                measure=random.choice(texts.MEASURES) if kind == RestrictedKind.FORM else "",
                form=DisciplineForm.FIRST, sanction=Sanction.WARNING, effective_on=happened_on,
                impact_until=happened_on + timedelta(days=365),
            )  # fmt: skip


def _talk_some(random: Random, unit: Unit, today: date) -> None:
    for kind, details in (
        (OccasionKind.POST_CHANGE, ("岗位轮换。",)), (OccasionKind.MISFORTUNE, texts.MISFORTUNES),
        (OccasionKind.FIRST_SIGNS, texts.SIGNS), (OccasionKind.NEW_ENTRANT, ("",)),
    ):  # fmt: skip
        if random.random() < 0.4:
            record_occasion(
                by=SYSTEM, member=_somebody(random, unit), organization=unit.organization, kind=kind,
                happened_on=today - timedelta(days=random.randint(1, 120)), detail=random.choice(details),
            )  # fmt: skip


def _care_some(random: Random, unit: Unit, today: date) -> None:
    for group in CareGroup:
        if random.random() < 0.25:
            starts_on = today - timedelta(days=random.randint(60, 280))
            case = open_case(
                by=SYSTEM, member=_somebody(random, unit), organization=unit.organization, group=group,
                need=random.choice(texts.NEEDS[group]), starts_on=starts_on,
            )  # fmt: skip
            for _ in range(random.randint(0, 3)):
                amount = Decimal(random.choice((300, 500, 800))) if group == CareGroup.HARDSHIP else None
                visited_on = starts_on + timedelta(days=random.randint(1, 59))
                add_visit(by=SYSTEM, case=case, visited_on=visited_on, help=random.choice(texts.HELP), amount=amount)


def _answer_some(random: Random, today: date) -> None:
    """Most of what is due is done, some of it late."""
    for duty in Duty.objects.open().select_related("occasion", "member", "organization").order_by("pk"):
        done_on = duty.occasion.happened_on + timedelta(days=random.randint(1, 12))
        if done_on <= today and random.random() < DONE_SHARE:
            fulfil_duty(by=SYSTEM, duty=duty, done_on=done_on, summary=random.choice(texts.DONE))


def _somebody(random: Random, unit: Unit) -> Member:
    plain = [member for member in unit.members if member is not unit.secretary]
    return random.choice(plain or unit.members)
