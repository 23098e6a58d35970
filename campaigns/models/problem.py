"""Problems that are put right (问题整改), their measures, what happened to them, and evidence. R01 – R05."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.problems import OPEN, RUNNING, Deadline, Origin, State, Verb
from office.models.attached import AttachedFile

if TYPE_CHECKING:
    from datetime import date


class ProblemQuerySet(models.QuerySet["Problem"]):
    """Short filters over problems."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def valid(self) -> Self:
        """Not void."""
        return self.exclude(state=State.VOID)

    def open(self) -> Self:
        """Those on which the organisation has to act."""
        return self.filter(state__in=OPEN)

    def running(self) -> Self:
        """Not closed and not void."""
        return self.filter(state__in=RUNNING)

    def overdue(self, on: "date") -> Self:
        """Their day has passed and nothing waits for the superior."""
        return self.open().filter(due_on__lt=on)


class Problem(models.Model):
    """One thing that an organisation has to put right: 问题 → 措施 → 责任 → 时限 → 销号 → 回头看.

    ``origin_key`` names what it came from (a finding, a claim, a row of a workbook), so that it is raised once;
    ``reopened_at`` is the moment since when evidence counts anew.
    """

    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="problems", verbose_name="党组织"
    )
    origin = models.CharField("问题来源", max_length=16, choices=Origin)
    origin_note = models.CharField("来源说明", max_length=128, blank=True, default="")
    origin_key = models.CharField(max_length=96, null=True, blank=True, unique=True)
    is_joint = models.BooleanField("与巡察办联动", default=False)
    text = models.CharField("存在问题", max_length=500)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, null=True, blank=True, related_name="problems")
    task = models.ForeignKey("campaigns.Task", models.PROTECT, null=True, blank=True, related_name="problems")
    cleanup = models.ForeignKey("campaigns.Cleanup", models.PROTECT, null=True, blank=True, related_name="problems")
    cleanup_class = models.CharField("问题类型", max_length=64, blank=True, default="")
    raised_on = models.DateField("登记日期")
    raised_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    raised_at = models.ForeignKey("branches.Organization", models.PROTECT, null=True, related_name="+")
    deadline = models.CharField("整改类别", max_length=16, choices=Deadline, default=Deadline.IMMEDIATE)
    due_on = models.DateField("整改时限")
    effect_due_on = models.DateField("见效时限", null=True, blank=True)
    effect_on = models.DateField("见效日期", null=True, blank=True)
    leader = models.CharField("责任领导", max_length=64, blank=True, default="")
    responsible = models.CharField("责任人", max_length=64, blank=True, default="")
    unit = models.CharField("责任单位", max_length=128, blank=True, default="")
    regulation = models.CharField("形成制度", max_length=255, blank=True, default="")
    remark = models.CharField("备注", max_length=255, blank=True, default="")
    state = models.CharField("状态", max_length=16, choices=State, default=State.REGISTERED)
    claimed_on = models.DateField("认领日期", null=True, blank=True)
    asked_on = models.DateField("申请销号日期", null=True, blank=True)
    asked_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField("销号日期", null=True, blank=True)
    looked_back_on = models.DateField("回头看日期", null=True, blank=True)
    reopened = models.PositiveSmallIntegerField("反弹次数", default=0)
    reopened_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = "问题整改"
        verbose_name_plural = "问题整改"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="problem_origin_known"),
            models.CheckConstraint(condition=Q(deadline__in=Deadline.values), name="problem_deadline_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="problem_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="problem_has_text"),
            models.CheckConstraint(condition=Q(due_on__gte=F("raised_on")), name="problem_dates_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=[State.REGISTERED, State.VOID]) | Q(claimed_on__isnull=False),
                name="problem_claimed_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ASKED) | Q(asked_on__isnull=False), name="problem_asked_has_day"
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_on__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_on__isnull=True)),
                name="problem_closed_has_day",
            ),
            models.CheckConstraint(
                condition=Q(reopened=0, reopened_at__isnull=True) | Q(reopened__gt=0, reopened_at__isnull=False),
                name="problem_reopened_has_time",
            ),
            models.CheckConstraint(
                condition=Q(cleanup__isnull=True, cleanup_class="") | (Q(cleanup__isnull=False) & ~Q(cleanup_class="")),
                name="problem_cleanup_with_class",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "state", "due_on"], name="problem_organization"),
            models.Index(fields=["state", "due_on"], name="problem_state_due"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING


class StepQuerySet(models.QuerySet["Step"]):
    """Short filters over measures."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of problems of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "problem__organization__path"))


class Step(models.Model):
    """A measure (整改措施) with who is responsible and by when; a row of 任务清单."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="steps")
    text = models.CharField("整改措施", max_length=500)
    person = models.CharField("责任人", max_length=64, blank=True, default="")
    due_on = models.DateField("完成时限")
    done_on = models.DateField("完成日期", null=True, blank=True)
    note = models.CharField("完成情况", max_length=255, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = "整改措施"
        verbose_name_plural = "整改措施"
        ordering = ["problem", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="step_has_text"),
            models.UniqueConstraint(fields=["problem", "text"], name="step_text_once"),
        ]

    def __str__(self) -> str:
        return self.text


class ProblemEvent(models.Model):
    """What happened to a problem: a decision or a note of progress. Rows are only added."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="events")
    verb = models.CharField("办理", max_length=16, choices=Verb)
    happened_on = models.DateField("日期")
    text = models.CharField("内容", max_length=500, blank=True, default="")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "整改过程"
        verbose_name_plural = "整改过程"
        ordering = ["problem", "id"]
        constraints = [models.CheckConstraint(condition=Q(verb__in=Verb.values), name="problem_event_verb_known")]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.text}".strip()


class ProblemPaperQuerySet(models.QuerySet["ProblemPaper"]):
    """Short filters over evidence."""

    def visible_to(self, scope: Scope) -> Self:
        """That of problems that the scope sees."""
        return self.filter(problem__in=Problem.objects.visible_to(scope))


class ProblemPaper(AttachedFile):
    """Evidence of the rectification (整改佐证), the resulting regulation, or a picture of the problem itself."""

    class Slot(models.TextChoices):
        EVIDENCE = "evidence", "整改佐证"
        REGULATION = "regulation", "形成制度"
        ISSUE = "issue", "问题材料"

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="papers")
    slot = models.CharField("类别", max_length=16, choices=Slot, default=Slot.EVIDENCE)

    objects = ProblemPaperQuerySet.as_manager()

    class Meta(AttachedFile.Meta):
        verbose_name = "整改材料"
        verbose_name_plural = "整改材料"
        constraints = [
            models.UniqueConstraint(fields=["problem", "file", "name", "slot"], name="problem_paper_once"),
            models.CheckConstraint(
                condition=Q(slot__in=["evidence", "regulation", "issue"]), name="problem_paper_slot_known"
            ),
        ]
