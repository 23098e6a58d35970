"""The form by which a workbook is sent."""

from django import forms


class UploadForm(forms.Form):
    """One workbook, and what is to be done when rows are wrong."""

    file = forms.FileField(
        label="Excel 文件",
        allow_empty_file=True,
        max_length=1000,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls"}),
        error_messages={"required": "请选择文件。"},
    )
    all_or_nothing = forms.BooleanField(label="有一行不合格时全部不导入", required=False)
