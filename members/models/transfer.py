"""Transfers of membership (组织关系转接)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import TransferDirection as Direction
from members.enums import TransferState as State
from members.rules.transfers import OPEN, shown_state
from office.rules.documents import number_text

_OPEN = sorted(OPEN)


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Short filters over transfers."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those that begin in the scope, and those that have been addressed to it."""
        return self.filter(
            path_filter(scope, permission, "from_organization__path")
            | (Q(sent_on__isnull=False) & path_filter(scope, permission, "to_organization__path"))
        )

    def open(self) -> Self:
        """Not yet ended: the member stands where he stood."""
        return self.filter(state__in=_OPEN)


class Transfer(models.Model):
    """A member's place is handed from one organisation to another; until it is accepted he stays where he was."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="transfers")
    direction = models.CharField("类型", max_length=8, choices=Direction)
    from_organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="转出党支部"
    )
    to_organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="转入党支部"
    )
    outside_name = models.CharField("外单位党组织", max_length=128, blank=True, default="")
    outside_address = models.CharField("通讯地址", max_length=255, blank=True, default="")
    outside_phone = models.CharField("联系电话", max_length=32, blank=True, default="")
    outside_letter = models.CharField("来信编号", max_length=64, blank=True, default="")
    reason = models.CharField("转接原因", max_length=255)
    dues_until = models.DateField("党费交至", null=True, blank=True)
    state = models.CharField("状态", max_length=16, choices=State)
    # The organisation under whose post it was started: it does not approve its own request.
    asker = models.ForeignKey("branches.Organization", models.PROTECT, null=True, related_name="+")
    started_on = models.DateField("发起日期")
    started_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField("审批日期", null=True, blank=True)
    approved_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    # From this day on it is addressed to the other side.
    sent_on = models.DateField("发出日期", null=True, blank=True)
    expires_on = models.DateField("接收期限", null=True, blank=True)
    issuer = models.ForeignKey("branches.Organization", models.PROTECT, null=True, related_name="+", db_index=False)
    letter_year = models.PositiveSmallIntegerField(null=True, blank=True)
    letter_number = models.PositiveIntegerField("介绍信编号", null=True, blank=True)
    decided_on = models.DateField("办结日期", null=True, blank=True)
    decided_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    decision = models.CharField("办理意见", max_length=255, blank=True, default="")
    effective_on = models.DateField("转接生效日期", null=True, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = "组织关系转接"
        verbose_name_plural = "组织关系转接"
        ordering = ["-started_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="transfer_direction_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="transfer_state_known"),
            models.CheckConstraint(
                condition=Q(
                    direction=Direction.INSIDE,
                    from_organization__isnull=False,
                    to_organization__isnull=False,
                    outside_name="",
                )
                | (
                    Q(direction=Direction.OUT, from_organization__isnull=False, to_organization__isnull=True)
                    & ~Q(outside_name="")
                )
                | (
                    Q(direction=Direction.IN, from_organization__isnull=True, to_organization__isnull=False)
                    & ~Q(outside_name="")
                ),
                name="transfer_has_both_sides",
            ),
            models.CheckConstraint(
                condition=Q(from_organization__isnull=True)
                | Q(to_organization__isnull=True)
                | ~Q(from_organization=F("to_organization")),
                name="transfer_goes_elsewhere",
            ),
            models.UniqueConstraint(fields=["member"], condition=Q(state__in=_OPEN), name="transfer_one_open"),
            models.CheckConstraint(
                condition=Q(state__in=_OPEN, decided_on__isnull=True, expires_on__isnull=False)
                | (~Q(state__in=_OPEN) & Q(decided_on__isnull=False)),
                name="transfer_open_or_decided",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ACCEPTED, effective_on__isnull=False, sent_on__isnull=False)
                | (~Q(state=State.ACCEPTED) & Q(effective_on__isnull=True)),
                name="transfer_accepted_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.STARTED, State.PENDING])
                | Q(state=State.STARTED, sent_on__isnull=True)
                | Q(state=State.PENDING, sent_on__isnull=False),
                name="transfer_pending_is_sent",
            ),
            models.CheckConstraint(
                condition=(Q(sent_on__isnull=True) | Q(sent_on__gte=F("started_on")))
                & (Q(expires_on__isnull=True) | Q(expires_on__gte=F("started_on")))
                & (Q(decided_on__isnull=True) | Q(decided_on__gte=F("started_on"))),
                name="transfer_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=False) | Q(approved_by__isnull=True), name="transfer_approval_has_day"
            ),
            models.CheckConstraint(
                condition=Q(issuer__isnull=True, letter_year__isnull=True, letter_number__isnull=True)
                | Q(issuer__isnull=False, letter_year__isnull=False, letter_number__isnull=False),
                name="transfer_letter_whole",
            ),
            models.UniqueConstraint(fields=["issuer", "letter_year", "letter_number"], name="transfer_letter_once"),
        ]
        indexes = [
            models.Index(fields=["from_organization", "state"], name="transfer_from"),
            models.Index(fields=["to_organization", "state"], name="transfer_to"),
            models.Index(fields=["expires_on"], condition=Q(state__in=_OPEN), name="transfer_limit"),
        ]

    def __str__(self) -> str:
        return f"{self.member}：{self.origin} → {self.destination}"

    @property
    def origin(self) -> str:
        """Where he comes from, in words."""
        return str(self.from_organization) if self.from_organization else self.outside_name

    @property
    def destination(self) -> str:
        """Where he goes to, in words."""
        return str(self.to_organization) if self.to_organization else self.outside_name

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def state_label(self) -> str:
        """The state in words; a transfer out waits for its receipt."""
        return shown_state(self.state, self.direction)

    @property
    def letter_label(self) -> str:
        """〔2026〕1号; of a transfer from outside the number of the letter that came."""
        if self.letter_number is None or self.letter_year is None:
            return self.outside_letter
        return number_text(self.letter_year, self.letter_number)
