"""The parts of a page for every app: ``{% load ui %}``. The words of dates and figures are in ``words``."""

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from branches.templatetags import words

register = template.Library()
register.simple_tag(words.state, name="state")
register.simple_tag(words.bar, name="bar")
register.simple_tag(words.zh_date, name="zh_date")
for _filter in words.FILTERS:
    register.filter(_filter.__name__, _filter)

SPRITE = "vendor/bootstrap-icons/bootstrap-icons.svg"


@register.simple_tag
def icon(name: str) -> SafeString:
    """One picture of the sprite; it always stands beside a word, so readers skip it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static(SPRITE),
        name or "dot",
    )


# Addresses -----------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: Any) -> str:
    """This address's query string with changes; None takes a key out. The page number starts again unless given."""
    return _query(context["request"], changes)


def _query(request: HttpRequest, changes: Mapping[str, Any]) -> str:
    kept = request.GET.copy()
    for key in ("page", "after", "before"):
        kept.pop(key, None)
    for key, value in changes.items():
        if value is None:
            kept.pop(key, None)
        elif isinstance(value, list | tuple):
            kept.setlist(key, [str(one) for one in value])
        else:
            kept[key] = str(value)
    return f"?{kept.urlencode()}"


@register.simple_tag(takes_context=True)
def sort_head(
    context: Mapping[str, Any], key: str, label: str, num: bool = False, hide: bool = False, default: str = ""
) -> SafeString:
    """A head cell that sorts by ``key`` (GET ``sort``), numbers from the largest. ``default``: the list's own order."""
    request = context["request"]
    current = request.GET.get("sort") or default
    descending = current == f"-{key}"
    is_current = descending or current == key
    first, second = (f"-{key}", key) if num else (key, f"-{key}")
    css = " ".join(name for name, wanted in (("num", num), ("hide-phone", hide)) if wanted)
    order = ("descending" if descending else "ascending") if is_current else ""
    return format_html(
        '<th scope="col" class="{}"{} data-col="{}"><a href="{}">{}{}</a></th>',
        css,
        format_html(' aria-sort="{}"', order) if order else "",
        key,
        _query(request, {"sort": second if current == first else first}),
        label,
        icon("arrow-down" if descending else "arrow-up") if is_current else "",
    )


@register.inclusion_tag("frame/_pager.html", takes_context=True)
def pager(context: Mapping[str, Any], page: Any) -> dict[str, Any]:
    """Links to the other pages of a Django page, or of a keyset page (``previous_key``, ``next_key``)."""
    request = context["request"]
    if not hasattr(page, "paginator"):
        back, on = page.previous_key, page.next_key
        return {
            "previous": _query(request, {"before": back}) if back else "",
            "next": _query(request, {"after": on}) if on else "",
            "is_needed": bool(back or on),
        }
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "previous": _query(request, {"page": page.number - 1}) if page.has_previous() else "",
        "next": _query(request, {"page": page.number + 1}) if page.has_next() else "",
        "numbers": [
            {
                "text": number,
                "current": number == page.number,
                "url": _query(request, {"page": number}) if isinstance(number, int) else "",
            }
            for number in numbers
        ],
        "is_needed": page.has_other_pages(),
    }


# Forms ---------------------------------------------------------------------------------------------------------------

_PICKERS: tuple[tuple[type[forms.DateTimeInput | forms.DateInput | forms.TimeInput], str, str], ...] = (
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeInput, "time", "%H:%M"),
)


@register.inclusion_tag("frame/_field.html")
def field(
    bound: BoundField,
    label: str = "",
    help: str = "",
    stacked: bool = False,
    short: bool = False,
    note: str = "",
) -> dict[str, Any]:
    """A form field with label, help and error. ``note``: small beside the label; ``stacked``: choices in a column."""
    widget = bound.field.widget
    _use_picker(widget)
    if short:
        widget.attrs["class"] = "short"
    return {
        "field": bound,
        "errors": _texts(bound),
        "kind": _kind(widget),
        "label": label or bound.label,
        "help": help or bound.help_text,
        "note": note,
        "stacked": stacked,
        "is_optional": not bound.field.required and not isinstance(widget, forms.CheckboxInput),
    }


def _use_picker(widget: forms.Widget) -> None:
    """The browser's own picker for days and times, which wants ISO values."""
    for kind, input_type, format_ in _PICKERS:
        if isinstance(widget, kind) and widget.input_type == "text":
            widget.input_type, widget.format = input_type, format_


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "file" if isinstance(widget, forms.FileInput) else "plain"


@register.inclusion_tag("frame/_errors.html")
def error_summary(*sources: Any) -> dict[str, Any]:
    """What is wrong in these forms and formsets, each with a link to its field."""
    return {"problems": [problem for source in sources if source for problem in _problems(source)]}


def _problems(source: Any) -> Iterable[dict[str, Any]]:
    if hasattr(source, "management_form"):
        yield from _lines(source.non_form_errors(), "")
        for form in source.forms:
            yield from _problems(form)
        return
    if not source.is_bound:
        return
    yield from _lines(source.non_field_errors(), "")
    for bound in source:
        target = bound.auto_id if _kind(bound.field.widget) == "choices" else bound.id_for_label or bound.auto_id
        yield from _lines(_texts(bound), target, bound.label)


def _lines(errors: Iterable[str], target: str, label: str = "") -> Iterable[dict[str, Any]]:
    for text in errors:
        yield {"target": target, "label": label, "text": text}


def _texts(bound: BoundField) -> list[str]:
    """The errors of a field. Django's bare "required" becomes what to do: 请填写姓名, 请选择日期."""
    if not bound.errors:
        return []
    errors = bound.form.errors.as_data()[bound.name]
    return [
        text
        for error in errors
        for text in ([_missing(bound)] if _is_bare_required(error) else [str(one) for one in error.messages])
    ]


def _is_bare_required(error: forms.ValidationError) -> bool:
    return error.code == "required" and error.message == forms.Field.default_error_messages["required"]


def _missing(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return f"请勾选“{bound.label}”"
    is_chosen = isinstance(widget, forms.Select | forms.SelectMultiple | forms.RadioSelect | forms.FileInput)
    is_picked = isinstance(widget, forms.DateInput | forms.DateTimeInput | forms.TimeInput)
    return f"{'请选择' if is_chosen or is_picked else '请填写'}{bound.label}"


# Parts ---------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("frame/_empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "", picture: str = "inbox") -> dict[str, str]:
    """Why a list is empty, and the next step."""
    return {"title": title, "text": text, "url": url, "label": label, "picture": picture}


@register.inclusion_tag("frame/_chart.html")
def chart(
    name: str, kind: str, data: Mapping[str, Any], caption: str = "", height: str = "", low: float | None = None
) -> dict[str, Any]:
    """A chart (hbar, bar, line, stack) with its figures as a table. ``height``: low, high. Data: labels, series."""
    values = [series["values"] for series in data["series"]]
    return {
        "name": name,
        "caption": caption,
        "height": height,
        "unit": data.get("unit", ""),
        "heads": [series["name"] for series in data["series"]],
        "rows": [(label, cells) for label, *cells in zip_longest(data["labels"], *values)],
        "data": {**data, "kind": kind, "low": low},
    }


@register.simple_tag
def chart_scripts() -> SafeString:
    """What a page with charts loads, in its block ``scripts``."""
    return format_html(
        '<script src="{}" defer></script><script src="{}" defer></script>',
        static("vendor/echarts/echarts.min.js"),
        static("js/charts.js"),
    )
