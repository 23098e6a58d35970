"""The rule table as it is shipped: what every installation starts with, each figure with its source.

Values are plain JSON. ``Shape`` says how a value is built, so that pages can show it in words and forms can ask for it:

========== ============================================ =======================================================
shape      value                                        read by
========== ============================================ =======================================================
INTEGER    ``5``                                        ``table.int(code)``
DECIMAL    ``"0.02"``, ``"1/3"``                        ``table.decimal(code)``, ``table.fraction(code)``
TEXT       ``"支部党员大会通过之日"``                      ``table.text(code)``
LIST       ``["好", "较好"]``                            ``table.list(code)``
BANDS      ``{"good": 90}`` lower bounds by name        ``table.dict(code)``
FREQUENCY  ``{"at_least": "1", "period": "quarter"}``   ``table.dict("target.<metric>")``
RATES      ``[{"up_to": "3000", "rate": "0.005"}, …]``  ``table.list(code)``; ``up_to`` None: without limit
CAPPED     ``{"points": 2, "cap": 12}``                 ``table.dict(code)``
KIND       a kind of activity, see ``defaults.kinds``   ``table.dict("activity.kind.<kind>")``
========== ============================================ =======================================================

``target.<metric>`` says how often an institution takes place where a plan names it without a figure.
"""

from collections.abc import Iterable

from office.rules.defaults.figures import ASSESSMENT, DEVELOPMENT, DUES, LIFE, PORTAL, SIZES, TERMS, TRANSFERS
from office.rules.defaults.honours import HONOURS
from office.rules.defaults.kinds import KINDS
from office.rules.defaults.members import MEMBERS
from office.rules.defaults.plans import PLANS
from office.rules.defaults.problems import PROBLEMS
from office.rules.defaults.registers import MATTERS
from office.rules.defaults.restricted import RESTRICTED
from office.rules.defaults.shapes import EFFECTIVE_FROM, PORTAL_BASIS, DefaultRule, Shape
from office.rules.defaults.standards import STANDARDS
from office.rules.defaults.structure import ELECTIONS, PARTY_WORKERS, STRUCTURE

__all__ = ["DEFAULTS", "EFFECTIVE_FROM", "GROUPS", "PORTAL_BASIS", "DefaultRule", "Shape", "by_code"]

GROUPS: tuple[tuple[str, tuple[DefaultRule, ...]], ...] = (
    ("组织生活", LIFE),
    ("组织设置", (*SIZES, *STRUCTURE)),
    ("任期和换届", (*TERMS, *ELECTIONS)),
    ("党务干部", PARTY_WORKERS),
    ("组织关系转接", TRANSFERS),
    ("党费", DUES),
    ("发展党员", DEVELOPMENT),
    ("党员管理", MEMBERS),
    ("考核评价", ASSESSMENT),
    ("限定记录和应谈应办", RESTRICTED),
    ("廉政风险和支部标准化", STANDARDS),
    ("议事与监督", MATTERS),
    ("计划、责任书和征集", PLANS),
    ("问题整改", PROBLEMS),
    ("项目、争创、实事和承诺", HONOURS),
    ("期限、审核和减负", PORTAL),
    ("活动类型", KINDS),
)
"""The rules as pages list them: heading and rules, in order."""

DEFAULTS: tuple[DefaultRule, ...] = tuple(rule for _, rules in GROUPS for rule in rules)


def by_code(rules: Iterable[DefaultRule] = DEFAULTS) -> dict[str, DefaultRule]:
    """The shipped rules by their code."""
    return {rule.code: rule for rule in rules}
