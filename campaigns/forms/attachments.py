"""The form of one uploaded file."""

from typing import Any

from django import forms

from campaigns.models import ChecklistItem

LOST = "没有收到文件，请重新选择。"


class UploadForm(forms.Form):
    """A file, for an answer with the item that it proves and the named material that it is."""

    file = forms.FileField(max_length=500, error_messages={"required": LOST})
    item = forms.ModelChoiceField(queryset=ChecklistItem.objects.none(), required=False)
    place = forms.CharField(required=False, max_length=32)

    def __init__(self, data: Any, files: Any, *, items: Any = None) -> None:
        super().__init__(data, files)
        if items is not None:
            self.fields["item"].queryset = items
