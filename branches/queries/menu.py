"""The menu of a request: what the apps declare, cut to the post in use, with the current place marked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from branches.enums import Role
from branches.permissions import MenuEntry, Scope


@dataclass(frozen=True)
class Entry:
    """A menu entry as shown; ``row`` are those that share its place, itself first, when there are several."""

    label: str
    url: str
    icon: str
    current: bool
    count: int | None = None
    is_tab: bool = False
    head: str = ""
    row: tuple["Entry", ...] = ()


def menu_entries() -> list[MenuEntry]:
    """All entries that the apps declare, in order of position."""
    found = [entry for config in apps.get_app_configs() for entry in getattr(config, "menu", ())]
    return sorted(found, key=lambda entry: entry.position)


def entries_at(path: str, scope: Scope) -> tuple[list[Entry], str]:
    """What the post in use is offered, and the key of the page of the top bar that one is on, if it is one.

    The current entry is that whose address fits best, one's own address before what belongs to it besides.
    """
    declared = menu_entries()
    offered = {
        entry.url_name: url
        for entry in declared
        if scope.holds(entry.permission) and scope.role not in entry.hidden_for and (url := url_of(entry.url_name))
    }
    allowed = [entry for entry in declared if entry.url_name in offered]
    current, top_page = _current(path, allowed, offered)
    found = [
        Entry(
            entry.label,
            offered[entry.url_name],
            entry.icon,
            entry.url_name == current,
            _count(entry, scope),
            scope.role in entry.tab_for,
            _head(entry, declared, offered, scope.role),
        )
        for entry in allowed
    ]
    return found, top_page


def _current(path: str, allowed: list[MenuEntry], offered: Mapping[str, str]) -> tuple[str, str]:
    """The URL name of the entry that the path belongs to, or else the key of the page of the top bar."""
    top_page, top_length = _top_page(path)
    fits = {entry.url_name: _fit(path, offered[entry.url_name], map(url_of, entry.also)) for entry in allowed}
    best = max(fits, key=lambda name: fits[name], default="")
    if best and fits[best][0] and fits[best][0] >= top_length:
        return best, ""
    return "", top_page


def _fit(path: str, url: str, also: Iterable[str]) -> tuple[int, bool]:
    """How much of the path the address, or one of the others, accounts for, and whether the address itself does."""
    own, other = _length(path, url), max((_length(path, each) for each in also), default=0)
    return max(own, other), own >= other


def _length(path: str, url: str) -> int:
    return len(url) if url and (path == url or (url != "/" and path.startswith(url))) else 0


def _top_page(path: str) -> tuple[str, int]:
    """The page of the top bar that the path belongs to, and how much of the path it accounts for."""
    pages = {key: name for config in apps.get_app_configs() for key, name in getattr(config, "top_pages", {}).items()}
    lengths = {key: _length(path, url_of(name)) for key, name in pages.items()}
    best = max(lengths, key=lambda key: lengths[key], default="")
    return (best, lengths[best]) if best and lengths[best] else ("", 0)


def _head(entry: MenuEntry, declared: list[MenuEntry], offered: Collection[str], role: Role | None) -> str:
    """The URL name of the entry in whose row this one stands: the topmost offered that it joins, or its own."""
    by_name = {each.url_name: each for each in declared}
    head = entry.url_name
    while entry.joins in by_name and role not in entry.apart_for:
        entry = by_name[entry.joins]
        head = entry.url_name if entry.url_name in offered else head
    return head


def _count(entry: MenuEntry, scope: Scope) -> int | None:
    return import_string(entry.count)(scope) if entry.count else None


def places_of(entries: list[Entry]) -> list[Entry]:
    """The entries by place: those that share one are one, under the name of the first, with what waits at them all."""
    places: dict[str, list[Entry]] = {}
    for entry in entries:
        places.setdefault(entry.head, []).append(entry)
    together = {entry.url_name: entry.together for entry in menu_entries()}
    return [
        replace(
            row[0],
            label=together.get(head) or row[0].label,
            current=any(entry.current for entry in row),
            count=sum(entry.count or 0 for entry in row) if any(entry.count is not None for entry in row) else None,
            row=tuple(row),
        )
        if len(row) > 1
        else row[0]
        for head, row in places.items()
    ]


def row_at(menu: list[Entry], path: str) -> tuple[Entry, ...]:
    """The second row, on the very pages that stand in it."""
    return next((entry.row for entry in menu if any(path == each.url for each in entry.row)), ())


def url_of(name: str) -> str:
    """The address of a page, empty while no floor has it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
