"""Filing many drafts at once, as an import does: the same as filing each, the counting done once for all."""

from collections.abc import Sequence
from datetime import datetime

from branches.permissions import Actor
from campaigns.actions import crediting, records
from campaigns.actions.fingerprints import keep_text
from campaigns.models import Activity, ActivityVersion
from campaigns.queries.activities import snapshot
from campaigns.queries.crediting import policies_behind
from campaigns.queries.reviews import checks_of
from campaigns.queries.units import unit_of
from campaigns.rules import activities as rules
from campaigns.rules import reviews
from campaigns.rules.activities import Verb
from office.queries.rules import rule_table
from office.rules.table import RuleTable
from partybuild.lib import clock

_FILED = ["status", "version", "filed_at", "filed_by", "counts_from", "review_unit", "review_level"]
_BATCH = 500


def file_together(*, by: Actor, activities: Sequence[Activity]) -> None:
    """File saved drafts of organisations that the caller holds, and that say all that their kinds make compulsory.

    They are looked at as they stand side by side: two that are alike are both hinted at.
    """
    if not activities:
        return
    now = clock.now()
    _set_filed(by, activities, now)
    for activity in activities:
        keep_text(activity)
    _choose(activities, rule_table(clock.today()))
    ActivityVersion.objects.bulk_create((_version(by, each, now) for each in activities), batch_size=_BATCH)
    for activity in activities:
        records.note(activity, Verb.FILE.label, by=by, detail={"version": activity.version})
    crediting.credit_activities(activities, looks_elsewhere=True)


def _version(by: Actor, activity: Activity, now: datetime) -> ActivityVersion:
    content = snapshot(activity)
    return ActivityVersion(
        activity=activity, number=activity.version, content=content, filed_at=now, filed_by_id=by.user_id
    )


def _set_filed(by: Actor, activities: Sequence[Activity], now: datetime) -> None:
    units = {each.organization_id: each.organization for each in activities}
    units_of = {pk: unit_of(organization) for pk, organization in units.items()}
    for each in activities:
        each.status = rules.next_status(each.status, Verb.FILE)
        each.version += 1
        each.counts_from = rules.counts_from(each.counts_from, each.resubmit_by, now)
        each.filed_at, each.filed_by_id = now, by.user_id
        each.review_unit_id, each.review_level = units_of[each.organization_id], 0
    Activity.objects.bulk_update(activities, _FILED, batch_size=_BATCH)


def _choose(activities: Sequence[Activity], table: RuleTable) -> None:
    """Hints for a reviewer, and which of them are reviewed."""
    percent, policies = table.int("review.sample_percent"), policies_behind(activities)
    for each in activities:
        each.flags = reviews.flags(checks_of(each, table))
        each.needs_review = reviews.needs_review(
            policies.get(each.pk, ()),
            is_flagged=bool(each.flags),
            is_sampled=reviews.is_sampled(each.organization_id, each.client_key, percent),
            was_returned=each.returned_at is not None,
        )
    Activity.objects.bulk_update(activities, ["flags", "needs_review"], batch_size=_BATCH)
