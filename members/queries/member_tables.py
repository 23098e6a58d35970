"""Which tables lead to a member, and how."""

from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model

from members.models import Member


@cache
def member_tables() -> dict[type[Model], tuple[str, ...]]:
    """Every table from which foreign keys lead to a member → the lookups: all direct ones, else the shortest way.

    Tables of pairs count when they name him. People and organisations are no way: what hangs on an account or a
    branch is not about the member.
    """
    models = apps.get_models(include_auto_created=True)
    found: dict[type[Model], tuple[str, ...]] = {}
    for model in models:
        if direct := tuple(field.name for field in _keys(model) if field.related_model is Member):
            found[model] = direct
    reached = set(found)
    while reached:
        further: dict[type[Model], tuple[str, ...]] = {}
        for model in models:
            if model in found or model is Member or model._meta.auto_created:
                continue
            ways = [field for field in _keys(model) if field.related_model in reached]
            if ways:
                further[model] = tuple(f"{field.name}__{path}" for field in ways for path in found[field.related_model])
        found |= further
        reached = set(further)
    return found


def _keys(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.local_fields if isinstance(field, ForeignKey)]
