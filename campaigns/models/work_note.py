"""What was written on a project, a claim, an application, a need or a pledge. Append-only."""

from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Q

from branches.permissions import Scope
from campaigns.models.claim import Claim
from campaigns.models.contest import Application
from campaigns.models.need import Need
from campaigns.models.pledge import Pledge
from campaigns.models.project import Project
from office.models.attached import AttachedFile

ABOUT = {"project": Project, "claim": Claim, "application": Application, "need": Need, "pledge": Pledge}
"""Field → model of what a note belongs to."""


def _exactly_one() -> Q:
    ways = [Q(**{f"{other}__isnull": other != field for other in ABOUT}) for field in ABOUT]
    return reduce(or_, ways)


class WorkNote(models.Model):
    """One line of the history of exactly one of the things: what was done, the words, when, by whom."""

    project = models.ForeignKey(Project, models.CASCADE, null=True, blank=True, related_name="notes")
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, blank=True, related_name="notes")
    application = models.ForeignKey(Application, models.CASCADE, null=True, blank=True, related_name="notes")
    need = models.ForeignKey(Need, models.CASCADE, null=True, blank=True, related_name="notes")
    pledge = models.ForeignKey(Pledge, models.CASCADE, null=True, blank=True, related_name="notes")
    verb = models.CharField(max_length=16)
    label = models.CharField("事项", max_length=32)
    text = models.TextField("说明", max_length=2000, blank=True, default="")
    at = models.DateTimeField("时间")
    by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    place = models.ForeignKey("branches.Organization", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "工作记录"
        verbose_name_plural = "工作记录"
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=_exactly_one(), name="work_note_of_one_thing")]

    def __str__(self) -> str:
        return self.label


class NoteFileQuerySet(models.QuerySet["NoteFile"]):
    """Short filters over files."""

    def visible_to(self, scope: Scope) -> Self:
        """Those of things that the scope sees."""
        seen = Q(pk__in=[])
        for field, model in ABOUT.items():
            seen |= Q(**{f"note__{field}__in": model.objects.visible_to(scope)})  # type: ignore[attr-defined]
        return self.filter(seen)


class NoteFile(AttachedFile):
    """A file with a note."""

    note = models.ForeignKey(WorkNote, models.CASCADE, related_name="files")

    objects = NoteFileQuerySet.as_manager()

    class Meta(AttachedFile.Meta):
        verbose_name = "工作附件"
        verbose_name_plural = "工作附件"
        constraints = [models.UniqueConstraint(fields=["note", "file", "name"], name="note_file_once")]
