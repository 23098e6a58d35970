"""Terms of elected committees, and requests to put an election off."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import ExtensionState

COUNTS = ("expected", "present", "voters", "voters_present")
_COUNTED = {f"{name}__isnull": False for name in COUNTS}
_NOT_COUNTED = {f"{name}__isnull": True for name in COUNTS}


class TermQuerySet(models.QuerySet["Term"]):
    """Short filters over terms."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def live(self) -> Self:
        """Those that no later election has ended."""
        return self.filter(ended_on__isnull=True)

    def runs_until(self, day: date) -> Self:
        """Those whose last day, an extension included, is no later than this one."""
        return self.filter(Q(extended_to__lte=day) | Q(extended_to__isnull=True, due_on__lte=day))


class Term(models.Model):
    """An elected committee's time in office: elected on a day, due again on another; its seats are ``Office`` rows.

    ``expected``, ``present``, ``voters``, ``voters_present`` are those of the meeting that elected it, where recorded.
    """

    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="terms", db_index=False)
    elected_on = models.DateField("当选日期")
    years = models.PositiveSmallIntegerField("任期（年）")
    due_on = models.DateField("应换届时间")
    extended_to = models.DateField("批准延期至", null=True, blank=True)
    ended_on = models.DateField("实际换届时间", null=True, blank=True)
    committee_size = models.PositiveSmallIntegerField("委员名额", null=True, blank=True)
    expected = models.PositiveIntegerField("应到人数", null=True, blank=True)
    present = models.PositiveIntegerField("实到人数", null=True, blank=True)
    voters = models.PositiveIntegerField("应到有选举权的党员", null=True, blank=True)
    voters_present = models.PositiveIntegerField("到会有选举权的党员", null=True, blank=True)
    approval = models.CharField("上级批复", max_length=128, blank=True, default="")
    remark = models.CharField("备注", max_length=255, blank=True, default="")

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "任期"
        verbose_name_plural = "任期"
        ordering = ["-elected_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "elected_on"], name="term_once"),
            models.UniqueConstraint(fields=["organization"], condition=Q(ended_on__isnull=True), name="term_one_live"),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=10), name="term_years_in_range"),
            models.CheckConstraint(condition=Q(due_on__gt=F("elected_on")), name="term_due_after_election"),
            models.CheckConstraint(
                condition=Q(extended_to__isnull=True) | Q(extended_to__gt=F("due_on")), name="term_extended_past_due"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("elected_on")), name="term_dates_in_order"
            ),
            models.CheckConstraint(condition=Q(**_COUNTED) | Q(**_NOT_COUNTED), name="term_counts_together"),
            models.CheckConstraint(
                condition=Q(**_NOT_COUNTED)
                | Q(
                    present__lte=F("expected"),
                    voters__lte=F("expected"),
                    voters_present__lte=F("present"),
                )
                & Q(voters_present__lte=F("voters")),
                name="term_counts_agree",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}{self.elected_on:%Y}年当选的一届"


class TermExtensionQuerySet(models.QuerySet["TermExtension"]):
    """Short filters over requests."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "term__organization__path"))

    def waiting(self) -> Self:
        """Not answered yet."""
        return self.filter(state=ExtensionState.ASKED)


class TermExtension(models.Model):
    """An organisation asks its superior to put the election off; the superior answers once."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="extensions")
    reason = models.CharField("申请理由", max_length=500)
    asked_to = models.DateField("申请延期至")
    state = models.CharField("状态", max_length=16, choices=ExtensionState, default=ExtensionState.ASKED)
    asked_at = models.DateTimeField("申请时间")
    asked_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("批复时间", null=True, blank=True)
    answered_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    remark = models.CharField("批复意见", max_length=500, blank=True, default="")

    objects = TermExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = "延期换届申请"
        verbose_name_plural = "延期换届申请"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExtensionState.values), name="term_extension_state_known"),
            models.CheckConstraint(
                condition=Q(state=ExtensionState.ASKED, answered_at__isnull=True)
                | (~Q(state=ExtensionState.ASKED) & Q(answered_at__isnull=False)),
                name="term_extension_answer_has_time",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="term_extension_has_reason"),
            models.UniqueConstraint(
                fields=["term"], condition=Q(state=ExtensionState.ASKED), name="term_extension_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term.organization}延期换届申请"
