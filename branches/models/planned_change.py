"""Changes of organisations that take effect on a day to come."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from branches.enums import PlannedKind, PlannedState
from branches.models.organization import path_filter
from branches.permissions import Permission, Scope

if TYPE_CHECKING:
    from datetime import date

TOWARDS = (PlannedKind.MOVE, PlannedKind.MERGE)
"""Changes towards another organisation: the new superior, the one that goes on."""


class PlannedChangeQuerySet(models.QuerySet["PlannedChange"]):
    """Short filters over planned changes."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_ORGANIZATION) -> Self:
        """Those of the organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def waiting(self) -> Self:
        """Not carried out, not cancelled."""
        return self.filter(state=PlannedState.PLANNED)

    def due(self, on: "date") -> Self:
        """Those whose day has come, oldest first."""
        return self.waiting().filter(effective_on__lte=on).order_by("effective_on", "pk")


class PlannedChange(models.Model):
    """A renaming, move, merger, split or dissolution that is decided and takes effect on a day to come.

    ``other`` is the new superior of a move and the organisation that goes on after a merger; ``payload`` holds what
    else the deed takes (names; of a split also ids of ``members`` and ``children``).
    """

    Kind = PlannedKind
    State = PlannedState

    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="planned_changes")
    kind = models.CharField("变更", max_length=16, choices=PlannedKind)
    other = models.ForeignKey("branches.Organization", models.PROTECT, null=True, blank=True, related_name="+")
    effective_on = models.DateField("生效日期")
    payload = models.JSONField(default=dict, blank=True)
    reason = models.CharField("事由", max_length=255)
    state = models.CharField("状态", max_length=16, choices=PlannedState, default=PlannedState.PLANNED)
    planned_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    planned_post = models.ForeignKey("branches.Post", models.PROTECT, null=True, blank=True, related_name="+")
    planned_at = models.DateTimeField("登记时间")
    ended_at = models.DateTimeField("办结时间", null=True, blank=True)
    outcome = models.CharField("结果说明", max_length=255, blank=True, default="")
    change = models.OneToOneField(
        "branches.OrganizationChange", models.PROTECT, null=True, blank=True, related_name="plan"
    )

    objects = PlannedChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "待生效的变更"
        verbose_name_plural = "待生效的变更"
        ordering = ["effective_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PlannedKind.values), name="planned_change_kind_known"),
            models.CheckConstraint(condition=Q(state__in=PlannedState.values), name="planned_change_state_known"),
            models.CheckConstraint(
                condition=Q(kind__in=TOWARDS, other__isnull=False) | (~Q(kind__in=TOWARDS) & Q(other__isnull=True)),
                name="planned_change_towards",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=F("organization")), name="planned_change_other_differs"
            ),
            models.CheckConstraint(
                condition=Q(state=PlannedState.PLANNED, ended_at__isnull=True)
                | (~Q(state=PlannedState.PLANNED) & Q(ended_at__isnull=False)),
                name="planned_change_ended",
            ),
            models.CheckConstraint(
                condition=Q(state=PlannedState.DONE, change__isnull=False)
                | (~Q(state=PlannedState.DONE) & Q(change__isnull=True)),
                name="planned_change_done",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PlannedState.FAILED, PlannedState.CANCELLED]) | ~Q(outcome=""),
                name="planned_change_outcome",
            ),
            models.UniqueConstraint(
                fields=["organization", "kind", "effective_on"],
                condition=Q(state=PlannedState.PLANNED),
                name="planned_change_once",
            ),
        ]
        indexes = [
            models.Index(fields=["effective_on"], condition=Q(state=PlannedState.PLANNED), name="planned_change_due")
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_kind_display()}"

    @property
    def is_waiting(self) -> bool:
        return self.state == PlannedState.PLANNED

    @property
    def content(self) -> str:
        """What will be, in words: the new name, the new superior, whom it goes into, what is split off."""
        if self.kind == PlannedKind.RENAME:
            return f"更名为“{self.payload['name']}”"
        if self.kind == PlannedKind.MOVE:
            return f"改隶{self.other}"
        if self.kind == PlannedKind.MERGE:
            return f"并入{self.other}"
        if self.kind == PlannedKind.SPLIT:
            people, below = len(self.payload.get("members", [])), len(self.payload.get("children", []))
            part = f"党员 {people} 名" if people else f"下级党组织 {below} 个"
            return f"拆分出“{self.payload['fields']['name']}”，划入{part}"
        return "撤销"
