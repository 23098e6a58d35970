"""Forms of topics and projects."""

from typing import Any

from django import forms

from branches.enums import OrganizationKind
from branches.models import Organization
from campaigns.forms.works import EARLIEST, LATEST, MoveForm, PersonField
from campaigns.models import Project, Topic
from campaigns.models.project import PROJECT_KINDS
from campaigns.rules.projects import ProjectState
from partybuild.lib import clock

PROJECT_STATES = (*ProjectState.choices, ("late", "逾期未完成"), ("excellent", "优秀项目"))
TOPIC_STATES = (("open", "可以领办"), ("untaken", "本组织待领办"), ("closed", "已截止"))
_FIELDS = ("title", "content", "goal", "responsible", "starts_on", "ends_on")


class TopicForm(forms.Form):
    """A topic as it is set."""

    year = forms.IntegerField(label="年度", min_value=EARLIEST, max_value=LATEST)
    title = forms.CharField(label="题目", max_length=128)
    content = forms.CharField(
        label="内容和要求", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    kinds = forms.MultipleChoiceField(
        label="面向", choices=[(kind.value, OrganizationKind(kind).label) for kind in PROJECT_KINDS],
        widget=forms.CheckboxSelectMultiple, help_text="发布后，本级以下这些党组织都能看到并领办。",
    )  # fmt: skip
    claim_by = forms.DateField(label="领办截止日期")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"year": clock.today().year, "kinds": [*PROJECT_KINDS]})


class ProjectForm(forms.Form):
    """A project as the branch takes it on."""

    title = forms.CharField(label="项目名称", max_length=128)
    content = forms.CharField(
        label="主要内容", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    goal = forms.CharField(label="预期目标", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    responsible = PersonField(label="责任人")
    starts_on = forms.DateField(label="开始日期")
    ends_on = forms.DateField(label="完成期限")

    def __init__(
        self,
        organization: Organization | None,
        data: Any = None,
        *,
        project: Project | None = None,
        topic: Topic | None = None,
    ) -> None:
        today = clock.today()
        start: dict[str, Any] = {"starts_on": today}
        if topic:
            start |= {"title": topic.title, "content": topic.content}
        if project:
            start = {field: getattr(project, field) for field in _FIELDS}
        super().__init__(data, initial=start)
        self.fields["responsible"].use(organization)


class AcceptForm(MoveForm):
    """The word of the superior, and whether the project stands out."""

    is_excellent = forms.BooleanField(label="评为优秀项目", required=False)
    field_order = ("text", "is_excellent", "files")
