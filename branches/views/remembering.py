"""The filters of a list, kept from one visit to the next."""

from collections.abc import Collection

from django.http import QueryDict

from branches.views.access import Request

_CLEAR = "clear"


def remembered(request: Request, name: str, keep_out: Collection[str] = ()) -> str:
    """The address to go to instead, with the filters of the last visit; empty when this one says what it wants.

    What names a person (``keep_out``) is not kept. ``?clear=1`` forgets.
    """
    key = f"list-{name}"
    if _CLEAR in request.GET:
        request.session.pop(key, None)
        return request.path
    if not request.GET:
        kept = request.session.get(key, "")
        return f"{request.path}?{kept}" if kept else ""
    wanted = QueryDict(mutable=True)
    for field, values in request.GET.lists():
        if field not in {"page", *keep_out} and any(values) and "\0" not in "".join(values):
            wanted.setlist(field, [value for value in values if value])
    if request.session.get(key, "") != wanted.urlencode():
        request.session[key] = wanted.urlencode()
    return ""
