"""Files of special work: of information, contacts, agreements and pieces."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from branches.permissions import Scope
from campaigns.models.agreement import Agreement
from campaigns.models.contact import Contact
from campaigns.models.info_item import InfoItem
from campaigns.models.mass_work import Piece
from campaigns.rules.contacts import PaperSlot
from office.models.attached import AttachedFile

if TYPE_CHECKING:
    from branches.models import Organization

OWNERS = ("info_item", "contact", "agreement", "piece")


def _only(owner: str) -> Q:
    return Q(**{f"{each}__isnull": each != owner for each in OWNERS})


class WorkFileQuerySet(models.QuerySet["WorkFile"]):
    """Short filters over files."""

    def visible_to(self, scope: Scope) -> Self:
        """Those of what the scope sees."""
        return self.filter(
            Q(info_item__in=InfoItem.objects.visible_to(scope).values("pk"))
            | Q(info_item__in=InfoItem.objects.published_to(scope).values("pk"))
            | Q(contact__in=Contact.objects.visible_to(scope).values("pk"))
            | Q(agreement__in=Agreement.objects.visible_to(scope).values("pk"))
            | Q(piece__in=Piece.objects.visible_to(scope).values("pk"))
        )


class WorkFile(AttachedFile):
    """A file that belongs to exactly one of the nouns; ``slot`` says what it proves."""

    info_item = models.ForeignKey(InfoItem, models.CASCADE, null=True, blank=True, related_name="files")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="files")
    agreement = models.ForeignKey(Agreement, models.CASCADE, null=True, blank=True, related_name="files")
    piece = models.ForeignKey(Piece, models.CASCADE, null=True, blank=True, related_name="files")
    slot = models.CharField("材料", max_length=16, choices=PaperSlot, default=PaperSlot.OTHER)

    objects = WorkFileQuerySet.as_manager()

    class Meta(AttachedFile.Meta):
        verbose_name = "专项工作材料"
        verbose_name_plural = "专项工作材料"
        constraints = [
            models.CheckConstraint(
                condition=_only("info_item") | _only("contact") | _only("agreement") | _only("piece"),
                name="work_file_has_one_owner",
            ),
            models.CheckConstraint(condition=Q(slot__in=PaperSlot.values), name="work_file_slot_known"),
        ]

    @property
    def owner(self) -> "InfoItem | Contact | Agreement | Piece":
        """What it belongs to."""
        found = self.info_item or self.contact or self.agreement or self.piece
        assert found is not None  # a constraint of the table
        return found

    @property
    def organization(self) -> "Organization":
        return self.owner.organization
