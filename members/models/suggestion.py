"""Opinions and suggestions of members (意见建议). O17."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import SuggestionState


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Short filters over suggestions."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those from branches that the scope reaches; whose they are is another question (``shows_name_to``)."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def unanswered(self) -> Self:
        """Nobody has answered yet."""
        return self.exclude(state=SuggestionState.ANSWERED)


class Suggestion(models.Model):
    """A member tells his branch what he thinks. ``handler`` answers: the branch, or its superior once it is passed up.

    ``is_nameless``: the member's name is shown to nobody but who answers.
    """

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+", verbose_name="党员")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="党支部")
    handler = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="答复单位")
    is_nameless = models.BooleanField("不公开姓名", default=False)
    text = models.TextField("内容", max_length=2000)
    raised_on = models.DateField("提出日期")
    due_on = models.DateField("答复期限")
    passed_on = models.DateField("转上级日期", null=True, blank=True)
    state = models.CharField("状态", max_length=16, choices=SuggestionState, default=SuggestionState.RAISED)
    answer = models.TextField("答复", max_length=2000, blank=True, default="")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = "意见建议"
        verbose_name_plural = "意见建议"
        ordering = ["-raised_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SuggestionState.values), name="suggestion_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="suggestion_has_text"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("raised_on"))
                & (Q(passed_on__isnull=True) | Q(passed_on__gte=F("raised_on"), due_on__gte=F("passed_on"))),
                name="suggestion_dates_in_order",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=SuggestionState.ANSWERED, answered_on__isnull=False, answered_on__gte=F("raised_on"))
                    & ~Q(answer="")
                )
                | (~Q(state=SuggestionState.ANSWERED) & Q(answered_on__isnull=True, answer="")),
                name="suggestion_answered_whole",
            ),
            models.CheckConstraint(
                condition=(Q(passed_on__isnull=True, handler=F("organization")) & ~Q(state=SuggestionState.PASSED))
                | (Q(passed_on__isnull=False) & ~Q(handler=F("organization")) & ~Q(state=SuggestionState.RAISED)),
                name="suggestion_passed_to_another",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-raised_on"], name="suggestion_organization"),
            models.Index(fields=["handler"], condition=Q(answered_on=None), name="suggestion_open"),
        ]

    def __str__(self) -> str:
        return f"意见建议 {self.pk}"

    def shows_name_to(self, scope: Scope) -> bool:
        """Whether the person may know whose it is: anybody if the member does not mind, else who is to answer."""
        if not self.is_nameless:
            return True
        grant = scope.grant
        return (
            grant is not None
            and grant.organization_id == self.handler_id
            and grant.reach(Permission.MANAGE_PARTY_WORK) is not None
        )

    def state_on(self, day: date) -> str:
        """How it stands on the day, in the words of the portal."""
        if self.state != SuggestionState.ANSWERED and self.due_on < day:
            return "逾期"
        return str(SuggestionState(self.state).label)
