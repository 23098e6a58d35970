"""Look-ups that Django does not bring."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Lookup


class AnyOf(Lookup):
    """``filter(AnyOf("name", names))``: as ``name__in`` over texts, as one array; far cheaper when they are many."""

    def __init__(self, field: str, values: Iterable[str]) -> None:
        super().__init__(F(field), list(values))

    def get_prep_lookup(self) -> Any:
        return self.rhs

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [value]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right}::varchar[])", [*left_params, *right_params]
