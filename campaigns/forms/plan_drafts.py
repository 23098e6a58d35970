"""Forms of plan drafts: how one begins, and its list."""

from typing import Any

from django import forms

from campaigns.models.plan_draft import LONGEST_TEXT
from campaigns.rules.campaigns import YEARS
from campaigns.rules.plan_drafts.states import DraftState
from partybuild.lib import clock

_OTHER_KINDS = {
    ".doc": "这是旧版 Word 文件，请用 Word 或 WPS 另存为 .docx 后再上传，也可以复制全文粘贴。",
    ".wps": "这是 WPS 文件，请在 WPS 中另存为 .docx 后再上传，也可以复制全文粘贴。",
    ".pdf": "PDF 不能直接识别。请上传 Word 原稿；扫描件请先用文字识别软件转成文字，再粘贴到下面。",
    ".jpg": "图片不能直接识别。请先用文字识别软件转成文字，再粘贴到下面。",
    ".png": "图片不能直接识别。请先用文字识别软件转成文字，再粘贴到下面。",
    ".xlsx": "这是 Excel 文件，请改用“从 Excel 导入”。",
}
_WANTED = (".docx", ".txt")
_LARGEST = 10 * 1024 * 1024


class DraftFilterForm(forms.Form):
    """Words and state."""

    q = forms.CharField(label="名称", required=False, max_length=64, widget=forms.TextInput({"type": "search"}))
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *DraftState.choices])


class PlanTextForm(forms.Form):
    """A plan as a file or as text."""

    file = forms.FileField(
        label="方案文件", required=False, allow_empty_file=True, max_length=255,
        widget=forms.ClearableFileInput({"accept": ".docx,.txt"}),
        help_text="Word（.docx）或文本（.txt），不超过 10 MB。",
    )  # fmt: skip
    text = forms.CharField(
        label="或者粘贴全文", required=False, widget=forms.Textarea({"rows": 12}), strip=True,
        help_text=f"连同标题和序号一起粘贴，不超过 {LONGEST_TEXT:,} 字。",
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file:
            return None
        suffix = f".{file.name.rpartition('.')[2].lower()}" if "." in file.name else ""
        if suffix not in _WANTED:
            raise forms.ValidationError(_OTHER_KINDS.get(suffix, "只能识别 Word（.docx）和文本（.txt）文件。"))
        if file.size > _LARGEST:
            raise forms.ValidationError("文件超过 10 MB。请删去图片后再上传，或者复制全文粘贴。")
        if not file.size:
            raise forms.ValidationError("文件是空的，请检查后再上传。")
        return file

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(data.get("file")) == bool(data.get("text")):
            both = data.get("file") and data.get("text")
            raise forms.ValidationError("请只选择文件或只粘贴全文。" if both else "请选择方案文件，或者粘贴全文。")
        return data


class YearForm(forms.Form):
    """The year in which a plan is carried out."""

    year = forms.IntegerField(label="年度", min_value=YEARS.start, max_value=YEARS.stop - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = self.fields["year"].initial or clock.today().year


class BlankForm(YearForm):
    """A draft that is built by hand."""

    name = forms.CharField(label="活动名称", max_length=64)
    field_order = ("name", "year")


class SheetForm(BlankForm):
    """A workbook of tasks."""

    file = forms.FileField(
        label="Excel 文件", allow_empty_file=True, max_length=255,
        widget=forms.ClearableFileInput({"accept": ".xlsx,.xls"}), error_messages={"required": "请选择文件。"},
    )  # fmt: skip


class SeenForm(forms.Form):
    """Which revision of the draft was on the screen."""

    seen = forms.IntegerField(min_value=0, max_value=2**31, widget=forms.HiddenInput)
