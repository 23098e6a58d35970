"""What organisations say to the common problems that a plan names (共性问题认领, R02)."""

from typing import Self

from django.db import models
from django.db.models import Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope


class CommonClaimQuerySet(models.QuerySet["CommonClaim"]):
    """Short filters over claims."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))


class CommonClaim(models.Model):
    """One organisation's word on one common problem: claimed, which makes a problem, or not there, with a reason.

    The common problem is a task of a campaign whose nature is 共性问题.
    """

    task = models.ForeignKey("campaigns.Task", models.PROTECT, related_name="claims")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="common_claims")
    applies = models.BooleanField("存在")
    word = models.CharField("具体表现或者说明", max_length=255)
    problem = models.OneToOneField(
        "campaigns.Problem", models.PROTECT, null=True, blank=True, related_name="common_claim"
    )
    declared_at = models.DateTimeField("认领时间")
    declared_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    objects = CommonClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "共性问题认领"
        verbose_name_plural = "共性问题认领"
        ordering = ["task", "organization"]
        constraints = [
            models.UniqueConstraint(fields=["task", "organization"], name="common_claim_once"),
            models.CheckConstraint(condition=~Q(word=""), name="common_claim_has_word"),
            models.CheckConstraint(
                condition=Q(applies=True, problem__isnull=False) | Q(applies=False, problem__isnull=True),
                name="common_claim_applies_has_problem",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.task}"
