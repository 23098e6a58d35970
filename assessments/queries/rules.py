"""The rules by which a round is scored: those of the version that it was opened under."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assessments.models import Round
from office.queries.rules import rule_table


@dataclass(frozen=True)
class RoundRules:
    """``late_factor``: what a late fulfilment is worth of one on time; ``bands``: lowest totals of the grades."""

    version: date
    late_factor: Decimal
    bands: dict[str, Decimal]


def rules_of(round_: Round) -> RoundRules:
    """The values of the round's rule version; one query."""
    table = rule_table(round_.rule_version)
    bands = {name: Decimal(str(value)) for name, value in table.dict("grade.bands").items()}
    return RoundRules(round_.rule_version, table.decimal("score.late_factor"), bands)
